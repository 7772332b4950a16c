using Ntl.Domain.Schedules;

namespace Ntl.Web.Schedules;

/// <summary>A schedule as a list shows it.</summary>
/// <param name="Id">Ten characters, formed like a run's.</param>
/// <param name="Label">Name, owner, tags and notes.</param>
/// <param name="Version">The current version.</param>
/// <param name="Curve">A few points that draw it.</param>
/// <param name="ForkOf">The version that it was forked from; null for a schedule of its own.</param>
/// <param name="RunCount">Runs of any of its versions, found by hash, whoever queued them.</param>
/// <param name="BestValidationLoss">The lowest among those runs that neither diverged nor exploded; nats per token; null when none has validated.</param>
/// <param name="CreatedAt">When it was first saved.</param>
/// <param name="UpdatedAt">Last new version, description or archiving.</param>
/// <param name="ArchivedAt">Null unless it is archived.</param>
public sealed record ScheduleRow(
    string Id,
    ScheduleLabel Label,
    ScheduleVersionRow Version,
    IReadOnlyList<RatePoint> Curve,
    ScheduleReference? ForkOf,
    int RunCount,
    double? BestValidationLoss,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ArchivedAt);
