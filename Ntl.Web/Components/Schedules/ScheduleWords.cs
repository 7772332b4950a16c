using Ntl.Domain.Schedules;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Links and words of the library's pages.</summary>
internal static class ScheduleWords
{
    // The browser tells the server each address that it comes to in one message of at most 32 KiB.
    private const int LongestAddress = 12_000;

    public static string Link(ScheduleReference reference) => $"/schedules/{reference.Id}?version={reference.Version}";

    public static string ComposeLink(ScheduleReference reference) => $"/compose?from={reference}";

    /// <summary>Where a run of this schedule is composed; null when the schedule is too long for an address.</summary>
    public static string? QueueLink(ScheduleSpec schedule) =>
        schedule.CanonicalJson.Length < LongestAddress && $"/runs/new?shape=phases&phases={Uri.EscapeDataString(schedule.CanonicalJson)}" is { Length: < LongestAddress } link ? link : null;

    public static string Figure(FigureDiff figure, double value) =>
        string.Equals(figure.Name, "Steps", StringComparison.Ordinal) ? Format.Count((long)value) : Format.Number(value);

    public static string Change(FigureDiff figure) =>
        !figure.IsChanged ? "same"
        : string.Equals(figure.Name, "Steps", StringComparison.Ordinal) ? $"{(figure.To > figure.From ? "+" : "−")}{Format.Count(Math.Abs((long)(figure.To - figure.From)))}"
        : figure.From == 0 ? "new"
        : $"{(figure.To > figure.From ? "+" : "−")}{Format.Number(100 * Math.Abs((figure.To / figure.From) - 1), 3)} %";

    public static string Kind(PhaseDiffKind kind) => kind switch
    {
        PhaseDiffKind.Added => "added",
        PhaseDiffKind.Removed => "removed",
        PhaseDiffKind.Changed => "changed",
        _ => "same",
    };

    public static string Place(PhaseSpan span) => $"steps {Format.Count(span.FirstStep)}–{Format.Count(span.LastStep)}";
}
