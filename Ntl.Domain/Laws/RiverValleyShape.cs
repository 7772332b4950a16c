namespace Ntl.Domain.Laws;

/// <summary>The form of the laws with a valley of modes.</summary>
internal sealed class RiverValleyShape : LawShape
{
    // Cooling rates times η_ref: from 3 of the longest D to a few steps.
    private const double SlowestRate = 1.5e-4;
    private const double FastestRate = 0.18;
    private const double LeastTurns = 3;
    private const int SpectrumModes = 13;

    // A spectrum has no reason to be made of spikes.
    private const double AdaptiveSmoothness = 0.02;

    private readonly LawKind _kind;
    private readonly double[] _rates; // κ of the spectrum

    public RiverValleyShape(LawKind kind, TrainingRows rows)
    {
        _kind = kind;
        var slowest = Math.Min(FastestRate / 2, Math.Max(SlowestRate, LeastTurns * rows.ReferenceRate / rows.LastTime));
        _rates = kind switch
        {
            LawKind.PowerLaw => [],
            LawKind.Equilibrium => [double.PositiveInfinity],
            LawKind.Newton => Geometric(slowest / rows.ReferenceRate, FastestRate / rows.ReferenceRate, 40),
            _ => Geometric(slowest / rows.ReferenceRate, FastestRate / rows.ReferenceRate, SpectrumModes),
        };
        Grid = kind switch
        {
            LawKind.Newton => [Array.ConvertAll(_rates, Math.Log)],
            LawKind.RiverSpectrum => [Even(0.3, 0.05, 16)],
            LawKind.AdaptiveSpectrum => [IsCooled(rows) ? Even(0.3, 0.05, 15) : [UnseenBathExponent]],
            _ => [],
        };
        Exponents = kind is LawKind.AdaptiveSpectrum ? Even(0.2, 0.025, 33) : Even(0.05, 0.025, 59);
    }

    /// <summary>p of the adaptive law: measured on other models' runs and carried over, for three curves do not hold it (docs/theory/prediction.md).</summary>
    public const double AdaptiveClockExponent = 0.70;

    /// <summary>r of the adaptive law where no training curve cools, so that nothing tells it.</summary>
    public const double UnseenBathExponent = 0.80;

    public override double[][] Grid { get; }

    public override double[] Exponents { get; }

    public override double Smoothness => _kind is LawKind.AdaptiveSpectrum ? AdaptiveSmoothness : 0;

    public override bool[] Polished => [.. Grid.Select(_ => _kind is LawKind.Newton)];

    public override bool IsPolished => _kind is not LawKind.AdaptiveSpectrum;

    /// <summary>Whether any rate falls below 0.9 of its peak.</summary>
    public static bool IsCooled(TrainingRows rows) => rows.Curves.Any(curve => curve.Updates.Any(updates => curve.Path.RateAt(updates) < 0.9 * curve.Path.Peak));

    public override double[] Clock(TrainingRows rows, double[] shape) => ClockExponent(shape) == 1 ? rows.Times : Walk(rows, ClockExponent(shape), 1, []).Clock;

    public override double[][] Features(TrainingRows rows, double[] shape, bool isFinal) => Walk(rows, 1, BathExponent(shape), Rates(shape)).Heats;

    public override LossLaw Make(TrainingRows rows, double[] shape, double exponent, LinearFit fit) => new RiverValleyLaw(_kind)
    {
        ReferenceRate = rows.ReferenceRate,
        ColdLoss = fit.ColdLoss,
        RiverScale = fit.RiverScale,
        RiverExponent = exponent,
        ClockExponent = ClockExponent(shape),
        BathExponent = BathExponent(shape),
        Modes = [.. Rates(shape).Zip(fit.Heats, (rate, heat) => new ValleyMode(rate, heat))],
    };

    private double ClockExponent(double[] shape) => _kind switch
    {
        LawKind.RiverSpectrum => shape[0],
        LawKind.AdaptiveSpectrum => AdaptiveClockExponent,
        _ => 1,
    };

    private double BathExponent(double[] shape) => _kind is LawKind.AdaptiveSpectrum ? shape[0] : 1;

    private double[] Rates(double[] shape) => _kind is LawKind.Newton ? [Math.Exp(shape[0])] : _rates;

    private static (double[] Clock, double[][] Heats) Walk(TrainingRows rows, double clockExponent, double bathExponent, double[] rates)
    {
        var clocks = new double[rows.Count];
        var heats = Array.ConvertAll(rates, _ => new double[rows.Count]);
        var now = new double[rates.Length];
        var first = 0;
        foreach (var curve in rows.Curves)
        {
            var walk = new PathWalk(curve.Path, curve.Updates, curve.Updates.Length);
            var (river, clock, bath) = (0.0, 0.0, 0.0);
            Array.Clear(now);
            while (walk.Next())
            {
                if (walk.Change != 0)
                {
                    var share = walk.Rate / rows.ReferenceRate;
                    clock = clockExponent == 1 ? walk.Rate : rows.ReferenceRate * Math.Pow(share, clockExponent);
                    bath = bathExponent == 1 ? share : Math.Pow(share, bathExponent);
                }

                river += walk.Steps * clock;
                var time = walk.Steps * walk.Rate;
                for (var j = 0; j < now.Length; j++)
                {
                    now[j] += (bath - now[j]) * RiverValleyLaw.Share(rates[j], time);
                }

                if (walk.Sample >= 0)
                {
                    clocks[first + walk.Sample] = river;
                    for (var j = 0; j < now.Length; j++)
                    {
                        heats[j][first + walk.Sample] = now[j];
                    }
                }
            }

            first += curve.Updates.Length;
        }

        return (clocks, heats);
    }
}
