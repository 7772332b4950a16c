using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Experiments;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Laws;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Web.Leaderboard;

/// <inheritdoc cref="ISubmissions"/>
internal sealed class Submissions(DatabaseReader reader, ITracks tracks, IRunCommands commands, ILawFits fits, ILossForecasts forecasts, TimeProvider time) : ISubmissions
{
    private const int LongestEntryName = 120;

    public async Task<TrackOutcome> SubmitAsync(string trackId, Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (await tracks.FindAsync(trackId, cancellationToken) is not { } track)
        {
            return TrackOutcome.Missing($"There is no track '{trackId}'.");
        }

        var (forecast, problems) = await CheckAsync(track, submission, cancellationToken);
        if (problems.Count > 0)
        {
            return TrackOutcome.Refused(problems);
        }

        if (await FindByHashAsync(trackId, submission.Schedule, cancellationToken) is { } known)
        {
            return new(known, [], []);
        }

        var entry = new EntryEntity
        {
            Id = RunId.New().Value,
            TrackId = trackId,
            ScheduleJson = submission.Schedule.CanonicalJson,
            ScheduleHash = submission.Schedule.Hash.Value,
            ScheduleName = submission.Schedule.Description,
            Name = submission.Name.Trim() is { Length: > 0 } name ? name : submission.Schedule.Description,
            By = submission.By.Trim(),
            Note = submission.Note.Trim(),
            ForecastJson = forecast is null ? null : JsonSerializer.Serialize(forecast),
            CreatedTicks = time.GetUtcNow().UtcTicks,
        };
        var batch = BatchOf(entry.Id, 1, new(SeedPurpose.Submission, submission.By, ""), time.GetUtcNow(), RuleBook.Of(track.Spec.Rules).BatchSize);
        var runs = SeedDraw.Runs(track, batch, entry.Name, submission.Schedule);
        var refused = await commands.CreateManyAsync(runs, context => AddAsync(context, entry, batch), cancellationToken);
        // Two people may have submitted the same schedule at once: the first one's entry stands for both.
        return refused.Count == 0 ? new(entry.Id, [.. runs.Select(run => run.Id)], [])
            : await FindByHashAsync(trackId, submission.Schedule, cancellationToken) is { } other ? new(other, [], [])
            : TrackOutcome.Refused(refused);
    }

    public async Task<TrackOutcome> QueueSeedsAsync(string entryId, SeedRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await tracks.FindEntryAsync(entryId, cancellationToken) is not { } detail)
        {
            return TrackOutcome.Missing($"There is no entry '{entryId}'.");
        }

        List<EntryDetail> entries = [detail];
        var problems = await CheckAsync(entries, request, cancellationToken);
        return problems.Count > 0 ? TrackOutcome.Refused(problems) : await QueueAsync(entries, request, cancellationToken);
    }

    private async Task<(RunForecast? Forecast, List<SpecProblem> Problems)> CheckAsync(SavedTrack track, Submission submission, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [.. PersonRules.Problems(submission.By, submission.Note, "note")];
        if (submission.Schedule.TotalSteps != track.Spec.Steps)
        {
            problems.Add(new("schedule", FormattableString.Invariant($"Every run of this track has {track.Spec.Steps:N0} steps; the schedule has {submission.Schedule.TotalSteps:N0}.")));
        }

        if (submission.Name.Length > LongestEntryName)
        {
            problems.Add(new("name", FormattableString.Invariant($"A name has at most {LongestEntryName} characters.")));
        }

        RunForecast? forecast = null;
        if (submission.FitId is { } fitId && problems.Count == 0)
        {
            forecast = await ForecastAsync(fitId, submission.Schedule, cancellationToken);
            if (forecast is null)
            {
                problems.Add(new("fit", $"There is no saved fit '{fitId}'."));
            }
        }

        return (forecast, problems);
    }

    // Finds what is wrong with a wish for seeds, and the other entry that it names.
    private async Task<List<SpecProblem>> CheckAsync(List<EntryDetail> entries, SeedRequest request, CancellationToken cancellationToken)
    {
        var entry = entries[0].Entry;
        List<SpecProblem> problems = [.. PersonRules.Problems(request.By, request.Reason, "reason")];
        if (request.Purpose == SeedPurpose.Submission || !Enum.IsDefined(request.Purpose))
        {
            problems.Add(new("purpose", "Ask for moreSeeds, reproduction, challenge or robustness."));
        }

        if (request.Purpose == SeedPurpose.Reproduction && string.Equals(request.By.Trim(), entry.By, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(new("by", $"{entry.By} submitted this entry: a reproduction is somebody else's. Ask for more seeds instead."));
        }

        if (request.Against is { } against)
        {
            if (string.Equals(against, entry.Id, StringComparison.Ordinal) || await tracks.FindEntryAsync(against, cancellationToken) is not { } other || !string.Equals(other.Track.Id, entry.TrackId, StringComparison.Ordinal))
            {
                problems.Add(new("against", "The other entry must be another one of the same track."));
            }
            else
            {
                entries.Add(other);
            }
        }
        else if (request.Purpose == SeedPurpose.Challenge)
        {
            problems.Add(new("against", "A challenge names the other entry."));
        }

        if (request.Purpose == SeedPurpose.Challenge && string.IsNullOrWhiteSpace(request.Reason))
        {
            problems.Add(new("reason", "Say what you doubt: the reason stands on the entry's page."));
        }

        if (entries.Find(entry => entry.Runs.Any(run => !run.Status.IsFinal())) is { } busy)
        {
            problems.Add(new("", $"{busy.Entry.Name} still has runs of an earlier batch waiting or training. Seeds are added when all are in: nobody looks inside a batch."));
        }

        return problems;
    }

    private async Task<TrackOutcome> QueueAsync(List<EntryDetail> entries, SeedRequest request, CancellationToken cancellationToken)
    {
        var track = entries[0].Track;
        var rules = RuleBook.Of(track.Spec.Rules);
        var now = time.GetUtcNow();
        List<SeedBatchEntity> batches = [];
        List<IReadOnlyList<NewRun>> runs = [];
        foreach (var (i, entry) in entries.Index())
        {
            var number = entry.Batches.Where(batch => string.Equals(batch.EntryId, entry.Entry.Id, StringComparison.Ordinal)).Max(batch => batch.Number) + 1;
            var isRobustness = request.Purpose == SeedPurpose.Robustness;
            var batch = BatchOf(entry.Entry.Id, number, request, now, isRobustness ? SeedDraw.RobustnessCount : rules.BatchSize);
            batch.AgainstEntryId = entries.Count == 1 ? null : entries[1 - i].Entry.Id;
            batches.Add(batch);
            runs.Add(isRobustness ? SeedDraw.Robustness(track, batch, entry.Entry.Name, entry.Entry.Schedule) : SeedDraw.Runs(track, batch, entry.Entry.Name, entry.Entry.Schedule));
        }

        // In turns, so that a machine that slows down or warms up does so for both.
        IReadOnlyList<NewRun> inTurns = [.. Enumerable.Range(0, runs.Max(list => list.Count)).SelectMany(i => runs.Where(list => i < list.Count).Select(list => list[i]))];
        var problems = await commands.CreateManyAsync(inTurns, context => AddAsync(context, batches), cancellationToken);
        return problems.Count > 0 ? TrackOutcome.Refused(problems) : new(entries[0].Entry.Id, [.. inTurns.Select(run => run.Id)], []);
    }

    private static async Task<IReadOnlyList<SpecProblem>> AddAsync(NtlDbContext context, EntryEntity entry, SeedBatchEntity batch)
    {
        if (await context.Entries.AnyAsync(known => known.TrackId == entry.TrackId && known.ScheduleHash == entry.ScheduleHash))
        {
            return [new("schedule", "The schedule is an entry of this track already.")];
        }

        context.Entries.Add(entry);
        context.SeedBatches.Add(batch);
        await context.SaveChangesAsync();
        return [];
    }

    private static async Task<IReadOnlyList<SpecProblem>> AddAsync(NtlDbContext context, List<SeedBatchEntity> batches)
    {
        foreach (var batch in batches)
        {
            if (await context.SeedBatches.AnyAsync(known => known.EntryId == batch.EntryId && known.Number == batch.Number))
            {
                return [new("", "Somebody has asked for seeds of this entry a moment ago. Look again.")];
            }
        }

        context.SeedBatches.AddRange(batches);
        await context.SaveChangesAsync();
        return [];
    }

    private static SeedBatchEntity BatchOf(string entry, int number, SeedRequest request, DateTimeOffset now, int seeds) => new()
    {
        EntryId = entry,
        Number = number,
        Purpose = request.Purpose,
        By = request.By.Trim(),
        Reason = request.Reason.Trim(),
        SeedCount = seeds,
        CreatedTicks = now.UtcTicks,
    };

    private async Task<string?> FindByHashAsync(string trackId, ScheduleSpec schedule, CancellationToken cancellationToken)
    {
        var hash = schedule.Hash.Value;
        await using var context = reader.Open();
        return await context.Entries.Where(entry => entry.TrackId == trackId && entry.ScheduleHash == hash).Select(entry => entry.Id).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<RunForecast?> ForecastAsync(string fitId, ScheduleSpec schedule, CancellationToken cancellationToken) =>
        await fits.FindAsync(fitId, cancellationToken) is { } saved && await forecasts.ForecastAsync(fitId, schedule, cancellationToken) is { } forecast
            ? new RunForecast(fitId, saved.LawTitle, forecast.FinalLoss, forecast.FinalLow, forecast.FinalHigh)
            : null;
}
