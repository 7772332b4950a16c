using Ntl.Domain.Runs;
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

    public async Task<DatasetOutcome> UploadAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return Add(Rows[0] with { Name = name, Path = "/uploads/" + name, TokenCount = copy.Length, SizeBytes = copy.Length });
    }

    public Task<DatasetOutcome> AddPathAsync(string name, string path, DatasetFormat format, CancellationToken cancellationToken) =>
        Task.FromResult(Add(Rows[0] with { Name = name, Path = path, Format = format }));

    private DatasetOutcome Add(DatasetRow row)
    {
        if (NextProblems.Count > 0)
        {
            return new(null, NextProblems);
        }

        Rows.Add(row);
        return new(row, []);
    }
}
