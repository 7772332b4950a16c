using System.Security.Cryptography;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Training.Checkpoints;

/// <summary>
/// A run's checkpoints on disk. One is written under a temporary name, synchronized, and published by renaming: it is there whole
/// or not at all. The newest two are kept, those at steps that the spec keeps, and any that holds a file named <c>pin</c>.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="specHash">Identity of what is computed; see <see cref="RunSpecJson.Hash"/>.</param>
/// <param name="keptIntervalSteps">Checkpoints whose step is a multiple are never removed; null for none.</param>
public sealed class CheckpointStore(RunDirectory run, string specHash, long? keptIntervalSteps = null)
{
    private const int KeptCount = 2;
    private const string PinName = "pin";
    private const string TemporaryPrefix = ".tmp-";
    private const string DoomedPrefix = $"{TemporaryPrefix}old-";

    /// <summary>The published checkpoints, newest first.</summary>
    public IReadOnlyList<CheckpointName> List() => !Directory.Exists(run.CheckpointsPath)
        ? []
        : [.. Directory.EnumerateDirectories(run.CheckpointsPath)
            .Select(path => CheckpointName.Parse(Path.GetFileName(path)))
            .OfType<CheckpointName>()
            .OrderByDescending(name => name.Attempt)
            .ThenByDescending(name => name.Step)];

    /// <summary>A checkpoint's directory.</summary>
    public string PathOf(CheckpointName name) => Path.Combine(run.CheckpointsPath, $"{name}");

    /// <summary>The newest whole checkpoint to go on from.</summary>
    /// <param name="skipped">Told of each checkpoint that was found broken, and why.</param>
    /// <returns>Null where there is none at all.</returns>
    /// <exception cref="CheckpointException">There are checkpoints, but none is whole.</exception>
    public (CheckpointName Name, CheckpointManifest Manifest)? FindLatest(Action<CheckpointName, string> skipped)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        string? lastProblem = null;
        foreach (var name in ListContinuable())
        {
            try
            {
                return (name, Verify(name));
            }
            catch (CheckpointException exception)
            {
                lastProblem = $"{name}: {exception.Message}";
                skipped(name, exception.Message);
            }
        }

        return lastProblem is null ? null : throw new CheckpointException($"No checkpoint is whole; the last one looked at is {lastProblem}");
    }

    /// <summary>Checks a checkpoint's every byte.</summary>
    /// <exception cref="CheckpointException">It is cut, changed, or of another run.</exception>
    public CheckpointManifest Verify(CheckpointName name) => Verify(PathOf(name), specHash);

    /// <summary>Checks every byte of a checkpoint, wherever it lies.</summary>
    /// <param name="directory">Its directory.</param>
    /// <param name="specHash">The hash of the spec that it must be of.</param>
    /// <exception cref="CheckpointException">It is cut, changed, or of another run.</exception>
    public static CheckpointManifest Verify(string directory, string specHash)
    {
        try
        {
            var manifest = DurableFile.ReadJson<CheckpointManifest>(Path.Combine(directory, CheckpointManifest.FileName))
                ?? throw new CheckpointException("it has no manifest.");
            if (manifest.Version != CheckpointManifest.CurrentVersion)
            {
                throw new CheckpointException(FormattableString.Invariant($"it is of version {manifest.Version}, this Ntl reads version {CheckpointManifest.CurrentVersion}."));
            }

            if (!string.Equals(manifest.SpecHash, specHash, StringComparison.Ordinal))
            {
                throw new CheckpointException("it is of another spec.");
            }

            foreach (var file in manifest.Files)
            {
                using var stream = File.OpenRead(Path.Combine(directory, file.Name));
                if (stream.Length != file.Length || !string.Equals(Convert.ToHexStringLower(SHA256.HashData(stream)), file.Hash, StringComparison.Ordinal))
                {
                    throw new CheckpointException($"{file.Name} is not as it was written.");
                }
            }

            return manifest;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new CheckpointException(exception.Message, exception);
        }
    }

    /// <summary>Writes and publishes a checkpoint, then removes those that are no longer kept.</summary>
    /// <param name="name">Its name; must not exist.</param>
    /// <param name="updateCount">Updates in the optimizer's state.</param>
    /// <param name="elapsedSeconds">Training seconds so far.</param>
    /// <param name="threads">Threads of an operator.</param>
    /// <param name="files">Names and writers of its files.</param>
    /// <param name="guard">Asked just before publishing.</param>
    /// <exception cref="SupersededException">Another attempt has taken over; nothing was published.</exception>
    /// <exception cref="IOException">The disk is full or broken; nothing was published.</exception>
    public void Save(
        CheckpointName name, long updateCount, double elapsedSeconds, int threads, IReadOnlyList<(string Name, Action<Stream> Write)> files, FenceGuard guard)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(guard);
        guard.Verify();
        var temporary = Path.Combine(run.CheckpointsPath, $"{TemporaryPrefix}{name}");
        Remove(temporary);
        Directory.CreateDirectory(temporary);
        try
        {
            CheckpointFile[] written = [.. files.Select(file => Write(temporary, file.Name, file.Write))];
            var manifest = new CheckpointManifest(CheckpointManifest.CurrentVersion, specHash, name.Step, updateCount, elapsedSeconds, written, threads);
            DurableFile.WriteJson(Path.Combine(temporary, CheckpointManifest.FileName), manifest);

            // Dying before the next line leaves a temporary directory that a later attempt removes.
            guard.Verify();
            Directory.Move(temporary, PathOf(name));
            DurableFile.FlushDirectory(run.CheckpointsPath);
        }
        catch (IOException)
        {
            Remove(temporary);
            throw;
        }

        guard.Verify();
        RemoveOld();
    }

    /// <summary>Whether a checkpoint holds a pin.</summary>
    public bool IsPinned(CheckpointName name) => File.Exists(Path.Combine(PathOf(name), PinName));

    /// <summary>Keeps a checkpoint from being removed, even while a trainer is removing old ones.</summary>
    /// <returns>False where there is no such checkpoint, or no more.</returns>
    public bool TryPin(CheckpointName name)
    {
        try
        {
            DurableFile.Write(Path.Combine(PathOf(name), PinName), []);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        // A trainer that had not seen the pin looks for it again once it has taken the checkpoint aside, and puts it back.
        return Directory.Exists(PathOf(name)) || Directory.Exists(DoomedPathOf(name));
    }

    /// <summary>Removes what earlier attempts left half-written or half-removed.</summary>
    public void RemoveLeftovers()
    {
        if (Directory.Exists(run.CheckpointsPath))
        {
            foreach (var path in Directory.EnumerateDirectories(run.CheckpointsPath, $"{TemporaryPrefix}*").ToList())
            {
                RemoveUnlessPinned(path);
            }
        }
    }

    private static CheckpointFile Write(string directory, string name, Action<Stream> write)
    {
        var path = Path.Combine(directory, name);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashing);
        }

        file.Flush(flushToDisk: true);
        return new CheckpointFile(name, file.Length, Convert.ToHexStringLower(sha.Hash!));
    }

    private static long? StartStep(AttemptDirectory attempt) =>
        JournalReader.Read(attempt.JournalPath, 0, maximumBytes: 1).Entries is [{ Record: AttemptStarted started }, ..] ? started.StartStep : null;

    // A superseded trainer may still have published a checkpoint while its successor trained. Where that lies after a later attempt's
    // first step, nobody may go on from it: the curve would have a hole.
    private List<CheckpointName> ListContinuable()
    {
        var starts = run.Attempts().Select(attempt => (attempt.Number, Step: StartStep(attempt))).ToList();
        return [.. List().Where(name => !starts.Any(start => start.Number > name.Attempt && start.Step < name.Step))];
    }

    private void RemoveOld()
    {
        var continuable = ListContinuable();
        var kept = continuable.Where(name => !IsPinned(name)).Take(KeptCount).Concat(continuable.Where(name => name.Step % keptIntervalSteps == 0)).ToHashSet();
        foreach (var name in List().Where(name => !kept.Contains(name) && !IsPinned(name)))
        {
            // Renamed first: a checkpoint half removed must not look like one.
            var doomed = DoomedPathOf(name);
            Remove(doomed);
            Directory.Move(PathOf(name), doomed);
            RemoveUnlessPinned(doomed);
        }
    }

    private string DoomedPathOf(CheckpointName name) => Path.Combine(run.CheckpointsPath, $"{DoomedPrefix}{name}");

    // Only a checkpoint that was published holds a pin: it is put back under its own name.
    private void RemoveUnlessPinned(string path)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith(DoomedPrefix, StringComparison.Ordinal) && File.Exists(Path.Combine(path, PinName)) && File.Exists(Path.Combine(path, CheckpointManifest.FileName)))
        {
            Directory.Move(path, Path.Combine(run.CheckpointsPath, name[DoomedPrefix.Length..]));
            return;
        }

        Remove(path);
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
