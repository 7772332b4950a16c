using System.Text.Json.Serialization;

namespace Ntl.Domain.Leaderboard.Tracks;

/// <summary>What a run is on a track's board. Written by the server when it draws the seed; changes nothing of what is computed.</summary>
public sealed record EntryMembership
{
    /// <summary>The track: ten characters, formed like a run's identity.</summary>
    public required string Track { get; init; }

    /// <summary>The entry: ten characters, formed like a run's identity.</summary>
    public required string Entry { get; init; }

    /// <summary>The batch of seeds, counted from 1.</summary>
    public required int Batch { get; init; }

    /// <summary>What the schedule's rates were multiplied by, in a batch that asks for robustness; null for the schedule as submitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RateFactor { get; init; }

    /// <summary>The validation loss whose first crossing is timed, nats per token; null where the track has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TargetLoss { get; init; }
}
