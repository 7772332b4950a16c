using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>One update of a run as the hub sends it.</summary>
/// <param name="Run">Status and summary.</param>
/// <param name="Points">New points, packed; see <see cref="SeriesDeltaCodec"/>.</param>
/// <param name="Events">New events.</param>
/// <param name="NewKeys">Keys that have points and were not named on this stream before.</param>
/// <param name="Cursor">To be handed back after a lost connection.</param>
/// <param name="MustReload">The points left out are too many for a stream: get <c>/api/v1/runs/{id}/series</c> and go on from its cursor.</param>
public sealed record RunFrame(
    RunRow Run, byte[] Points, IReadOnlyList<RunEventRow> Events, IReadOnlyList<string> NewKeys, string Cursor, bool MustReload);
