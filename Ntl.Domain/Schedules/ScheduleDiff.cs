using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Ntl.Domain.Schedules;

/// <summary>What differs between two schedules: phase by phase, in their figures, and in the rates that a training would see.</summary>
/// <remarks>Schedules that differ can have equal rates: a hold of 300 steps, and one of 100 followed by one of 200.</remarks>
public sealed record ScheduleDiff
{
    private ScheduleDiff(ScheduleSpec from, ScheduleSpec to)
    {
        (From, To) = (from, to);
        Phases = PhaseAlignment.Of(from, to);
        Figures =
        [
            new("Steps", from.TotalSteps, to.TotalSteps),
            new("D", from.IntrinsicTime, to.IntrinsicTime),
            new("Peak η", from.Peak, to.Peak),
            new("η min", from.Minimum, to.Minimum),
            new("Final η", from.Final, to.Final),
        ];
        var (first, largest) = RateComparison.Of(from, to);
        FirstDifferentStep = first ?? (from.TotalSteps == to.TotalSteps ? null : Math.Min(from.TotalSteps, to.TotalSteps));
        LargestGap = largest;
    }

    /// <summary>The first schedule.</summary>
    public ScheduleSpec From { get; }

    /// <summary>The second schedule.</summary>
    public ScheduleSpec To { get; }

    /// <summary>Every phase of both, in order: those with a <see cref="PhaseDiff.From"/> are the first schedule, those with a <see cref="PhaseDiff.To"/> the second.</summary>
    public ImmutableArray<PhaseDiff> Phases { get; }

    /// <summary>Length, D, peak, lowest and last rate of both, changed or not.</summary>
    public ImmutableArray<FigureDiff> Figures { get; }

    /// <summary>The first step whose rates differ by more than rounding, or that only one schedule has; null when every step has one rate.</summary>
    public long? FirstDifferentStep { get; }

    /// <summary>Where the rates differ most among the steps that both have; null when none of these differ.</summary>
    public RateGap? LargestGap { get; }

    /// <summary>Whether both are one schedule, with one hash.</summary>
    public bool AreEqual => From.Equals(To);

    /// <summary>Whether a training could not tell them apart.</summary>
    public bool HaveEqualRates => FirstDifferentStep is null;

    /// <summary>Holds two schedules against each other.</summary>
    /// <remarks>Time and memory grow with the product of the numbers of phases that differ, not with steps.</remarks>
    public static ScheduleDiff Between(ScheduleSpec from, ScheduleSpec to) => new(from, to);

    /// <summary>The differences in words, one sentence each; one sentence when there are none.</summary>
    public ImmutableArray<string> Words() => AreEqual
        ? ["The two schedules are equal."]
        : [.. Phases.Select(Words).OfType<string>(), .. Figures.Where(figure => figure.IsChanged).Select(Words), RateWords(), .. GapWords()];

    /// <summary>A field's name as people say it: <c>startRate</c> is "start rate", <c>of.steps</c> "whole phase's steps".</summary>
    public static string FieldWords(string field)
    {
        var isOfWhole = field.StartsWith("of.", StringComparison.Ordinal);
        var words = JsonNamingPolicy.KebabCaseLower.ConvertName(isOfWhole ? field[3..] : field).Replace('-', ' ');
        return isOfWhole ? $"whole phase's {words}" : words;
    }

    private static string? Words(PhaseDiff phase) => phase.Kind switch
    {
        PhaseDiffKind.Added => $"Phase {phase.To!.Index + 1} is new: {phase.To.Phase.Description}.",
        PhaseDiffKind.Removed => $"Phase {phase.From!.Index + 1} is gone: {phase.From.Phase.Description}.",
        PhaseDiffKind.Changed => $"Phase {phase.To!.Index + 1} ({phase.To.Phase.Description}): {string.Join(", ", phase.Fields.Select(field => $"{FieldWords(field.Field)} {field.From} → {field.To}"))}.",
        _ => null,
    };

    private static string Words(FigureDiff figure) => string.Equals(figure.Name, "Steps", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"Steps {figure.From:N0} → {figure.To:N0} ({figure.To - figure.From:+#,0;−#,0}).")
        : figure.From == 0
            ? $"{figure.Name} 0 → {RateText.Format(figure.To)}."
            : string.Create(CultureInfo.InvariantCulture, $"{figure.Name} {RateText.Format(figure.From)} → {RateText.Format(figure.To)} ({(figure.To / figure.From) - 1:+0.##%;−0.##%;±0%}).");

    private string RateWords() => FirstDifferentStep switch
    {
        null => "Every step has the same rate in both: only the phases are told in other words.",
        var step when LargestGap is null => string.Create(CultureInfo.InvariantCulture, $"The rates are the same up to step {step - 1:N0}, where the shorter one ends."),
        var step => string.Create(CultureInfo.InvariantCulture, $"The rates first differ at step {step:N0}."),
    };

    private IEnumerable<string> GapWords() => LargestGap is { } gap
        ? [string.Create(CultureInfo.InvariantCulture, $"They differ most at step {gap.Step:N0}: {RateText.Format(gap.From)} against {RateText.Format(gap.To)}.")]
        : [];
}
