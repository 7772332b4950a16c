namespace Ntl.Web.Schedules;

/// <summary>A column that schedules are sorted by.</summary>
public enum ScheduleSort
{
    UpdatedAt,
    CreatedAt,
    Name,
    Owner,
    Version,
    TotalSteps,
    Peak,
    IntrinsicTime,
    RunCount,
    BestValidationLoss,
}
