namespace Ntl.Domain.Laws;

/// <summary>A path cut so finely that a remembered rate hardly moves within a piece: what <see cref="PeakTransferLaw"/> walks.</summary>
/// <remarks>Cuts depend on the path alone, never on where losses are asked for, so that a prediction does not either.</remarks>
internal sealed class RelativePieces
{
    // Against steps one by one, pieces of 25 change losses by less than 1e-4 nats. Very long paths keep to a number of pieces.
    private const long LongestPiece = 25;
    private const long MostPieces = 8192;

    // A mean rate over a jump would cool a valley that was never cooled, and a search for schedules would find that.
    private const double JumpShare = 0.02;

    private RelativePieces(long[] ends, double[] rates, double[] times) => (Ends, Rates, Times) = (ends, rates, times);

    /// <summary>Updates when each piece is done.</summary>
    public long[] Ends { get; }

    /// <summary>Mean rate of each.</summary>
    public double[] Rates { get; }

    /// <summary>D when each is done.</summary>
    public double[] Times { get; }

    public static RelativePieces Of(RatePath path)
    {
        var longest = Math.Max(LongestPiece, (path.Steps + MostPieces - 1) / MostPieces);
        List<long> ends = [];
        List<double> rates = [];
        List<double> times = [];
        var (start, startTime, piece) = (0L, 0.0, 0);
        foreach (var mark in Marks(path))
        {
            var (from, parts) = (start, (mark - start + longest - 1) / longest);
            for (var i = 1L; i <= parts; i++)
            {
                var to = from + (long)Math.Round((double)(mark - from) * i / parts);
                while (path.Ends[piece] < to)
                {
                    piece++;
                }

                var time = path.Times[piece] - ((path.Ends[piece] - to) * path.Rates[piece]);
                ends.Add(to);
                // A difference of sums would round where a piece has one rate.
                rates.Add(start >= (piece == 0 ? 0 : path.Ends[piece - 1]) ? path.Rates[piece] : (time - startTime) / (to - start));
                times.Add(time);
                (start, startTime) = (to, time);
            }
        }

        return new([.. ends], [.. rates], [.. times]);
    }

    // A log is cut at its rows and where its warm-up ends: between them a jump's place is a guess. A schedule is cut at its jumps
    // and where its warm-up ends.
    private static SortedSet<long> Marks(RatePath path)
    {
        SortedSet<long> marks = [.. path.Rows, path.Steps];
        var warm = path.FirstAtPeak;
        for (var i = Math.Max(1, warm); i < path.Pieces && path.Rows.IsEmpty; i++)
        {
            if (i == warm || Math.Abs(path.Rates[i] - path.Rates[i - 1]) > JumpShare * path.Peak)
            {
                marks.Add(path.Ends[i - 1]);
            }
        }

        return marks;
    }
}
