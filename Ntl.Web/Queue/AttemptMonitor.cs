using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Notices trainers that have died or fallen silent, and those that have said goodbye but not yet left their device.</summary>
/// <remarks>It only notices. The ingest reads the journal to its end before it seals the attempt and changes the run's status.</remarks>
public sealed partial class AttemptMonitor(
    DatabaseReader reader, IRunLauncher launcher, DataDirectory directory, NtlOptions options, TimeProvider time, ILogger<AttemptMonitor> logger)
{
    private readonly ConcurrentDictionary<AttemptKey, AttemptEnd> _ends = new();
    private readonly ConcurrentDictionary<AttemptKey, Launch> _leaving = new();
    private readonly Dictionary<AttemptKey, LeaseSight> _sights = [];

    /// <summary>What is known of an attempt's end; null while it may live.</summary>
    public AttemptEnd? EndOf(RunId run, int attempt) => _ends.GetValueOrDefault(new AttemptKey(run, attempt));

    public void ReportEnd(Launch launch, AttemptEnd end) => _ends.TryAdd(new AttemptKey(launch.Run, launch.Attempt), end);

    /// <summary>The attempt is sealed. A trainer that said goodbye may need a moment to leave the device; one that was given up is waited for no more.</summary>
    public void Forget(RunId run, int attempt, string token, string device)
    {
        var key = new AttemptKey(run, attempt);
        if (!_ends.TryRemove(key, out _))
        {
            _leaving[key] = new Launch(run, attempt, token, device, new RunDirectory(directory.Run(run)));
        }
    }

    /// <summary>Trainers of sealed attempts that still hold the device.</summary>
    public int CountLeaving(string device) => _leaving.Values.Count(launch => string.Equals(launch.Device, device, StringComparison.Ordinal));

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        List<AttemptEntity> open;
        await using (var context = reader.Open())
        {
            open = await context.Attempts.Where(attempt => attempt.EndedTicks == null).ToListAsync(cancellationToken);
        }

        foreach (var attempt in open)
        {
            var run = new RunId(attempt.RunId);
            if (EndOf(run, attempt.Number) is null)
            {
                await LookAsync(attempt, new Launch(run, attempt.Number, attempt.Token, attempt.Device, new RunDirectory(directory.Run(run))), cancellationToken);
            }
        }

        foreach (var key in _sights.Keys.Where(key => !open.Exists(attempt => attempt.Number == key.Attempt && string.Equals(attempt.RunId, key.Run.Value, StringComparison.Ordinal))).ToList())
        {
            _sights.Remove(key);
        }

        foreach (var (key, launch) in _leaving)
        {
            var report = await launcher.QueryAsync(launch, cancellationToken);
            if (report.State != LaunchState.Alive)
            {
                _leaving.TryRemove(key, out _);
            }
        }
    }

    private async Task LookAsync(AttemptEntity attempt, Launch launch, CancellationToken cancellationToken)
    {
        var report = await launcher.QueryAsync(launch, cancellationToken);
        if (report.State == LaunchState.Gone)
        {
            var wasStarted = attempt.LaunchHandle is not null || File.Exists(launch.Directory.Attempt(launch.Attempt).JournalPath);
            var detail = report.Detail is null ? string.Empty : $" ({report.Detail})";
            var reason = wasStarted ? $"The trainer ended without a word{detail}." : "The server was stopped before it had started the trainer.";
            var abort = AbortReport.Read(launch.Directory.Attempt(launch.Attempt).LogPath);
            ReportEnd(launch, new AttemptEnd(reason, abort ?? new RunFailure(RunFailureKind.TrainerLost, null, reason), wasStarted));
            LogGone(launch.Run, launch.Attempt, reason);
            return;
        }

        var silence = SilenceOf(launch);
        if (silence <= options.LeaseTimeout)
        {
            return;
        }

        // It may only be frozen and go on writing later. A fence that no one holds the token of refuses it from here on.
        Fence.Issue(launch.Attempt + 1).Raise(launch.Directory);
        var given = FormattableString.Invariant($"The trainer gave no sign of life for {silence.TotalSeconds:0} s and was given up.");
        ReportEnd(launch, new AttemptEnd(given, new RunFailure(RunFailureKind.TrainerLost, null, given)));
        LogSilent(launch.Run, launch.Attempt, silence);
        await launcher.StopAsync(launch, StopMode.Kill, cancellationToken);
    }

    // Measured by this server's steady clock from renewal to renewal, so that neither a clock that jumps nor a machine that slept makes a living trainer look lost.
    private TimeSpan SilenceOf(Launch launch)
    {
        var key = new AttemptKey(launch.Run, launch.Attempt);
        var lease = Lease.Read(launch.Directory.Attempt(launch.Attempt));
        var renewals = lease?.Renewals ?? -1;
        if (!_sights.TryGetValue(key, out var sight) || sight.Renewals != renewals)
        {
            _sights[key] = new LeaseSight(renewals, time.GetTimestamp());
            return TimeSpan.Zero;
        }

        return time.GetElapsedTime(sight.SeenAt);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct AttemptKey(RunId Run, int Attempt);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct LeaseSight(long Renewals, long SeenAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} attempt {Attempt}: {Reason}")]
    private partial void LogGone(RunId runId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} attempt {Attempt} has been silent for {Silence}; its fence is raised")]
    private partial void LogSilent(RunId runId, int attempt, TimeSpan silence);
}
