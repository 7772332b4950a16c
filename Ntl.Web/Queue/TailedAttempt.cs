using System.Collections.Immutable;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Queue;

/// <summary>An open attempt as it is stored: what the ingest needs to go on from there. Immutable, so that a failed transaction changes nothing.</summary>
public sealed record TailedAttempt
{
    public required RunId Run { get; init; }

    public required int Number { get; init; }

    public required string Token { get; init; }

    public required string Device { get; init; }

    public required ScheduleSpec Schedule { get; init; }

    /// <summary>The validation loss whose first crossing is kept, nats per token; null for a run without a target.</summary>
    public double? TargetLoss { get; init; }

    public required long JournalOffset { get; init; }

    /// <summary>First step of the attempt; null until its trainer said so.</summary>
    public long? StartStep { get; init; }

    /// <summary>Last chunk of each of its series.</summary>
    public ImmutableDictionary<MetricKey, SeriesTail> Tails { get; init; } = ImmutableDictionary<MetricKey, SeriesTail>.Empty;
}
