using Ntl.Domain.Runs;

namespace Ntl.Web.Datasets;

/// <summary>A listed data set, or what is wrong with the file.</summary>
public sealed record DatasetOutcome(DatasetRow? Dataset, IReadOnlyList<SpecProblem> Problems);
