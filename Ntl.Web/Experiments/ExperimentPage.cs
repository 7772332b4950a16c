namespace Ntl.Web.Experiments;

/// <summary>A page of experiments, newest first.</summary>
/// <param name="Rows">The experiments on the page.</param>
/// <param name="Total">How many there are.</param>
public sealed record ExperimentPage(IReadOnlyList<ExperimentRow> Rows, int Total);
