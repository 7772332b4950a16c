using Ntl.Domain.Laws;

namespace Ntl.Web.Laws;

/// <summary>Curves to fit laws to, and curves to judge them on.</summary>
/// <param name="Train">At least one; those of one model and data, under schedules that differ.</param>
/// <param name="Test">Not fitted to; may be empty.</param>
public sealed record BakeOffRequest(IReadOnlyList<CurveRef> Train, IReadOnlyList<CurveRef> Test)
{
    /// <summary>The most curves of both together.</summary>
    public const int MostCurves = 60;

    /// <summary>The laws.</summary>
    public IReadOnlyList<LawKind> Laws { get; init; } = LawNames.All;

    /// <summary>Share of the greatest D at whose start no loss counts, beside the warm-up: no law describes how a training begins. In [0, 0.9].</summary>
    public double SkippedShare { get; init; } = new LawFitOptions().SkippedShare;

    /// <summary>Weight decay of curves that do not state theirs, which imported ones never do; null to assume the usual one, with
    /// a caution. Finite, 0 to <see cref="MostWeightDecay"/>.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The largest weight decay that is taken.</summary>
    public const double MostWeightDecay = 100;

    /// <summary>Bootstrap replicates for each law's intervals.</summary>
    public int Replicates { get; init; } = new LawFitOptions().Replicates;
}
