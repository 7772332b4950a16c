namespace Ntl.Domain.Schedules.Interchange;

/// <summary>An exported schedule.</summary>
/// <param name="Name">A file name, from the schedule's hash.</param>
/// <param name="MediaType">Without a charset; the text is UTF-8.</param>
/// <param name="Text">The whole file.</param>
public sealed record ExportFile(string Name, string MediaType, string Text);
