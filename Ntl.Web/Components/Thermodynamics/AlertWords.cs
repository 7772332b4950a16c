using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>Alerts in words and signs.</summary>
internal static class AlertWords
{
    public static string Title(RunAlertKind kind) => kind switch
    {
        RunAlertKind.NotFinite => "Not a number",
        RunAlertKind.Diverged => "Diverged",
        RunAlertKind.Stall => "Stalled",
        RunAlertKind.Heating => "Heating up at a constant rate",
        RunAlertKind.EarlyDecay => "Decay before equilibrium",
        RunAlertKind.Unstable => "Beyond the stability edge",
        RunAlertKind.EntropyFalls => "Entropy falls",
        _ => kind.ToString(),
    };

    /// <summary>Name of the severity's icon.</summary>
    public static string Icon(RunAlertSeverity severity) => severity == RunAlertSeverity.Notice ? "unsure" : "failed";

    /// <summary>Class of the severity's notice.</summary>
    public static string? Notice(RunAlertSeverity severity) => severity switch
    {
        RunAlertSeverity.Error => "notice-failed",
        RunAlertSeverity.Warning => "notice-stale",
        _ => null,
    };

    /// <summary>Class of the severity's chip.</summary>
    public static string Chip(RunAlertSeverity severity) => severity switch
    {
        RunAlertSeverity.Error => "chip-failed",
        RunAlertSeverity.Warning => "chip-interrupted",
        _ => "chip-queued",
    };
}
