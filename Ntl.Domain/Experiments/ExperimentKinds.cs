using System.Collections.Immutable;

namespace Ntl.Domain.Experiments;

/// <summary>Which experiments begin how.</summary>
public static class ExperimentKinds
{
    /// <summary>Those whose runs branch off a checkpoint, in the order in which they are offered.</summary>
    public static ImmutableArray<ExperimentKind> OffACheckpoint { get; } = [.. Enum.GetValues<ExperimentKind>().Where(IsOffACheckpoint)];

    /// <summary>Whether the runs branch off a checkpoint; else they train from scratch.</summary>
    public static bool IsOffACheckpoint(ExperimentKind kind) => Enum.IsDefined(kind) && kind is not (ExperimentKind.Suggestion or ExperimentKind.Sweep);
}
