using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>A loss curve of this server, read.</summary>
/// <param name="Ref">Its name in URLs.</param>
/// <param name="Curve">What a law is fitted to.</param>
/// <param name="Measure">What its losses are, such as "validation loss".</param>
/// <param name="Spec">The run's; null for an imported curve.</param>
public sealed record SourceCurve(CurveRef Ref, LossCurve Curve, string Measure, RunSpec? Spec)
{
    /// <summary>What its losses were measured on.</summary>
    public LossKind Kind { get; init; }

    /// <summary>The same training by its losses of other kinds, for fits whose other curves have those.</summary>
    public IReadOnlyList<SourceCurve> Others { get; init; } = [];

    /// <summary>The kinds of loss that it has.</summary>
    public IReadOnlyCollection<LossKind> Kinds => [Kind, .. Others.Select(other => other.Kind)];

    /// <summary>The same training by its losses of a kind, or by losses that do not say theirs; null where it has neither.</summary>
    public SourceCurve? OfKind(LossKind kind) =>
        kind == Kind || Kind == LossKind.Unstated ? this : Others.FirstOrDefault(other => other.Kind == kind);

    /// <summary>The run's family; null for an imported curve.</summary>
    public CurveFamily? Family { get; } = Spec is null ? null : CurveFamily.Of(Spec);
}
