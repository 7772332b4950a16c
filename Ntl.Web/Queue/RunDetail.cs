using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>A run as its own page shows it.</summary>
public sealed record RunDetail
{
    public required RunRow Run { get; init; }

    public required RunSpec Spec { get; init; }

    /// <summary>The spec as stored: canonical JSON.</summary>
    public required string SpecJson { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<AttemptRow> Attempts { get; init; }

    /// <summary>Oldest first; the newest 500.</summary>
    public required IReadOnlyList<RunEventRow> Events { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<StatusChangeRow> StatusChanges { get; init; }

    /// <summary>Metric keys that have points, sorted.</summary>
    public required IReadOnlyList<string> MetricKeys { get; init; }

    /// <summary>The run that this one branches off; null for a run of its own.</summary>
    public RunRow? Trunk { get; init; }

    /// <summary>Runs that branch off this one, by their first step, then oldest first.</summary>
    public IReadOnlyList<RunRow> Branches { get; init; } = [];

    /// <summary>What may be done to the run now.</summary>
    public required IReadOnlyList<RunAction> Actions { get; init; }
}
