using Ntl.Domain.Runs;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Comparison;

/// <summary>The marks of a comparison's charts: of the run in front; without one, the phases where all runs share a schedule, and the resumes and branchings of a few runs.</summary>
internal static class ComparisonMarks
{
    private const int FewRuns = 5;

    public static async Task<IReadOnlyList<ChartMark>> ReadAsync(IComparisons comparisons, ComparisonSet set, ComparisonView view, CancellationToken cancellationToken)
    {
        // When a step was done is known from measurements only, and a metric is no clock.
        if (set.Runs.Count == 0 || view.XMetric is not null || view.Axis == SeriesAxis.Elapsed)
        {
            return [];
        }

        var front = set.Runs.FirstOrDefault(run => string.Equals(run.Id.Value, view.Highlight, StringComparison.Ordinal));
        IReadOnlyList<ComparedRun> marked = front is not null ? [front] : set.Runs.Count <= FewRuns ? set.Runs : [];
        List<ChartMark> marks = [];
        var phased = front ?? (set.Runs.DistinctBy(run => run.Row.ScheduleHash, StringComparer.Ordinal).Skip(1).Any() ? null : set.Runs[0]);
        if (phased is not null)
        {
            var places = new StepPlaces(phased.Spec, view.Axis);
            marks.AddRange(phased.Spec.Schedule.Phases.Skip(1).Select(span => new ChartMark(places.Of(span.FirstStep) ?? 0, RunWords.Title(span.Phase), ChartMarkKind.Phase)));
        }

        var events = marked.Count == 0 ? null : await comparisons.ReadMarksAsync([.. marked.Select(run => run.Id)], cancellationToken);
        foreach (var run in marked)
        {
            var places = new StepPlaces(run.Spec, view.Axis);
            marks.AddRange(events![run.Id].Select(own => new ChartMark(places.Of(own.Step) ?? 0, marked.Count == 1 ? RunWords.Title(own.Kind) : $"{RunWords.Title(own.Kind)}: {run.Row.Name}", own.Kind == RunEventKind.Resumed ? ChartMarkKind.Resume : ChartMarkKind.Event)));
            if (run.Spec.Branch is { } branch && !events[run.Id].Any(own => own.Kind == RunEventKind.Branched))
            {
                marks.Add(new(places.Of(branch.Step) ?? 0, marked.Count == 1 ? "Branched" : $"Branched: {run.Row.Name}", ChartMarkKind.Event));
            }
        }

        return marks;
    }
}
