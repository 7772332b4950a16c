using System.Collections.Immutable;
using Ntl.Domain.Laws;

namespace Ntl.Web.Laws;

/// <summary>One law in a bake-off.</summary>
/// <param name="Kind">The law.</param>
/// <param name="Fit">Null where it could not be fitted.</param>
/// <param name="Problem">Why not; null where it could.</param>
/// <param name="Test">How it meets each test curve.</param>
public sealed record BakeOffRow(LawKind Kind, LawFit? Fit, string? Problem, ImmutableArray<CurveScore> Test)
{
    /// <summary>Mean over the training curves of the error of a fit to the others; nats/token; null where there are none.</summary>
    public double? LeaveOneOutError => Fit is { LeaveOneOut: { IsEmpty: false } scores } ? scores.Average(score => score.MeanError) : null;

    /// <summary>Mean over the test curves of the mean error; nats/token; null without any.</summary>
    public double? TestError => Test.IsEmpty ? null : Test.Average(score => score.MeanError);

    /// <summary>What laws are ranked by: test curves where there are some, else schedules left out, else the fit itself; +∞ without a fit.</summary>
    public double RankingError => TestError ?? LeaveOneOutError ?? Fit?.TrainError ?? double.PositiveInfinity;
}
