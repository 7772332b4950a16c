namespace Ntl.Web.Queue;

/// <summary>The home page's three lists.</summary>
/// <param name="Active">Runs that hold a device.</param>
/// <param name="Waiting">Runs that wait, in the order they will start.</param>
/// <param name="LastResults">Runs that ended last, newest first.</param>
public sealed record QueueView(IReadOnlyList<RunRow> Active, IReadOnlyList<RunRow> Waiting, IReadOnlyList<RunRow> LastResults);
