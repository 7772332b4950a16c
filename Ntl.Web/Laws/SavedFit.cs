using Ntl.Domain.Laws;
using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>A fit that was saved.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">For people; need not be unique.</param>
/// <param name="Kind">The law.</param>
/// <param name="TrainError">Mean error on its curves; nats/token.</param>
/// <param name="Sources">The curves.</param>
/// <param name="FamilyKey">The family of the runs among them; null where all were files, or the runs differ.</param>
/// <param name="ModelName">Of that family.</param>
/// <param name="DatasetName">Of that family.</param>
/// <param name="DatasetHash">Of that family.</param>
/// <param name="CreatedAt">When it was saved.</param>
public sealed record SavedFit(
    RunId Id,
    string Name,
    LawKind Kind,
    double TrainError,
    IReadOnlyList<FitSource> Sources,
    string? FamilyKey,
    string? ModelName,
    string? DatasetName,
    string? DatasetHash,
    DateTimeOffset CreatedAt)
{
    /// <summary>The law's name for people.</summary>
    public string LawTitle => LawNames.TitleOf(Kind);
}
