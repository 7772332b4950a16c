namespace Ntl.Domain.Laws;

/// <summary>The form of the transfer law: η_c by grid where the fitted peaks hold it, everything else linear but α.</summary>
internal sealed class PeakTransferShape : LawShape
{
    // Cooling rates per step at a held rate.
    private const double SlowestRate = 1.5e-4;
    private const double FastestRate = 0.18;
    private const double LeastTurns = 3;
    private const int SpectrumModes = 13;

    // Peaks closer together do not tell the knee: on public runs it then comes out up to twice too low, and far peaks err by .03
    // to .05 nats.
    private const double LeastPeakRatio = 4;

    // The peak of a log may lie a hair beside the true one.
    private const double PeakTolerance = 0.02;

    private readonly double[] _rates; // k
    private readonly double[][] _clocks; // for each knee
    private readonly double[][] _heats;
    private readonly bool _isKneeFitted;

    public PeakTransferShape(TrainingRows rows)
    {
        _isKneeFitted = rows.ReferenceRate >= LeastPeakRatio * (1 - PeakTolerance) * rows.Curves.Min(curve => curve.Path.Peak);
        double[] knees = _isKneeFitted ? Geometric(1.5e-4, 3e-3, 27) : [PeakTransferLaw.AssumedKnee];
        Grid = [knees];
        var slowest = Math.Max(SlowestRate, LeastTurns * rows.ReferenceRate / rows.LastTime);
        _rates = Geometric(Math.Min(FastestRate / 2, slowest), FastestRate, SpectrumModes);
        _clocks = Array.ConvertAll(knees, _ => new double[rows.Count]);
        _heats = Array.ConvertAll(_rates, _ => new double[rows.Count]);
        var row = 0;
        foreach (var curve in rows.Curves)
        {
            PeakTransferWalk walk = new(RelativePieces.Of(curve.Path), rows.ReferenceRate, rows.WeightDecay, _rates, knees);
            foreach (var updates in curve.Updates)
            {
                walk.MoveTo(updates);
                for (var k = 0; k < knees.Length; k++)
                {
                    _clocks[k][row] = walk.Clocks[k];
                }

                for (var j = 0; j < _rates.Length; j++)
                {
                    _heats[j][row] = walk.Heats[j];
                }

                row++;
            }
        }
    }

    public override double[][] Grid { get; }

    public override double[] Exponents { get; } = Even(0.2, 0.025, 33);

    /// <summary>A spectrum has no reason to be made of spikes.</summary>
    public override double Smoothness => 0.02;

    public override bool IsPolished => false;

    public override double[] Clock(TrainingRows rows, double[] shape) => _clocks[Array.IndexOf(Grid[0], shape[0])];

    public override double[][] Features(TrainingRows rows, double[] shape, bool isFinal) => _heats;

    public override LossLaw Make(TrainingRows rows, double[] shape, double exponent, LinearFit fit) => new PeakTransferLaw
    {
        ReferenceRate = rows.ReferenceRate,
        ColdLoss = fit.ColdLoss,
        RiverScale = fit.RiverScale,
        RiverExponent = exponent,
        Knee = shape[0],
        IsKneeFitted = _isKneeFitted,
        WeightDecay = rows.WeightDecay,
        Modes = [.. _rates.Zip(fit.Heats, (rate, heat) => new ValleyMode(rate, heat))],
    };
}
