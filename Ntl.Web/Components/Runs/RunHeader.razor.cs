using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>A run's name, state, figures and what can be done to it.</summary>
public sealed partial class RunHeader
{
    private static readonly Dictionary<RunAction, (string Title, string Icon)> s_titles = new()
    {
        [RunAction.Pause] = ("Pause", "paused"),
        [RunAction.Resume] = ("Resume", "running"),
        [RunAction.Requeue] = ("Requeue", "requeue"),
        [RunAction.Cancel] = ("Cancel", "cancelled"),
    };

    private bool _isActing;

    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;

    /// <summary>A person wants this done.</summary>
    [Parameter]
    public Func<RunAction, Task> Act { get; set; } = _ => Task.CompletedTask;

    private RunRow Run => Detail.Run;

    private async Task ActOnceAsync(RunAction action)
    {
        _isActing = true;
        try
        {
            await Act(action);
        }
        finally
        {
            _isActing = false;
        }
    }

    private IEnumerable<(string Name, string Value, string? Unit, string Hint)> Facts()
    {
        yield return ("Step", $"{Format.Count(Run.StepsDone)} / {Format.Count(Run.TotalSteps)}", null, Run.Trunk is null ? "Optimizer updates done, of all" : $"Optimizer updates done, of all; the first {Format.Count(Run.FirstStep)} are the trunk's");
        if (Run.Status.HoldsDevice())
        {
            yield return ("Left", Format.Duration(RunWords.SecondsLeft(Run)), null, "At the present speed");
        }

        yield return ("Training loss", Format.Loss(Run.TrainLoss), "nats/token", Run.Diverged ? Run.Final.Reason : "Last step");
        yield return (LossWords.IsLatest(Run) ? "Latest validation" : "Final loss", LossWords.Text(Run), "nats/token", LossWords.Hint(Run));
        yield return ("Best validation", Format.Loss(Run.BestValidationLoss), "nats/token", Run.Diverged ? "Lowest before it diverged" : "Lowest so far");
        yield return ("Speed", Run.TokensPerSecond is { } speed ? Format.Compact(speed) : "–", "tokens/s", "Training speed");
        yield return ("D", Format.Number(Run.LearningRateSum), "Σ η", "Intrinsic time: sum of the learning rate over the steps done");
        yield return ("Training time", Format.Duration(Run.ElapsedSeconds), null, "Pauses left out");
        yield return ("Attempts", Format.Count(Run.AttemptCount), null, "How often a trainer was started");
        yield return ("Device", Detail.Spec.Device, Detail.Spec.Precision == Precision.BFloat16 ? "bfloat16" : "float32", "What it trains on, and in which number format");
    }
}
