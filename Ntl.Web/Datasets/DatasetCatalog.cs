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
    private const int ByteVocabulary = 256;

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

    public async Task<DatasetOutcome> UploadAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        if (await NameProblemAsync(name, cancellationToken) is { } problem)
        {
            return new DatasetOutcome(null, [problem]);
        }

        Directory.CreateDirectory(directory.Datasets);
        var temporary = Path.Combine(directory.Datasets, Path.GetRandomFileName() + ".uploading");
        try
        {
            if (!await CopyAsync(content, temporary, cancellationToken))
            {
                return Wrong("file", FormattableString.Invariant($"The upload is larger than {options.MaxUploadBytes:N0} bytes, the limit of this server."));
            }

            var inspection = await Task.Run(() => DatasetInspector.Inspect(temporary, DatasetFormat.Text, cancellationToken), cancellationToken);
            // Named by its content: the same text twice is one file, and a listed name always points to the bytes of its hash.
            var path = Path.Combine(directory.Datasets, inspection.Hash + ".txt");
            File.Move(temporary, path, overwrite: true);
            DurableFile.FlushDirectory(directory.Datasets);
            return await AddAsync(name, path, inspection, cancellationToken);
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

    public async Task<DatasetOutcome> AddPathAsync(string name, string path, DatasetFormat format, CancellationToken cancellationToken)
    {
        if (await NameProblemAsync(name, cancellationToken) is { } problem)
        {
            return new DatasetOutcome(null, [problem]);
        }

        if (!Enum.IsDefined(format))
        {
            return Wrong("format", "The format is text, uint16 or llmC.");
        }

        var resolved = roots.Resolve(path);
        if (resolved is null)
        {
            return Wrong("path", $"'{path}' does not lie in a folder from which data may be added: {string.Join(", ", roots.Folders)}. The server's setting Ntl__DatasetRoots names more.");
        }

        try
        {
            var inspection = await Task.Run(() => DatasetInspector.Inspect(resolved, format, cancellationToken), cancellationToken);
            return await AddAsync(name, resolved, inspection, cancellationToken);
        }
        catch (DatasetException exception)
        {
            return Wrong("path", exception.Message);
        }
    }

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

    private async Task<SpecProblem?> NameProblemAsync(string name, CancellationToken cancellationToken)
    {
        if (!NameRule().IsMatch(name))
        {
            return new SpecProblem("name", "A data set's name has 1 to 64 characters: letters, digits, space, '-', '_' and '.', the first a letter or digit.");
        }

        return await FindAsync(name, cancellationToken) is null ? null : new SpecProblem("name", $"There is already a data set '{name}'.");
    }

    private DatasetEntity ToEntity(string name, string path, DatasetInspection inspection) => new()
    {
        Name = name,
        Path = path,
        Format = inspection.Format,
        Hash = inspection.Hash,
        TokenCount = inspection.TokenCount,
        VocabularySize = inspection.Format == DatasetFormat.Text ? ByteVocabulary : inspection.LargestToken + 1,
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
        AddedAt = RunRows.Instant(dataset.AddedTicks),
    };

    private static DatasetOutcome Wrong(string path, string message) => new(null, [new SpecProblem(path, message)]);

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd} _.\-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex NameRule();
}
