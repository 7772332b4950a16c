namespace Ntl.Domain.Laws;

/// <summary>The form of the Multi-Power Law: its cooling time at the peak, β and γ by grid.</summary>
/// <remarks>
/// In place of C the grid holds the cooling time at the reference rate in steps there, <c>ln(η_ref^γ/(C·η_ref))</c>: it means the same whatever γ is, so that the numbers hang together less.
/// </remarks>
internal sealed class MultiPowerShape : LawShape
{
    // Pieces may differ by so much of the peak while the grid is searched, and in the end.
    private const double SearchedShare = 1 / 150.0;
    private const double FinalShare = 1 / 400.0;

    private readonly TrainingRows _rows;
    private readonly RatePath[] _coarse;
    private readonly RatePath[] _fine;

    public MultiPowerShape(TrainingRows rows)
    {
        _rows = rows;
        _coarse = [.. rows.Curves.Select(curve => curve.Path.Coarsened(SearchedShare))];
        _fine = [.. rows.Curves.Select(curve => curve.Path.Coarsened(FinalShare))];
    }

    public override double[][] Grid { get; } =
    [
        Array.ConvertAll(Geometric(0.5, 500, 10), Math.Log),
        Even(0.2, 0.15, 7),
        Even(0, 0.2, 6),
    ];

    public override double[] Exponents { get; } = Even(0.2, 0.05, 23);

    public override bool[] Polished => [true, true, true];

    public override int NumberReach => 1;

    public override double[] Clock(TrainingRows rows, double[] shape) => rows.Times;

    public override double[][] Features(TrainingRows rows, double[] shape, bool isFinal)
    {
        var column = new double[rows.Count];
        var first = 0;
        for (var i = 0; i < rows.Curves.Count; i++)
        {
            Walk((isFinal ? _fine : _coarse)[i], rows.Curves[i].Updates, shape, column.AsSpan(first));
            first += rows.Curves[i].Updates.Length;
        }

        return [column];
    }

    public override LossLaw Make(TrainingRows rows, double[] shape, double exponent, LinearFit fit) => new MultiPowerLaw
    {
        ColdLoss = fit.ColdLoss,
        RiverScale = fit.RiverScale,
        RiverExponent = exponent,
        HeatCapacity = fit.Heats[0] / rows.ReferenceRate,
        Speed = SpeedOf(shape),
        Tail = shape[1],
        RateExponent = shape[2],
    };

    private double SpeedOf(double[] shape) => Math.Pow(_rows.ReferenceRate, shape[2] - 1) / Math.Exp(shape[0]);

    private void Walk(RatePath path, long[] updates, double[] shape, Span<double> column)
    {
        PathWalk walk = new(path, updates, updates.Length);
        PowerModes modes = new(path, SpeedOf(shape), shape[1], shape[2]);
        while (walk.Next())
        {
            modes.Advance(walk.Change, walk.Rate, walk.Steps * walk.Rate);
            if (walk.Sample >= 0)
            {
                column[walk.Sample] = modes.Arrived / _rows.ReferenceRate;
            }
        }
    }
}
