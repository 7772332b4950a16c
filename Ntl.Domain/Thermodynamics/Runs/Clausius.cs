using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>The entropy that a run's valley and its bath gain together, from thermal losses alone: a direction's temperature goes with them.</summary>
internal static class Clausius
{
    // α drifts by so much as the rate changes and the network adapts, measured or not.
    private const double KnownBath = 0.1;
    private const double AssumedBath = 0.5;

    /// <summary>ΔS_tot since the first measurement, and its most significant fall.</summary>
    /// <remarks>
    /// Over an interval ½[ln(L₁/L₀) − (L₁ − L₀)/L_bath], <see cref="EntropyProduction.OfExchange"/> for one direction, with the logarithmic mean of the bath at its first and last update, for
    /// which a change that follows its bath produces nothing. Losses enter neighbouring intervals with opposite signs: noise does not pile up while the bath stands still.
    /// </remarks>
    public static (EstimateSeries Series, (long SinceStep, Estimate Fall)? Dip) Cumulate(RunThermodynamics run)
    {
        var measured = run.ComparableLoss.Select((_, loss) => loss.IsAboveZero ? loss : new(double.NaN, double.NaN));
        var points = Enumerable.Range(0, measured.Count)
            .Select(i => (Step: measured.Steps[i], Loss: measured.Values[i], Bath: run.BathLoss(measured.Steps[i]).Value))
            .Select(point => (point.Step, point.Loss, point.Bath, Next: point.Bath / run.BathRate(point.Step) * run.Record.Rate(point.Step)))
            .Where(point => point.Loss > 0 && point.Bath > 0 && point.Next > 0)
            .ToList();
        if (points.Count < 2)
        {
            return (EstimateSeries.Empty, null);
        }

        var sums = new Sums[points.Count];
        for (var i = 1; i < points.Count; i++)
        {
            var (before, after, last) = (points[i - 1], points[i], sums[i - 1]);
            var coldness = 1 / LogarithmicMean(before.Next, after.Bath);
            var turn = i == 1 ? 0 : (coldness - last.Coldness) / 2;
            sums[i] = new(
                last.Production + EntropyProduction.OfExchange(1, before.Loss, after.Loss, 1 / coldness),
                coldness,
                last.Interior + (turn * turn),
                last.Heat + (coldness * (after.Loss - before.Loss) / 2));
        }

        var noise = RunningAverage.NoiseOf([.. measured.Values]);
        var bath = BathError(run.EquilibriumEquipartition);
        return (EstimateSeries.From(points.Select((point, i) => (point.Step, Between(0, i)))) with { Gaps = measured.Gaps },
            WorstFall(points.ConvertAll(point => (point.Step, run.ProbeLags(point.Step))), sums, Between));

        Estimate Between(int from, int to)
        {
            if (from == to)
            {
                return new(0, 0);
            }

            var start = ((1 / points[from].Loss) - sums[from + 1].Coldness) / 2;
            var end = ((1 / points[to].Loss) - sums[to].Coldness) / 2;
            var chance = noise * Math.Sqrt((start * start) + (end * end) + Math.Max(0, sums[to].Interior - sums[from + 1].Interior));
            var systematic = bath * (sums[to].Heat - sums[from].Heat);
            return new(sums[to].Production - sums[from].Production, Math.Sqrt((chance * chance) + (systematic * systematic)));
        }
    }

    private static double BathError(Estimate equilibrium) => double.IsFinite(equilibrium.StandardError)
        ? Math.Sqrt((equilibrium.StandardError / equilibrium.Value * (equilibrium.StandardError / equilibrium.Value)) + (KnownBath * KnownBath))
        : AssumedBath;

    private static (long SinceStep, Estimate Fall)? WorstFall(List<(long Step, bool Lags)> places, Sums[] sums, Func<int, int, Estimate> between)
    {
        var highest = 0;
        (long Step, Estimate Fall)? worst = null;
        for (var i = 1; i < sums.Length; i++)
        {
            // What the probe shows too cold while it lags says nothing of what came before.
            if (places[i].Lags || sums[i].Production >= sums[highest].Production)
            {
                highest = i;
                continue;
            }

            var fall = between(highest, i).Times(-1);
            if (worst is not { } known || fall.Value * known.Fall.StandardError > known.Fall.Value * fall.StandardError)
            {
                worst = (places[highest].Step, fall);
            }
        }

        return worst;
    }

    private static double LogarithmicMean(double first, double second)
    {
        var logarithm = Math.Log(second / first);
        return Math.Abs(logarithm) < 1e-6 ? (first + second) / 2 : (second - first) / logarithm;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sums(double Production, double Coldness, double Interior, double Heat);
}
