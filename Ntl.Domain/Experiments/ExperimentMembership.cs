using System.Text.Json.Serialization;

namespace Ntl.Domain.Experiments;

/// <summary>What a run is in an experiment. An experiment is all runs with its id; nothing else of it is stored.</summary>
public sealed record ExperimentMembership
{
    /// <summary>The experiment's identity: ten characters, formed like a run's.</summary>
    public required string Id { get; init; }

    /// <summary>Which experiment.</summary>
    public required ExperimentKind Kind { get; init; }

    /// <summary>The run's part in it, such as <c>trunk</c>, <c>hold</c>, <c>anneal</c>; 1 to 40 characters.</summary>
    public required string Role { get; init; }

    /// <summary>Where on the experiment's axis the run stands, in that axis' unit: a rate, a batch size; null where it stands nowhere.</summary>
    public double? Value { get; init; }

    /// <summary>What a law said of the run before it was queued; null where none was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunForecast? Forecast { get; init; }

    /// <summary>Where on a sweep's grid the run stands; null outside a sweep.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SweepPlace? Sweep { get; init; }
}
