using Ntl.Web.Queue;

namespace Ntl.Web.Live;

/// <summary>What the hub calls on its clients (docs/api.md).</summary>
public interface IRunClient
{
    /// <summary>Rows of runs that changed since the last call; sent to those who called <c>FollowRuns</c>.</summary>
    Task RunsChanged(IReadOnlyList<RunRow> rows);
}
