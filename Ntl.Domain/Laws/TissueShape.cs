namespace Ntl.Domain.Laws;

/// <summary>The form of the momentum law: λ by grid, as ln(1 − λ).</summary>
internal sealed class TissueShape : LawShape
{
    // Memories from five steps to a tenth of the training; longer ones are a second river.
    private const double ShortestMemory = 5;

    public TissueShape(TrainingRows rows)
    {
        var longest = Math.Max(4 * ShortestMemory, rows.Curves.Max(curve => curve.Path.Steps) / 10.0);
        Grid = [Array.ConvertAll(Geometric(1 / longest, 1 / ShortestMemory, 30), Math.Log)];
    }

    public override double[][] Grid { get; }

    public override double[] Exponents { get; } = Even(0.05, 0.025, 59);

    public override bool[] Polished => [true];

    public override double[] Clock(TrainingRows rows, double[] shape) => rows.Times;

    public override double[][] Features(TrainingRows rows, double[] shape, bool isFinal)
    {
        // The law of one unit of annealing and nothing else is its own feature.
        TissueLaw unit = new() { ColdLoss = 0, RiverScale = 0, RiverExponent = 0, AnnealingScale = rows.ReferenceRate, Momentum = MomentumOf(shape) };
        return [rows.Predict(unit)];
    }

    public override LossLaw Make(TrainingRows rows, double[] shape, double exponent, LinearFit fit) => new TissueLaw
    {
        ColdLoss = fit.ColdLoss,
        RiverScale = fit.RiverScale,
        RiverExponent = exponent,
        AnnealingScale = fit.Heats[0] * rows.ReferenceRate,
        Momentum = MomentumOf(shape),
    };

    private static double MomentumOf(double[] shape) => 1 - Math.Exp(shape[0]);
}
