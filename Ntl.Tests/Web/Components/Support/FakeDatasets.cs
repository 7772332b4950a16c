using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Web.Datasets;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>A catalog in memory.</summary>
internal sealed class FakeDatasets : IDatasetCatalog
{
    public List<DatasetRow> Rows { get; } =
    [
        new()
        {
            Name = "sotu",
            Path = "builtin:sotu",
            Format = DatasetFormat.Text,
            Hash = new('a', 64),
            TokenCount = 10_800_000,
            VocabularySize = 256,
            SizeBytes = 10_800_000,
            AddedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        },
    ];

    public IReadOnlyList<SpecProblem> NextProblems { get; set; } = [];

    public Task<IReadOnlyList<DatasetRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DatasetRow>>(Rows);

    public Task<DatasetRow?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Rows.Find(row => row.Name == name));

    /// <summary>What the next file makes doubtful; it is added only with consent.</summary>
    public IReadOnlyList<DatasetWarning> NextWarnings { get; set; } = [];

    public async Task<DatasetOutcome> UploadAsync(DatasetOffer offer, Stream content, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return Add(offer, Rows[0] with { Name = offer.Name!, Path = "/uploads/" + offer.Name, TokenCount = copy.Length, SizeBytes = copy.Length });
    }

    public Task<DatasetOutcome> AddPathAsync(DatasetOffer offer, string? path, CancellationToken cancellationToken) =>
        Task.FromResult(Add(offer, Rows[0] with { Name = offer.Name!, Path = path!, Format = offer.Format }));

    private DatasetOutcome Add(DatasetOffer offer, DatasetRow row)
    {
        if (NextProblems.Count > 0)
        {
            return new(null, NextProblems);
        }

        if (NextWarnings.Count > 0 && !offer.AcceptsWarnings)
        {
            return new(null, [.. NextWarnings.Select(warning => new SpecProblem("path", warning.Message))]) { Warnings = NextWarnings };
        }

        row = row with { Warnings = NextWarnings };
        Rows.Add(row);
        return new(row, []);
    }
}
