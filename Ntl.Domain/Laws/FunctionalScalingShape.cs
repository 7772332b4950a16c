namespace Ntl.Domain.Laws;

/// <summary>The form of the Functional Scaling Law: s, cooling time and γ by grid. s bends the valley too, so it is no mere exponent
/// of the river.</summary>
internal sealed class FunctionalScalingShape : LawShape
{
    // Pieces may differ by so much of the peak while the grid is searched, and in the end.
    private const double SearchedShare = 1 / 150.0;
    private const double FinalShare = 1 / 400.0;

    private readonly double _referenceRate;
    private readonly RatePath[] _coarse;
    private readonly RatePath[] _fine;
    private readonly Dictionary<(double Time, double Tail), double[]> _late = []; // does not depend on s

    public FunctionalScalingShape(TrainingRows rows)
    {
        _referenceRate = rows.ReferenceRate;
        _coarse = [.. rows.Curves.Select(curve => curve.Path.Coarsened(SearchedShare))];
        _fine = [.. rows.Curves.Select(curve => curve.Path.Coarsened(FinalShare))];
    }

    /// <summary>s; the logarithm of the cooling time <c>1/(c₄·η_ref)</c> in steps at the reference rate; γ.</summary>
    public override double[][] Grid { get; } =
    [
        Even(0.2, 0.1, 10),
        Array.ConvertAll(Geometric(0.5, 2000, 10), Math.Log),
        Even(0.1, 0.25, 7),
    ];

    /// <summary>The clock is D^s already.</summary>
    public override double[] Exponents { get; } = [1];

    public override bool[] Polished => [true, true, true];

    public override int NumberReach => 1;

    public override double[] Clock(TrainingRows rows, double[] shape) => Array.ConvertAll(rows.Times, time => Math.Pow(time, shape[0]));

    public override double[][] Features(TrainingRows rows, double[] shape, bool isFinal)
    {
        if (isFinal)
        {
            return [Released(rows, _fine, shape, 0), Released(rows, _fine, shape, shape[0])];
        }

        if (!_late.TryGetValue((shape[1], shape[2]), out var late))
        {
            _late.Add((shape[1], shape[2]), late = Released(rows, _coarse, shape, 0));
        }

        return [late, Released(rows, _coarse, shape, shape[0])];
    }

    public override LossLaw Make(TrainingRows rows, double[] shape, double exponent, LinearFit fit) => new FunctionalScalingLaw
    {
        ColdLoss = fit.ColdLoss,
        RiverScale = fit.RiverScale,
        RiverExponent = shape[0],
        HeatCapacity = fit.Heats[0] / _referenceRate,
        EarlyCapacity = fit.Heats[1] / _referenceRate,
        Speed = SpeedOf(shape),
        Tail = shape[2],
    };

    private double SpeedOf(double[] shape) => 1 / (_referenceRate * Math.Exp(shape[1]));

    private double[] Released(TrainingRows rows, RatePath[] paths, double[] shape, double exponent)
    {
        var column = new double[rows.Count];
        var first = 0;
        for (var i = 0; i < rows.Curves.Count; i++)
        {
            var part = column.AsSpan(first, rows.Curves[i].Updates.Length);
            FunctionalScalingLaw.Released(paths[i], rows.Curves[i].Updates, SpeedOf(shape), shape[2], exponent, part);
            first += part.Length;
        }

        return Array.ConvertAll(column, released => -released / _referenceRate);
    }
}
