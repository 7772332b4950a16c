using Ntl.Domain.Claims;
using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>E11: a suggested schedule against its baseline, pair by pair of equal seeds: predicted against measured gain.</summary>
internal static class SuggestionReport
{
    private const string Title = "Suggestion: does the schedule gain what the law predicts?";

    // How often the interval over seeds holds the gain.
    private const double Share = 0.95;

    // A claim's interval is two standard errors; of few seeds it must be as wide as Student's.
    private const double ClaimErrors = 2;

    public static ExperimentReport Of(IReadOnlyList<RunRecord> records)
    {
        var draft = new ReportDraft(ExperimentKind.Suggestion, records, "seed", "baseline's final loss (nats/token)", "suggestion's final loss (nats/token)", "gain (nats/token)");
        var (suggestions, baselines) = (draft.Members(ExperimentRole.Suggestion), draft.Members(ExperimentRole.Baseline));
        var forecast = suggestions.Select(record => record.Spec.Experiment!.Forecast).FirstOrDefault(known => known?.Gain is not null);
        var pairs = Pairs(draft, suggestions, baselines);
        foreach (var (seed, baseline, suggestion) in pairs)
        {
            draft.Row(Number(seed, 10), Number(baseline, 5), Number(suggestion, 5), Number(baseline - suggestion));
        }

        draft.NeedMembers(pairs.Count, SuggestionPlan.FewestSeeds, "pairs of equal seeds");
        if (forecast?.Gain is { } predicted)
        {
            var interval = predicted is { Low: { } low, High: { } high } ? $"90 % interval {Number(low)} to {Number(high)}" : "without an interval, as its fit had too little data for one";
            draft.Sentences.Add($"The law ({forecast.Law}) predicted a gain of {Number(predicted.Value)} nats/token, {interval}.");
        }

        if (pairs.Count < 2)
        {
            draft.Claims.Add(Claim.Unmeasured("gain", 12, "The suggestion ends lower than its baseline", "gain", "nats/token", ClaimComparison.AtLeast, 0, 0, "Fewer than two pairs of equal seeds have ended."));
            AddCurves(draft, suggestions, baselines);
            return draft.Done(Title);
        }

        var gain = Estimate.Of([.. pairs.Select(pair => pair.Baseline - pair.Suggestion)]);
        var half = StudentT.Critical(pairs.Count - 1, 1 - Share) * gain.StandardError;
        Judge(draft, gain, half, forecast?.Gain, pairs.Count, suggestions.Concat(baselines).Count(record => record.Final.HasDiverged));
        draft.Row("mean, 95 % interval", Mean(pairs.Select(pair => pair.Baseline)), Mean(pairs.Select(pair => pair.Suggestion)), Mean(pairs.Select(pair => pair.Baseline - pair.Suggestion)));
        draft.Plots.Add(GainPlot(pairs, gain.Value, half, forecast?.Gain));
        AddCurves(draft, suggestions, baselines);
        return draft.Done(Title);
    }

    // The same seed makes the same weights and batches on both sides, so that their difference has less noise than either.
    private static List<(double Seed, double Baseline, double Suggestion)> Pairs(ReportDraft draft, IReadOnlyList<RunRecord> suggestions, IReadOnlyList<RunRecord> baselines)
    {
        List<(double, double, double)> pairs = [];
        foreach (var suggestion in suggestions)
        {
            var baseline = baselines.FirstOrDefault(other => other.Spec.Seed == suggestion.Spec.Seed);
            if (baseline is null)
            {
                draft.Missing.Add($"{suggestion.Spec.Name}: no baseline has its seed.");
            }
            else if (suggestion.Final.Value is { } low && baseline.Final.Value is { } high)
            {
                pairs.Add((suggestion.Spec.Seed, high, low));
            }
            else
            {
                draft.Missing.Add(Unpaired(suggestion, baseline));
                if (suggestion.Final.HasDiverged || baseline.Final.HasDiverged)
                {
                    draft.Row(Number(suggestion.Spec.Seed, 10), Ended(baseline), Ended(suggestion), "–");
                }
            }
        }

        return pairs;
    }

    private static void Judge(ReportDraft draft, Estimate gain, double half, GainForecast? predicted, int pairs, int diverged)
    {
        var error = half / ClaimErrors;
        var incomplete = diverged == 0 ? null : FormattableString.Invariant($"{diverged} {(diverged == 1 ? "run" : "runs")} diverged or exploded: the gain of the other pairs alone says nothing of the schedule.");
        draft.Sentences.Add($"Measured over {(diverged == 0 ? $"{pairs}" : $"only the {pairs}")} pairs of equal seeds{(diverged == 0 ? "" : " that did not diverge")}: {Number(gain.Value)} nats/token, 95 % interval {Number(gain.Value - half)} to {Number(gain.Value + half)} (Student's, of the paired differences).");
        draft.Claims.Add(Claim.Judge("gain", 12, "The suggestion ends lower than its baseline", "gain", "nats/token", ClaimComparison.AtLeast, 0, 0, gain.Value, error)
            .Unless(incomplete ?? (Math.Abs(gain.Value) < half ? $"The interval over {pairs} seeds holds 0: more seeds would tell." : null)));
        if (predicted is not { Low: { } low, High: { } high })
        {
            return;
        }

        var tolerance = Math.Max(high - predicted.Value, predicted.Value - low);
        draft.Claims.Add(Claim.Judge("predicted-gain", 12, "The gain is what the law predicted, within its 90 % interval", "gain", "nats/token", ClaimComparison.Absolute, predicted.Value, tolerance, gain.Value, error).Unless(incomplete));
        draft.Sentences.Add(gain.Value < predicted.Value
            ? $"Predicted less measured: {Number(predicted.Value - gain.Value)} nats/token. Every law in use overstates what a held peak gains over a cosine; this is the measure of it here."
            : $"Measured less predicted: {Number(gain.Value - predicted.Value)} nats/token.");
    }

    // One meaning of ± everywhere in the report: Student's 95 % interval over the seeds.
    private static string Mean(IEnumerable<double> values)
    {
        var sample = values.ToList();
        var estimate = Estimate.Of([.. sample]);
        return Number(estimate with { StandardError = StudentT.Critical(sample.Count - 1, 1 - Share) * estimate.StandardError });
    }

    private static Plot GainPlot(List<(double Seed, double Baseline, double Suggestion)> pairs, double gain, double half, GainForecast? predicted)
    {
        double[] places = [1, pairs.Count];
        List<PlotCurve> curves =
        [
            new("one seed", CurveRole.Measured, [.. Enumerable.Range(1, pairs.Count).Select(i => (double)i)], [.. pairs.Select(pair => pair.Baseline - pair.Suggestion)], CurveStyle.Points),
            Level("mean, 95 %", CurveRole.Measured, gain, gain - half, gain + half),
        ];
        if (predicted is not null)
        {
            curves.Add(predicted is { Low: { } low, High: { } high }
                ? Level("predicted, 90 %", CurveRole.Theory, predicted.Value, low, high)
                : new("predicted", CurveRole.Theory, [.. places], [predicted.Value, predicted.Value]));
        }

        curves.Add(new("no gain", CurveRole.Bound, [.. places], [0, 0]));
        return new("Gain, pair by pair", "pair", "", "baseline − suggestion", "nats/token", false, false, [.. curves]);

        PlotCurve Level(string label, CurveRole role, double value, double low, double high) =>
            new(label, role, [.. places], [value, value]) { Lower = [low, low], Upper = [high, high] };
    }

    private static void AddCurves(ReportDraft draft, IReadOnlyList<RunRecord> suggestions, IReadOnlyList<RunRecord> baselines)
    {
        List<PlotCurve> curves = [.. Means("baseline", baselines), .. Means("suggestion", suggestions)];
        if (curves.Count > 0)
        {
            draft.Plots.Add(new("Validation loss, mean over seeds", "step", "", "loss", "nats/token", false, false, [.. curves]));
        }
    }

    // From a tenth of the run on: what comes before would flatten the rest.
    private static IEnumerable<PlotCurve> Means(string label, IReadOnlyList<RunRecord> runs)
    {
        const int Tenth = 10;
        var points = runs
            .SelectMany(run => EqualTime.Losses(run).Where(point => point.Step * Tenth >= run.Spec.TotalSteps))
            .GroupBy(point => point.Step)
            .OrderBy(step => step.Key)
            .Select(step => (step.Key, Mean: step.Average(point => point.Loss)))
            .ToList();
        return points.Count < 2 ? [] : [new(label, CurveRole.Measured, [.. points.Select(point => (double)point.Key)], [.. points.Select(point => point.Mean)])];
    }

    // A diverged run is the worst end there is: a pair without it would be a gain by omission.
    private static string Unpaired(RunRecord suggestion, RunRecord baseline)
    {
        var diverged = (suggestion.Final.HasDiverged, baseline.Final.HasDiverged) switch
        {
            (true, true) => "both runs diverged",
            (true, _) => "the suggestion diverged, which counts against it",
            (_, true) => "the baseline diverged, which counts for the suggestion",
            _ => null,
        };
        return diverged is not null
            ? FormattableString.Invariant($"Seed {suggestion.Spec.Seed}: {diverged}. The gains below are of the other pairs, so their mean is incomplete.")
            : FormattableString.Invariant($"Seed {suggestion.Spec.Seed}: {(suggestion.Final.Value is null ? "the suggestion" : "the baseline")} has no final loss. {(suggestion.Final.Value is null ? suggestion : baseline).Final.Reason}");
    }

    private static string Ended(RunRecord record) => record.Final.HasDiverged ? "∞" : record.Final.Value is { } loss ? Number(loss, 5) : "–";
}
