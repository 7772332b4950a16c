using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

namespace Ntl.Web.Datasets;

/// <inheritdoc cref="IDatasetCatalog"/>
public sealed partial class DatasetCatalog(
    DatabaseReader reader, DatabaseWriter writer, DataDirectory directory, DatasetRoots roots, NtlOptions options, TimeProvider time) : IDatasetCatalog
{
    private const int CopyBytes = 1 << 20;
    private const string UploadSuffix = ".uploading";
    private const string NameRuleText =
        "A data set's name has 1 to 64 characters: letters, digits, space, '-', '_' and '.', the first a letter or digit.";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task<IReadOnlyList<DatasetRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        var rows = await context.Datasets.ToListAsync(cancellationToken);
        return [.. rows.Select(ToRow)
            .OrderByDescending(row => row.Path.StartsWith(BuiltInCorpus.Scheme, StringComparison.Ordinal))
            .ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<DatasetRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = reader.Open();
        return await context.Datasets.SingleOrDefaultAsync(dataset => dataset.Name == name, cancellationToken) is { } found ? ToRow(found) : null;
    }

    /// <summary>Lists the corpora that Ntl brings along. Called at every start.</summary>
    public async Task AddBuiltInAsync(CancellationToken cancellationToken)
    {
        var corpus = BuiltInCorpus.StateOfTheUnion;
        if (await FindAsync(corpus.Name, cancellationToken) is { } known && string.Equals(known.Hash, corpus.Hash, StringComparison.Ordinal))
        {
            return;
        }

        var inspection = DatasetInspector.Inspect(BuiltInCorpus.Resolve(corpus.Path), corpus.Format, cancellationToken);
        await writer.WriteAsync(
            Durability.PowerCut,
            async context =>
            {
                await context.Datasets.Where(dataset => dataset.Name == corpus.Name).ExecuteDeleteAsync();
                context.Datasets.Add(ToEntity(corpus.Name, corpus.Path, inspection));
                return true;
            },
            cancellationToken);
    }

    public async Task<DatasetOutcome> UploadAsync(DatasetOffer offer, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (await ProblemsOfAsync(offer, cancellationToken) is { Count: > 0 } problems)
        {
            return new DatasetOutcome(null, problems);
        }

        Directory.CreateDirectory(directory.Datasets);
        var temporary = Path.Combine(directory.Datasets, Path.GetRandomFileName() + UploadSuffix);
        try
        {
            if (!await CopyAsync(content, temporary, cancellationToken))
            {
                return Wrong("file", FormattableString.Invariant($"The upload is larger than {options.MaxUploadBytes:N0} bytes, the limit of this server."));
            }

            var inspection = await InspectAsync(temporary, offer, cancellationToken);
            if (Doubts(offer, inspection) is { Count: > 0 } doubts)
            {
                return Doubtful("file", doubts);
            }

            // Named by its content: the same text twice is one file, and a listed name always points to the bytes of its hash.
            var path = Path.Combine(directory.Datasets, inspection.Hash + (offer.Format == DatasetFormat.Text ? ".txt" : ".bin"));
            File.Move(temporary, path, overwrite: true);
            DurableFile.FlushDirectory(directory.Datasets);
            return await AddAsync(offer.Name!, path, inspection, cancellationToken);
        }
        catch (DatasetException exception)
        {
            return Wrong("file", exception.Message);
        }
        catch (IOException exception) when (DurableFile.IsOutOfSpace(exception))
        {
            return Wrong("file", "The server's disk is full.");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<DatasetOutcome> AddPathAsync(DatasetOffer offer, string? path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        List<SpecProblem> problems = [.. await ProblemsOfAsync(offer, cancellationToken)];
        var resolved = string.IsNullOrEmpty(path) ? null : roots.Resolve(path);
        if (string.IsNullOrEmpty(path))
        {
            problems.Add(new("path", "The path of the file is missing."));
        }
        else if (resolved is null)
        {
            // The same answer whether or not such a file exists: what lies elsewhere on the server is nobody's business.
            problems.Add(new(
                "path",
                $"'{path}' does not lie in a folder from which files may be added: the folder 'datasets' of the server's data directory, "
                + "or what the administrator names in the setting Ntl__DatasetRoots__0."));
        }

        if (problems.Count > 0)
        {
            return new DatasetOutcome(null, problems);
        }

        try
        {
            var inspection = await InspectAsync(resolved!, offer, cancellationToken);
            return Doubts(offer, inspection) is { Count: > 0 } doubts
                ? Doubtful("path", doubts)
                : await AddAsync(offer.Name!, resolved!, inspection, cancellationToken);
        }
        catch (DatasetException exception)
        {
            return Wrong("path", exception.Message);
        }
    }

    /// <summary>Removes what uploads that the server did not survive have left. Called at every start, when nobody uploads.</summary>
    /// <returns>The bytes that were freed.</returns>
    public long RemoveBrokenUploads()
    {
        long freed = 0;
        foreach (var file in new DirectoryInfo(directory.Datasets) is { Exists: true } folder ? folder.GetFiles("*" + UploadSuffix) : [])
        {
            freed += file.Length;
            file.Delete();
        }

        return freed;
    }

    private static Task<DatasetInspection> InspectAsync(string path, DatasetOffer offer, CancellationToken cancellationToken) =>
        Task.Run(() => DatasetInspector.Inspect(path, offer.Format, offer.VocabularySize, cancellationToken), cancellationToken);

    private static IReadOnlyList<DatasetWarning> Doubts(DatasetOffer offer, DatasetInspection inspection) =>
        offer.AcceptsWarnings ? [] : [.. inspection.Warnings.Where(warning => warning.NeedsConsent)];

    private static DatasetOutcome Doubtful(string field, IReadOnlyList<DatasetWarning> doubts) =>
        new(null, [.. doubts.Select(doubt => new SpecProblem(field, doubt.Message))]) { Warnings = doubts };

    private async Task<bool> CopyAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[CopyBytes];
        for (long length = 0; ;)
        {
            var read = await content.ReadAsync(piece, cancellationToken);
            if (read == 0)
            {
                file.Flush(flushToDisk: true);
                return true;
            }

            length += read;
            if (length > options.MaxUploadBytes)
            {
                return false;
            }

            await file.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }
    }

    private async Task<DatasetOutcome> AddAsync(string name, string path, DatasetInspection inspection, CancellationToken cancellationToken)
    {
        var entity = ToEntity(name, path, inspection);
        var added = await writer.WriteAsync(
            Durability.PowerCut,
            async context =>
            {
                if (await context.Datasets.AnyAsync(dataset => dataset.Name == name))
                {
                    return false;
                }

                context.Datasets.Add(entity);
                return true;
            },
            cancellationToken);
        return added ? new DatasetOutcome(ToRow(entity), []) : Wrong("name", $"There is already a data set '{name}'.");
    }

    private async Task<IReadOnlyList<SpecProblem>> ProblemsOfAsync(DatasetOffer offer, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        if (string.IsNullOrEmpty(offer.Name))
        {
            problems.Add(new("name", $"The data set needs a name. {NameRuleText}"));
        }
        else if (!NameRule().IsMatch(offer.Name))
        {
            problems.Add(new("name", NameRuleText));
        }
        else if (await FindAsync(offer.Name, cancellationToken) is not null)
        {
            problems.Add(new("name", $"There is already a data set '{offer.Name}'."));
        }

        if (!Enum.IsDefined(offer.Format))
        {
            problems.Add(new("format", "The format is text, uint16, uint32 or llmc."));
        }

        if (offer.VocabularySize is < 2 or > ModelSpec.LargestVocabularySize)
        {
            problems.Add(new(
                "vocabularySize",
                FormattableString.Invariant($"A vocabulary has 2 to {ModelSpec.LargestVocabularySize:N0} tokens; this says {offer.VocabularySize}.")));
        }

        return problems;
    }

    private DatasetEntity ToEntity(string name, string path, DatasetInspection inspection) => new()
    {
        Name = name,
        Path = path,
        Format = inspection.Format,
        Hash = inspection.Hash,
        TokenCount = inspection.TokenCount,
        VocabularySize = inspection.VocabularySize,
        WarningsJson = JsonSerializer.Serialize(inspection.Warnings, s_json),
        SizeBytes = inspection.ByteCount,
        AddedTicks = time.GetUtcNow().UtcTicks,
    };

    private static DatasetRow ToRow(DatasetEntity dataset) => new()
    {
        Name = dataset.Name,
        Path = dataset.Path,
        Format = dataset.Format,
        Hash = dataset.Hash,
        TokenCount = dataset.TokenCount,
        VocabularySize = dataset.VocabularySize,
        SizeBytes = dataset.SizeBytes,
        Warnings = JsonSerializer.Deserialize<DatasetWarning[]>(dataset.WarningsJson, s_json)!,
        AddedAt = RunRows.Instant(dataset.AddedTicks),
    };

    private static DatasetOutcome Wrong(string path, string message) => new(null, [new SpecProblem(path, message)]);

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd} _.\-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex NameRule();
}
