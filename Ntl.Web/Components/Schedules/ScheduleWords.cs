using Ntl.Domain.Schedules;
using Ntl.Web.Components.Compose;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Links and words of the library's pages.</summary>
internal static class ScheduleWords
{
    // The browser tells the server each address that it comes to in one message of at most 32 KiB.
    private const int LongestAddress = 12_000;

    public static string Link(ScheduleReference reference) => $"/schedules/{reference.Id}?version={reference.Version}";

    /// <summary>Where a version is composed further; one too long for an address is named only.</summary>
    public static string ComposeLink(SavedSchedule saved) =>
        ScheduleLink.Write(saved.Schedule) is { Length: < LongestAddress } text
            ? $"/compose?schedule={Uri.EscapeDataString(text)}&name={Uri.EscapeDataString(saved.Label.Name)}&from={saved.Reference}"
            : $"/compose?from={saved.Reference}";

    /// <summary>Where a run of this schedule is composed; null when the schedule is too long for an address.</summary>
    public static string? QueueLink(ScheduleSpec schedule) =>
        schedule.CanonicalJson.Length < LongestAddress && $"/runs/new?shape=phases&phases={Uri.EscapeDataString(schedule.CanonicalJson)}" is { Length: < LongestAddress } link ? link : null;

    /// <summary>Where a schedule is submitted to a track; one too long for an address is chosen from the library there.</summary>
    public static string TrackLink(ScheduleSpec schedule, string name) =>
        ScheduleLink.Write(schedule) is { Length: < LongestAddress } text
            ? $"/tracks/submit?schedule={Uri.EscapeDataString(text)}{(name.Length == 0 ? "" : $"&name={Uri.EscapeDataString(name)}")}"
            : "/tracks/submit";

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
