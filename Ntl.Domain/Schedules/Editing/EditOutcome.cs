using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>What an edit came to: another schedule, or everything that keeps it from being one.</summary>
/// <param name="Name">What was done, after "Undo": "stretch hold".</param>
/// <param name="Schedule">The schedule afterwards; null when there are problems.</param>
/// <param name="Selected">The phase that the edit was about, by its place afterwards.</param>
/// <param name="Problems">Everything wrong, with the fields' paths in the schedule that was wanted; empty when there is one.</param>
public sealed record EditOutcome(string Name, ScheduleSpec? Schedule, int Selected, ImmutableArray<SpecProblem> Problems)
{
    /// <summary>Whether there is a schedule.</summary>
    [MemberNotNullWhen(true, nameof(Schedule))]
    public bool IsDone => Schedule is not null;

    /// <summary>What a person should know of a schedule that is not quite what was asked for; null mostly.</summary>
    public string? Note { get; init; }

    internal static EditOutcome Of(string name, IReadOnlyList<SchedulePhase> phases, int selected)
    {
        ScheduleSpec.TryCreate(phases, out var schedule, out var problems);
        return new(name, schedule, Math.Clamp(selected, 0, Math.Max(0, phases.Count - 1)), [.. problems]);
    }

    internal static EditOutcome Refused(string name, int selected, string path, string message) =>
        new(name, null, selected, [new(path, message)]);
}
