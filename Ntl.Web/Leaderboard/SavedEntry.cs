using Ntl.Domain.Experiments;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Leaderboard;

/// <summary>An entry as it is stored: a schedule on a track.</summary>
public sealed record SavedEntry
{
    public required string Id { get; init; }

    public required string TrackId { get; init; }

    public required ScheduleSpec Schedule { get; init; }

    public required string Name { get; init; }

    /// <summary>Who submitted it, as typed.</summary>
    public required string By { get; init; }

    public required string Note { get; init; }

    /// <summary>What a fitted law said before the first run; null where none was asked.</summary>
    public RunForecast? Forecast { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
