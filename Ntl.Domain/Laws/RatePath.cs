using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>The rates of a training as pieces of constant mean rate, exact in Σ η: what a law sees of a schedule.</summary>
/// <remarks>Laws walk pieces, not steps, so that 10⁹ steps cost what a few thousand do.</remarks>
public sealed class RatePath
{
    /// <summary>The most pieces of a path made of rates or samples.</summary>
    public const int MaximumPieces = 1 << 17;

    private readonly long[] _ends; // updates when piece i is done
    private readonly double[] _rates;
    private readonly double[] _times; // D when piece i is done

    internal RatePath(IReadOnlyList<RatePiece> pieces)
    {
        List<long> ends = new(pieces.Count);
        List<double> rates = new(pieces.Count);
        List<double> times = new(pieces.Count);
        var (updates, time) = (0L, 0.0);
        foreach (var piece in pieces)
        {
            updates += piece.Steps;
            time += piece.Sum;
            if (rates.Count > 0 && piece.Rate == rates[^1])
            {
                (ends[^1], times[^1]) = (updates, time);
                continue;
            }

            ends.Add(updates);
            rates.Add(piece.Rate);
            times.Add(time);
        }

        (_ends, _rates, _times) = ([.. ends], [.. rates], [.. times]);
        Peak = _rates.Max();
        Lowest = _rates.Min();
    }

    /// <summary>For the path of a log: updates when its warm-up ends and after each row; else empty.</summary>
    internal ImmutableArray<long> Rows { get; private init; } = [];

    /// <summary>Length in steps.</summary>
    public long Steps => _ends[^1];

    /// <summary>The highest rate of any piece.</summary>
    public double Peak { get; }

    /// <summary>The rate at the end.</summary>
    public double Final => _rates[^1];

    /// <summary>D = Σ η of the whole path; rate × step.</summary>
    public double IntrinsicTime => _times[^1];

    /// <summary>How many pieces of equal rate it is made of.</summary>
    public int Pieces => _ends.Length;

    /// <summary>Steps until the rate first comes to 99 % of its peak: the warm-up.</summary>
    public long WarmupSteps => FirstAtPeak is > 0 and var piece ? _ends[piece - 1] : 0;

    internal double Lowest { get; }

    internal ReadOnlySpan<long> Ends => _ends;

    internal ReadOnlySpan<double> Rates => _rates;

    internal ReadOnlySpan<double> Times => _times;

    /// <summary>The first piece that is at 99 % of the peak.</summary>
    internal int FirstAtPeak => Array.FindIndex(_rates, rate => rate >= 0.99 * Peak);

    /// <summary>The path of a schedule: a piece a step while they fit, else pieces within phases and between their corners, each with its exact Σ η.</summary>
    /// <param name="schedule">Any schedule.</param>
    /// <param name="maximumPieces">≥ 1; passed only by a schedule of more phases than that.</param>
    public static RatePath Of(ScheduleSpec schedule, int maximumPieces = 4096)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPieces, 1);
        return new(SchedulePieces.Of(schedule, maximumPieces));
    }

    /// <summary>The path of one rate a step.</summary>
    /// <param name="rates">At least one; finite and ≥ 0.</param>
    /// <exception cref="ArgumentException">There is no rate, or one is not a rate.</exception>
    public static RatePath OfRates(IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        if (rates.Count == 0)
        {
            throw new ArgumentException("A path needs at least one rate.", nameof(rates));
        }

        var stride = (rates.Count + MaximumPieces - 1) / MaximumPieces;
        List<RatePiece> pieces = [];
        for (var first = 0; first < rates.Count; first += stride)
        {
            var count = Math.Min(stride, rates.Count - first);
            var sum = 0.0;
            for (var step = first; step < first + count; step++)
            {
                sum += CheckRate(step, rates[step], nameof(rates));
            }

            pieces.Add(RatePiece.OfSum(count, sum));
        }

        return new(pieces);
    }

    /// <summary>The path of a log's samples (step, rate), filled between them and before the first.</summary>
    /// <param name="points">At least one, with rising zero-based steps; a sample's rate is that of its step.</param>
    /// <param name="warmupSteps">Length of a linear warm-up from zero before the first sample; null for all the steps before it.</param>
    /// <remarks>
    /// Between samples a rate goes straight, but where it jumps: a change far steeper than those beside it. A jump stands at the sample that shows it where that sample breaks the log's spacing (logs write a row when a rate is
    /// set), else half-way between both.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no sample, steps do not rise, or a rate is not a rate.</exception>
    public static RatePath OfPoints(IReadOnlyList<RatePoint> points, long? warmupSteps = null) =>
        OfPoints(points, warmupSteps, isFirstStepWarm: false);

    /// <summary>The same, where step i of a warm-up of n steps may have (i + 1)/n of the rate.</summary>
    internal static RatePath OfPoints(IReadOnlyList<RatePoint> points, long? warmupSteps, bool isFirstStepWarm)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
        {
            throw new ArgumentException("A path needs at least one sample.", nameof(points));
        }

        var before = -1L;
        foreach (var point in points)
        {
            if (point.Step <= before)
            {
                throw new ArgumentException($"Steps must rise from zero, but {point.Step} follows {before}.", nameof(points));
            }

            _ = CheckRate(point.Step, point.Rate, nameof(points));
            before = point.Step;
        }

        var warm = warmupSteps ?? points[0].Step;
        long[] ends = warm > 0 && warm <= points[0].Step ? [warm] : [];
        return new(SampledPieces.Of(points, warm, isFirstStepWarm)) { Rows = [.. ends, .. points.Select(point => point.Step + 1)] };
    }

    /// <summary>The same path in fewer pieces: neighbours are joined while their rates differ by less than a share of the peak. Jumps stay where they are, Σ η stays exact.</summary>
    /// <param name="share">Of the peak; > 0.</param>
    public RatePath Coarsened(double share)
    {
        List<RatePiece> pieces = [];
        var (first, start, startTime) = (0, 0L, 0.0);
        for (var i = 1; i <= _ends.Length; i++)
        {
            if (i == _ends.Length || Math.Abs(_rates[i] - _rates[first]) > share * Peak)
            {
                pieces.Add(i == first + 1 ? new(_ends[first] - start, _rates[first], _times[first] - startTime) : RatePiece.OfSum(_ends[i - 1] - start, _times[i - 1] - startTime));
                (first, start, startTime) = (i, _ends[i - 1], _times[i - 1]);
            }
        }

        return new(pieces);
    }

    /// <summary>D after a number of updates.</summary>
    /// <param name="updates">In <c>[0, Steps]</c>.</param>
    public double TimeAfter(long updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(updates, Steps);
        if (updates == 0)
        {
            return 0;
        }

        var piece = PieceOf(updates);
        return _times[piece] - (_ends[piece] - updates) * _rates[piece];
    }

    /// <summary>The rate of the update that was the last of so many.</summary>
    /// <param name="updates">In <c>[1, Steps]</c>.</param>
    public double RateAt(long updates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(updates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(updates, Steps);
        return _rates[PieceOf(updates)];
    }

    /// <summary>The fewest updates after which D has reached a value; <see cref="Steps"/> where it never does.</summary>
    public long UpdatesToReach(double time)
    {
        var piece = Array.FindIndex(_times, after => after >= time);
        if (piece < 0)
        {
            return Steps;
        }

        var (steps, before) = piece == 0 ? (0L, 0.0) : (_ends[piece - 1], _times[piece - 1]);
        return time <= before ? steps : Math.Min(_ends[piece], steps + (long)Math.Ceiling((time - before) / _rates[piece]));
    }

    /// <summary>How unlike another path is: Σ |η − η'| over the steps of the longer, in share of the larger D; 0 for equal rates.</summary>
    public double DistanceTo(RatePath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (mine, theirs, position, sum) = (0, 0, 0L, 0.0);
        while (mine < _ends.Length || theirs < other._ends.Length)
        {
            var next = Math.Min(mine < _ends.Length ? _ends[mine] : long.MaxValue, theirs < other._ends.Length ? other._ends[theirs] : long.MaxValue);
            sum += (next - position) * Math.Abs((mine < _ends.Length ? _rates[mine] : 0) - (theirs < other._ends.Length ? other._rates[theirs] : 0));
            position = next;
            mine += mine < _ends.Length && _ends[mine] == next ? 1 : 0;
            theirs += theirs < other._ends.Length && other._ends[theirs] == next ? 1 : 0;
        }

        var longest = Math.Max(IntrinsicTime, other.IntrinsicTime);
        return longest == 0 ? 0 : sum / longest;
    }

    /// <summary>Whether the rate rises again, by a twentieth of the peak or more, after it fell by as much.</summary>
    internal bool IsReheated
    {
        get
        {
            var lowest = Peak;
            foreach (var rate in Rates[FirstAtPeak..])
            {
                lowest = Math.Min(lowest, rate);
                if (rate > lowest + (0.05 * Peak))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>D since the rate was last above the middle between its end and its peak: how long the path had to cool.</summary>
    internal double TimeOfLastFall
    {
        get
        {
            var last = Array.FindLastIndex(_rates, rate => rate > (Final + Peak) / 2);
            return last < 0 ? IntrinsicTime : IntrinsicTime - _times[last];
        }
    }

    private int PieceOf(long updates) => Array.BinarySearch(_ends, updates) is var found && found >= 0 ? found : ~found;

    private static double CheckRate(long step, double rate, string parameter) =>
        double.IsFinite(rate) && rate >= 0 ? rate : throw new ArgumentException(FormattableString.Invariant($"A rate must be finite and ≥ 0, but at step {step} it is {rate}."), parameter);

    /// <summary>Steps of one mean rate.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct RatePiece(long Steps, double Rate, double Sum)
    {
        /// <summary>Steps of one rate.</summary>
        public static RatePiece OfRate(long steps, double rate) => new(steps, rate, steps * rate);

        /// <summary>Steps that have a sum.</summary>
        public static RatePiece OfSum(long steps, double sum) => new(steps, sum / steps, sum);
    }
}
