using Ntl.Domain.Runs;
using Ntl.Web.Components.Charts;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>A run's events as marks on its charts.</summary>
internal static class RunMarks
{
    public static IEnumerable<ChartMark> Of(RunDetail detail, StepPlaces places)
    {
        foreach (var span in detail.Spec.Schedule.Phases.Skip(1))
        {
            if (places.Of(span.FirstStep) is { } x)
            {
                yield return new(x, RunWords.Title(span.Phase), ChartMarkKind.Phase);
            }
        }

        foreach (var recorded in detail.Events)
        {
            if (recorded.Step is { } step && KindOf(recorded.Kind) is { } kind && places.Of(step) is { } x)
            {
                yield return new(x, RunWords.Title(recorded.Kind), kind);
            }
        }

        if (detail.Run.Failure is { Step: { } failedAt } && places.Of(failedAt) is { } end)
        {
            yield return new(end, "failed", ChartMarkKind.Failure);
        }
    }

    // Phases are drawn from the schedule itself, those to come as well.
    private static ChartMarkKind? KindOf(RunEventKind kind) => kind switch
    {
        RunEventKind.CheckpointSaved => ChartMarkKind.Checkpoint,
        RunEventKind.Resumed => ChartMarkKind.Resume,
        RunEventKind.PhaseStarted => null,
        _ => ChartMarkKind.Event,
    };
}
