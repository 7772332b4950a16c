using Ntl.Domain.Laws.Curves;

namespace Ntl.Web.Laws;

/// <summary>A curve that was asked for, or why there is none.</summary>
/// <param name="Curve">Null when there is a problem.</param>
/// <param name="Problem">One sentence; null when there is a curve.</param>
public sealed record CurveReading(SourceCurve? Curve, string? Problem)
{
    /// <summary>The curve of a run that diverged or exploded, which no law describes: a fit leaves it out and says so. Null else.</summary>
    public LeftOutCurve? Diverged { get; init; }
}
