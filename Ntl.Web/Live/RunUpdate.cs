using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>What changed on a run since the subscriber's last update. Everything in it is already stored.</summary>
/// <param name="Run">The run's row: status and summary.</param>
/// <param name="Deltas">New points of the subscribed keys.</param>
/// <param name="Events">New events.</param>
/// <param name="NewKeys">Metric keys that the run gained since the subscription began and the subscriber was not told of yet.</param>
/// <param name="Cursor">Where to go on after a lost connection.</param>
/// <param name="MustReload">The subscriber fell so far behind that the deltas leave a gap: query the window again, then go on from that cursor.</param>
public sealed record RunUpdate(
    RunRow Run,
    IReadOnlyList<SeriesDelta> Deltas,
    IReadOnlyList<RunEventRow> Events,
    IReadOnlyList<string> NewKeys,
    SeriesCursor Cursor,
    bool MustReload);
