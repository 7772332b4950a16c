namespace Ntl.Web.Schedules;

/// <summary>A version in a schedule's list of versions.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Hash">The schedule's identity: 64 lower-case hexadecimal digits.</param>
/// <param name="Description">The schedule in words.</param>
/// <param name="TotalSteps">Length in steps.</param>
/// <param name="Peak">The highest rate.</param>
/// <param name="Minimum">η_min, the lowest rate.</param>
/// <param name="IntrinsicTime">D = Σ η.</param>
/// <param name="Note">What the author says has changed.</param>
/// <param name="Author">A name as typed.</param>
/// <param name="CreatedAt">When it was saved.</param>
public sealed record ScheduleVersionRow(
    int Number, string Hash, string Description, long TotalSteps, double Peak, double Minimum, double IntrinsicTime, string Note, string Author, DateTimeOffset CreatedAt);
