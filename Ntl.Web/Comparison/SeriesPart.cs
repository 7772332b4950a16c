namespace Ntl.Web.Comparison;

/// <summary>What counts of one stored series. Series only grow, so two equal parts hold the same points.</summary>
/// <param name="Id">The series.</param>
/// <param name="Attempt">Who measured.</param>
/// <param name="EndStep">The step from which a later attempt counts.</param>
/// <param name="Count">Points stored, those that do not count among them.</param>
/// <param name="LastStep">The last of them.</param>
internal sealed record SeriesPart(long Id, int Attempt, long EndStep, int Count, long LastStep);
