namespace Ntl.Web.Load;

/// <summary>
/// What an expensive request does. Each kind has its own few places and its own queue, so that a long fit does not hold up a chart.
/// </summary>
public enum HeavyWork
{
    /// <summary>Reads many points or runs and writes them out: charts, exports, boards, evidence.</summary>
    Reading,

    /// <summary>Computes for seconds: fits, bake-offs, suggestions, reports, checks of schedules.</summary>
    Computing,
}
