using Ntl.Domain.Laws;
using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>A loss curve of this server, read.</summary>
/// <param name="Ref">Its name in URLs.</param>
/// <param name="Curve">What a law is fitted to.</param>
/// <param name="Measure">What its losses are, such as "validation loss".</param>
/// <param name="Spec">The run's; null for an imported curve.</param>
public sealed record SourceCurve(CurveRef Ref, LossCurve Curve, string Measure, RunSpec? Spec)
{
    /// <summary>The run's family; null for an imported curve.</summary>
    public CurveFamily? Family { get; } = Spec is null ? null : CurveFamily.Of(Spec);
}
