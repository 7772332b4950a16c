using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Web.Api;
using Ntl.Web.Live;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Leaderboard;

/// <summary>Everything that an entry stands on in one zip: what was fixed, the schedule, every run's spec, losses and history, what the rules made of it, and a script that trains it all again.</summary>
public sealed class EvidenceBundle(DatabaseReader reader, ITrackBoards boards, ISeriesQueries series)
{
    private static readonly JsonSerializerOptions s_json = CreateJson();

    /// <summary>Writes the zip to a temporary file, which is gone when the stream is closed.</summary>
    /// <param name="detail">The entry.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>At its start.</returns>
    public async Task<Stream> WriteAsync(EntryDetail detail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            List<(string Name, string Hash)> manifest = [];
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                await foreach (var (name, content) in FilesAsync(detail, cancellationToken))
                {
                    await AddAsync(zip, name, content, cancellationToken);
                    manifest.Add((name, Convert.ToHexStringLower(SHA256.HashData(content))));
                }

                await AddAsync(zip, "SHA256SUMS", Utf8(string.Concat(manifest.Select(entry => $"{entry.Hash}  {entry.Name}\n"))), cancellationToken);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async IAsyncEnumerable<(string Name, byte[] Content)> FilesAsync(EntryDetail detail, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var board = await boards.ReadAsync(detail.Track.Id, null, cancellationToken) ?? throw new InvalidOperationException("An entry's track is always there.");
        var standing = board.Find(detail.Entry.Id)!;
        var isShown = standing.Row.HeldOut is not null;
        yield return ("README.md", Utf8(Readme(detail, board)));
        yield return ("rerun.sh", Utf8(Script(detail)));
        yield return ("track.json", Utf8(TrackSpecJson.Write(detail.Track.Spec, indented: true)));
        yield return ("rules.md", Utf8(string.Concat(board.Rules.Sentences.Select(sentence => $"- {sentence}\n"))));
        yield return ("schedule.json", Utf8(detail.Entry.Schedule.CanonicalJson));
        yield return ("standing.json", JsonSerializer.SerializeToUtf8Bytes(BoardAnswer.Of(detail, board), s_json));

        await using var context = reader.Open();
        var ids = detail.Runs.Select(run => run.Id.Value).ToList();
        var specs = await context.Runs.Where(run => ids.Contains(run.Id)).ToDictionaryAsync(run => run.Id, run => run.SpecJson, StringComparer.Ordinal, cancellationToken);
        var evaluations = (await context.Evaluations.Where(evaluation => ids.Contains(evaluation.RunId)).ToListAsync(cancellationToken)).ToLookup(evaluation => evaluation.RunId, StringComparer.Ordinal);
        var attempts = (await context.Attempts.Where(attempt => ids.Contains(attempt.RunId)).OrderBy(attempt => attempt.Number).ToListAsync(cancellationToken)).ToLookup(attempt => attempt.RunId, StringComparer.Ordinal);
        var changes = (await context.StatusChanges.Where(change => ids.Contains(change.RunId)).OrderBy(change => change.Sequence).ToListAsync(cancellationToken)).ToLookup(change => change.RunId, StringComparer.Ordinal);
        foreach (var run in detail.Runs)
        {
            var folder = $"runs/{run.Id.Value}";
            yield return ($"{folder}/spec.json", Utf8(specs[run.Id.Value]));
            yield return ($"{folder}/history.json", JsonSerializer.SerializeToUtf8Bytes(History(run, standing.FinalOf(run), attempts[run.Id.Value], changes[run.Id.Value], evaluations[run.Id.Value].Where(evaluation => isShown || evaluation.Slice == EvaluationSlice.Public)), s_json));
            yield return ($"{folder}/metrics.csv", await MetricsAsync(run.Id, cancellationToken));
        }
    }

    private static object History(SeedRun run, FinalLoss final, IEnumerable<AttemptEntity> attempts, IEnumerable<StatusChangeEntity> changes, IEnumerable<EvaluationEntity> evaluations) => new
    {
        Run = run.Id,
        run.Seed,
        run.Batch,
        run.Status,
        FinalLoss = final.Value,
        Diverged = final.HasDiverged,
        FinalLossReason = final.Reason.Length > 0 ? final.Reason : null,
        Attempts = attempts.Select(attempt => new
        {
            attempt.Number,
            attempt.StartStep,
            attempt.EndReason,
            StartedAt = RunRows.Instant(attempt.StartedTicks),
            EndedAt = RunRows.Instant(attempt.EndedTicks),
            Environment = attempt.EnvironmentJson is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json) : null,
        }),
        Statuses = changes.Select(change => new { change.From, change.To, change.Reason, At = RunRows.Instant(change.AtTicks) }),
        Evaluations = evaluations.Select(evaluation => new { evaluation.Slice, evaluation.Step, evaluation.Loss, BatchLosses = EvaluationStore.Losses(evaluation) }),
    };

    private async Task<byte[]> MetricsAsync(RunId run, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await PointsCsv.WriteAsync(content, series.ReadAllAsync(run, [], cancellationToken), cancellationToken);
        return content.ToArray();
    }

    private static string Readme(EntryDetail detail, TrackBoard board) => string.Create(CultureInfo.InvariantCulture, $"""
        # {detail.Entry.Name}

        An entry of the track "{detail.Track.Spec.Name}", submitted by {detail.Entry.By} on {detail.Entry.CreatedAt:yyyy-MM-dd HH:mm} UTC; read under rules {board.Rules.Version} on {board.ReadAt:yyyy-MM-dd HH:mm} UTC.

        - `track.json`: what every run of the track has in common. `rules.md`: the rules. `schedule.json`: the schedule in its canonical form; its SHA-256 is {detail.Entry.Schedule.Hash.Value}.
        - `standing.json`: every seed, every loss, and the entry's comparison with each other one.
        - `runs/*/spec.json`: each run, whole; `history.json`: its attempts with what they ran on, its states, its losses batch by batch; `metrics.csv`: every stored point.
        - `rerun.sh`: trains every run again with `ntl-train` (its path in NTL_TRAIN, or on PATH) into the folder `again`. On the same processor and libraries the losses come out equal to the last digit; elsewhere to rounding.
        - `SHA256SUMS`: check with `sha256sum -c SHA256SUMS`.

        Data sets are named by hash, not copied: the file of hash {detail.Track.Spec.Dataset.Hash} must be where `spec.json` says, or be the built-in one.
        """) + "\n";

    private static string Script(EntryDetail detail) => $$"""
        #!/usr/bin/env bash
        # Trains the {{detail.Runs.Count.ToString(CultureInfo.InvariantCulture)}} runs of entry {{detail.Entry.Id}} again, one after the other.
        set -euo pipefail
        cd "$(dirname "${BASH_SOURCE[0]}")"
        for spec in runs/*/spec.json; do
            "${NTL_TRAIN:-ntl-train}" train --spec "$spec" --dir "again/$(basename "$(dirname "$spec")")"
        done
        """ + "\n";

    private static async Task AddAsync(ZipArchive zip, string name, byte[] content, CancellationToken cancellationToken)
    {
        await using var stream = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        ApiJson.Configure(options);
        return options;
    }
}
