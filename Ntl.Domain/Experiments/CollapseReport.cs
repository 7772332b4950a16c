using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>E4: peaks and holds before one common end; the final losses lie on one curve of D.</summary>
internal static class CollapseReport
{
    private const int Fewest = 5;

    public static ExperimentReport Of(IReadOnlyList<RunRecord> records)
    {
        var draft = new ReportDraft(ExperimentKind.Collapse, records, "peak η", "D (rate·step)", "final loss (nats)", "above the curve (nats)");
        List<(double Peak, double Time, double Loss)> ends = [];
        foreach (var record in draft.Members(ExperimentRole.Path))
        {
            if (record.Final.Value is not null && EqualTime.Losses(record) is [.., var end])
            {
                ends.Add((record.Spec.Experiment!.Value ?? double.NaN, end.Time, end.Loss));
            }
            else
            {
                draft.Missing.Add($"{record.Spec.Name} has no final loss. {record.Final.Reason}");
            }
        }

        draft.NeedMembers(ends.Count, Fewest, "ways");
        if (ends.Count < Fewest)
        {
            draft.Claims.Add(Claim.Unmeasured("collapse", 10, "Final losses lie on one curve of D", "R²", "", ClaimComparison.AtLeast, 0.95,
                0, "").Under(Enough(ends.Count, Fewest, "ways")));
            return draft.Done(Title);
        }

        // L₀ + A D^−p by least squares, p on a grid: three parameters.
        var (power, fit) = Enumerable.Range(1, 60).Select(i => i * 0.05).Select(p => (Power: p, Fit: LineFit.Of([.. ends.Select(end => (Math.Pow(end.Time, -p), end.Loss))]))).MaxBy(candidate => candidate.Fit.RSquare);
        foreach (var end in ends)
        {
            draft.Row(Number(end.Peak), Number(end.Time), Number(end.Loss, 5), Number(Above(end), 2));
        }

        var rms = Math.Sqrt(ends.Average(end => Above(end) * Above(end)));
        var byPeak = ends.GroupBy(end => end.Peak).OrderBy(group => group.Key).Select(group => (Peak: group.Key, Mean: group.Average(Above))).ToList();
        draft.Claims.Add(Claim.Judge("collapse", 10, "Final losses of all peaks and holds lie on one curve of D", "R²", "", ClaimComparison.AtLeast, 0.95, 0, fit.RSquare));
        draft.Sentences.Add($"One curve L₀ + A·D^−{Number(power)} through {ends.Count} ways: R² = {Number(fit.RSquare, 4)}, rms {Number(rms, 2)} nats.");
        draft.Sentences.Add($"Mean distance from it by peak: {string.Join(", ", byPeak.Select(group => $"{Number(group.Mean, 2)} nats at {Number(group.Peak)}"))}. Above it at high peaks is what a slower river, or heat left over, would do.");
        var times = Enumerable.Range(0, 60).Select(i => ends.Min(end => end.Time) + ((ends.Max(end => end.Time) - ends.Min(end => end.Time)) * i / 59)).ToList();
        draft.Plots.Add(new("Final loss against D", "intrinsic time D", "rate·step", "loss", "nats", false, false,
        [
            .. ends.GroupBy(end => end.Peak).OrderBy(group => group.Key).Select(group => new PlotCurve($"peak {Number(group.Key)}", CurveRole.Measured, [.. group.Select(end => end.Time)], [.. group.Select(end => end.Loss)], CurveStyle.Points)),
            ThermoPlots.Line("one curve of D", CurveRole.Theory, times.Select(time => (time, fit.At(Math.Pow(time, -power)).Value))),
        ]));
        return draft.Done(Title);

        double Above((double Peak, double Time, double Loss) end) => end.Loss - fit.At(Math.Pow(end.Time, -power)).Value;
    }

    private const string Title = "Collapse: is the final loss a function of D alone?";
}
