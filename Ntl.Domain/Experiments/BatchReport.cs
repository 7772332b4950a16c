using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>E5: larger batches off one checkpoint at one rate; noise, and so temperature, goes with 1/B.</summary>
internal static class BatchReport
{
    public static ExperimentReport Of(IReadOnlyList<RunRecord> records)
    {
        var draft = new ReportDraft(ExperimentKind.BatchLadder, records, "batch B (sequences)", "Tr Σ_B (nats²/parameter²)", "½η Tr PΣ_B at the fork (nats)", "½η Tr PΣ_B at the end (nats)", "L_th by running mean (nats)");
        List<(double Batch, Estimate Covariance, Estimate First, Estimate Last)> rungs = [];
        foreach (var record in draft.Members(ExperimentRole.Batch))
        {
            var run = RunThermodynamics.Of(record);
            var covariance = RunningAverage.OfIndependent(run.Record[ProbeKeys.GradientCovariance], RunThermodynamics.HalfLifeSteps);
            double batch = record.Spec.BatchSize * (double)record.Spec.GradientAccumulationSteps;
            if (run.TotalTemperature.Last is not { IsAboveZero: true } last || covariance.Last is not { IsAboveZero: true } spread)
            {
                draft.Missing.Add($"{record.Spec.Name}: the noise of its gradient was not measured, or is not significantly above 0.");
                continue;
            }

            // The first measurement still has the preconditioner of the trunk's batch; its noise is that of any one of them.
            var noise = RunningAverage.NoiseOf([.. run.Record[ProbeKeys.Noise].Values]) / run.NoiseTrace.Values[0];
            var first = run.TotalTemperature[0] with { StandardError = run.TotalTemperature.Values[0] * noise };
            rungs.Add((batch, spread, first, last));
            draft.Row(Number(batch), Number(spread), Number(first), Number(last), Positive(run.ThermalLoss.Last));
        }

        draft.NeedMembers(rungs.Count, 3, "batches");
        if (rungs.Count < 2)
        {
            draft.Claims.Add(Claim.Unmeasured("temperature", 0, "T goes with 1/B at one preconditioner", "d ln T/d ln B", "",
                ClaimComparison.Absolute, -1, 0.1, "").Under(Enough(rungs.Count, 3, "batches")));
            return draft.Done(Title);
        }

        var isSgd = records.Any(record => record.Spec.Experiment?.Kind == ExperimentKind.BatchLadder && record.Spec.Optimizer.Kind == OptimizerKind.Sgd);
        var (covariances, firsts, lasts) = (Slope(rung => rung.Covariance), Slope(rung => rung.First), Slope(rung => rung.Last));
        draft.Claims.Add(Judge(rungs.Count, "covariance", "Tr Σ_B goes with 1/B", "d ln Tr Σ/d ln B", -1, 0.15, covariances));
        draft.Claims.Add(Judge(rungs.Count, "temperature", "T goes with 1/B at one preconditioner, that of the fork", "d ln T/d ln B", -1,
            0.1, firsts));
        draft.Claims.Add(isSgd
            ? Judge(rungs.Count, "held-temperature", "T goes with 1/B", "d ln T/d ln B", -1, 0.1, lasts)
            : Judge(rungs.Count, "held-temperature", "Once P has followed the noise, T goes with a power of B between −1 and −½",
                "d ln T/d ln B", -0.75, 0.3, lasts));
        draft.Sentences.Add($"At the fork T goes with B to the power {Number(firsts)}, Tr Σ_B over the hold to the power {Number(covariances)}; 1/B is −1.");
        draft.Sentences.Add($"At the end of the hold T goes with B to the power {Number(lasts)}{(isSgd ? "" : ": an adaptive P grows as the noise falls, at most as √B")}.");
        draft.Plots.Add(new("Temperature against the batch", "batch B", "sequences", "½η Tr PΣ_B", "nats", true, true,
        [
            ThermoPlots.Points("at the fork", rungs.Select(rung => (rung.Batch, rung.First))),
            ThermoPlots.Points("at the end", rungs.Select(rung => (rung.Batch, rung.Last))),
            new("1/B", CurveRole.Theory, [rungs[0].Batch, rungs[^1].Batch], [rungs[0].First.Value, rungs[0].First.Value * rungs[0].Batch / rungs[^1].Batch]),
        ]));
        return draft.Done(Title);

        // Errors of the rungs, as the scatter of three points about a line says little.
        Estimate Slope(Func<(double Batch, Estimate Covariance, Estimate First, Estimate Last), Estimate> of)
        {
            var fit = LineFit.Of([.. rungs.Select(rung => (Math.Log(rung.Batch), Math.Log(of(rung).Value)))]);
            var relative = Math.Sqrt(rungs.Average(rung => Math.Pow(of(rung).StandardError / of(rung).Value, 2)));
            return fit.Slope with { StandardError = double.IsFinite(relative) ? relative / Math.Sqrt(fit.SumSquaresX) : fit.Slope.StandardError };
        }
    }

    private const string Title = "Batch ladder: does temperature go with 1/B?";

    private static Claim Judge(int count, string id, string text, string symbol, double expected, double tolerance, Estimate slope) =>
        Claim.Judge(id, 0, text, symbol, "", ClaimComparison.Absolute, expected, tolerance, slope.Value,
            double.IsFinite(slope.StandardError) ? slope.StandardError : 0).Under(Enough(count, 3, "batches"));
}
