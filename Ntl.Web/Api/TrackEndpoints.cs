using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Leaderboard;
using Ntl.Web.Load;
using Ntl.Web.Persistence;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/tracks</c> and <c>/api/v1/entries</c>. There is no verb that deletes or changes: a board is evidence.</summary>
public static class TrackEndpoints
{
    public static void Map(RouteGroupBuilder tracks, RouteGroupBuilder entries)
    {
        tracks.MapGet("/", async (ITracks all, CancellationToken cancellationToken) => (await all.ListAsync(cancellationToken)).Select(Answer));
        tracks.MapPost("/", OpenAsync);
        tracks.MapGet("/rules", () => RuleBook.All.Select(Answer));
        tracks.MapGet("/{id}", BoardAsync).IsHeavy();
        tracks.MapPost("/{id}/entries", SubmitAsync);
        entries.MapGet("/{id}", EntryAsync).IsHeavy();
        entries.MapPost("/{id}/seeds", SeedsAsync);
        entries.MapGet("/{id}/evidence.zip", EvidenceAsync).IsHeavy();
    }

    private static async Task<IResult> OpenAsync(Opening body, ITracks tracks, RunSpecs specs, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        RunSpec? spec = null;
        if (body.Spec is { } given)
        {
            (spec, var found) = RunSpecJson.Read(given.GetRawText());
            problems.AddRange(found.Select(problem => problem with { Path = $"spec.{problem.Path}".TrimEnd('.') }));
        }
        else if (RunId.TryParse(body.Run, out var run))
        {
            spec = await specs.FindAsync(run, cancellationToken);
            problems.AddRange(spec is null ? [new("run", $"There is no run {run}.")] : []);
        }
        else
        {
            problems.Add(new("run", "Name a run whose model, data, batch, steps and optimizer the track fixes, or give such a spec."));
        }

        if (spec is null)
        {
            return ApiResults.Invalid(problems);
        }

        var track = TrackSpec.From(spec, body.Name ?? "", RuleBook.Current.Version) with { TargetLoss = body.TargetLoss };
        track = body.HeldOutBatches is { } heldOut ? track with { HeldOutBatches = heldOut } : track;
        var outcome = await tracks.OpenAsync(new(track, body.By ?? "", body.Note ?? ""), cancellationToken);
        return outcome.IsDone ? TypedResults.Created($"/api/v1/tracks/{outcome.Id}", new { outcome.Id }) : ApiResults.Invalid(outcome.Problems);
    }

    private static async Task<IResult> BoardAsync(string id, ITrackBoards boards, CancellationToken cancellationToken, string? rules = null) =>
        rules is not null && RuleBook.All.All(book => !string.Equals(book.Version, rules, StringComparison.Ordinal))
            ? ApiResults.Invalid([new SpecProblem("rules", $"There are no rules '{rules}': {string.Join(", ", RuleBook.All.Select(book => book.Version))}.")])
            : await boards.ReadAsync(id, rules, cancellationToken) is { } board ? TypedResults.Ok(BoardAnswer.Of(board)) : NoTrack(id);

    private static async Task<IResult> SubmitAsync(string id, Submitting body, ISubmissions submissions, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        var schedule = body.Schedule is { } given ? ScheduleJson.Read(given, "schedule", problems) : null;
        if (schedule is null)
        {
            return ApiResults.Invalid(problems.Count > 0 ? problems : [new SpecProblem("schedule", "A schedule is missing.")]);
        }

        var outcome = await submissions.SubmitAsync(id, new(schedule, body.Name ?? "", body.By ?? "", body.Note ?? "", body.Fit), cancellationToken);
        return Of(outcome);
    }

    private static async Task<IResult> SeedsAsync(string id, Asking body, ISubmissions submissions, CancellationToken cancellationToken)
    {
        if (!ApiEnum.TryRead<SeedPurpose>(body.Purpose, out var purpose))
        {
            return ApiResults.Invalid([new SpecProblem("purpose", "Ask for moreSeeds, reproduction, challenge or robustness.")]);
        }

        return Of(await submissions.QueueSeedsAsync(id, new(purpose, body.By ?? "", body.Reason ?? "", body.Against), cancellationToken));
    }

    private static async Task<IResult> EntryAsync(string id, ITracks tracks, ITrackBoards boards, CancellationToken cancellationToken) =>
        await tracks.FindEntryAsync(id, cancellationToken) is { } detail && await boards.ReadAsync(detail.Track.Id, null, cancellationToken) is { } board
            ? TypedResults.Ok(BoardAnswer.Of(detail, board))
            : NoEntry(id);

    private static async Task<IResult> EvidenceAsync(string id, EvidenceBundle bundle, ITracks tracks, CancellationToken cancellationToken) =>
        await tracks.FindEntryAsync(id, cancellationToken) is { } detail
            ? TypedResults.File(await bundle.WriteAsync(detail, cancellationToken), "application/zip", $"ntl-entry-{detail.Entry.Id}.zip")
            : NoEntry(id);

    private static IResult Of(TrackOutcome outcome) => outcome switch
    {
        { IsMissing: true } => TypedResults.Problem(outcome.Problems[0].Message, statusCode: StatusCodes.Status404NotFound, title: "Not found"),
        { IsDone: false } => ApiResults.Invalid(outcome.Problems),
        // A schedule that stood on the board already is no new entry.
        { Runs.Count: 0 } => TypedResults.Ok(new { outcome.Id, outcome.Runs }),
        _ => TypedResults.Created($"/api/v1/entries/{outcome.Id}", new { outcome.Id, outcome.Runs }),
    };

    private static ProblemHttpResult NoTrack(string id) => TypedResults.Problem($"There is no track '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static ProblemHttpResult NoEntry(string id) => TypedResults.Problem($"There is no entry '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static object Answer(TrackRow row) => new
    {
        row.Track.Id,
        row.Track.Spec.Name,
        row.Track.SpecHash,
        row.Track.By,
        row.Track.CreatedAt,
        row.EntryCount,
        row.RunCount,
        row.FinishedCount,
        row.BestMean,
    };

    private static object Answer(RuleBook rules) => new
    {
        rules.Version,
        rules.Level,
        rules.Confidence,
        rules.MinimumSeeds,
        rules.BatchSize,
        rules.MaximumLooks,
        rules.Sentences,
    };

    // What a body may not say is refused, not passed over: nobody names a seed, and nobody believes to have.
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Opening(string? Name, string? By, string? Note, string? Run, JsonElement? Spec, double? TargetLoss, int? HeldOutBatches);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Submitting(JsonElement? Schedule, string? Name, string? By, string? Note, string? Fit);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Asking(string? Purpose, string? By, string? Reason, string? Against);
}
