using Ntl.Domain.Runs;
using Ntl.Training.Data;

namespace Ntl.Web.Datasets;

/// <summary>A listed data set, or what is wrong with the file.</summary>
/// <param name="Dataset">The data set; null when it was not added.</param>
/// <param name="Problems">What is wrong, by field.</param>
public sealed record DatasetOutcome(DatasetRow? Dataset, IReadOnlyList<SpecProblem> Problems)
{
    /// <summary>Why the file was not added without consent; empty where that was not the reason.</summary>
    public IReadOnlyList<DatasetWarning> Warnings { get; init; } = [];
}
