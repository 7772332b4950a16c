namespace Ntl.Web.Schedules;

/// <summary>What people say about a schedule; it may change, the versions do not.</summary>
/// <param name="Name">1 to 120 characters.</param>
/// <param name="Owner">Whose it is: a name as typed, 1 to 80 characters.</param>
/// <param name="Tags">At most 20, each up to 40 lower-case letters, digits, dots, dashes, underscores and slashes.</param>
/// <param name="Notes">At most 20,000 characters.</param>
public sealed record ScheduleLabel(string Name, string Owner, IReadOnlyList<string> Tags, string Notes);
