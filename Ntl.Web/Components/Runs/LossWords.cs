using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>What lists and pages say of a run's loss: its final one, that it diverged, or only its latest.</summary>
internal static class LossWords
{
    /// <summary>The final loss, "∞ diverged", "∞ exploded", or the latest validation of a run that has no final loss.</summary>
    public static string Text(RunRow run) => run.Final.State switch
    {
        FinalLossState.Measured => Format.Loss(run.FinalLoss),
        FinalLossState.Diverged => "∞ diverged",
        FinalLossState.Exploded => "∞ exploded",
        _ => Format.Loss(run.ValidationLoss),
    };

    /// <summary>The final loss alone: "–" where there is none yet.</summary>
    public static string Final(RunRow run) => run.Final.State is FinalLossState.Measured or FinalLossState.Diverged or FinalLossState.Exploded ? Text(run) : "–";

    /// <summary>Which of these it is, one sentence.</summary>
    public static string Hint(RunRow run) => run.Final.State switch
    {
        FinalLossState.Measured => "Final loss: validation after the last step",
        FinalLossState.Diverged or FinalLossState.Exploded => run.Final.Reason,
        _ when run.ValidationLoss is null => run.Final.Reason,
        _ => $"Latest validation, not a final loss. {run.Final.Reason}",
    };

    /// <summary>Whether the figure shown is only the latest.</summary>
    public static bool IsLatest(RunRow run) => run.ValidationLoss is not null && run.Final.State != FinalLossState.Measured && !run.Diverged;
}
