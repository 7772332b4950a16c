using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Queue;
using Ntl.Web.Schedules;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/schedules</c>.</summary>
public static class ScheduleEndpoints
{
    private const int LargestBody = 2 << 20;
    private const int LargestKey = 200;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", ListAsync);
        group.MapPost("/", CreateAsync);
        group.MapGet("/facets", (IScheduleLibrary library, CancellationToken cancellationToken) => library.FacetsAsync(cancellationToken));
        group.MapGet("/known/{hash}", KnownAsync);
        group.MapGet("/{id}", GetAsync);
        group.MapGet("/{id}/lineage", LineageAsync);
        group.MapGet("/{id}/runs", RunsAsync);
        group.MapGet("/{id}/diff", DiffAsync);
        group.MapPost("/{id}/versions", AddVersionAsync);
        group.MapPost("/{id}/fork", ForkAsync);
        group.MapPut("/{id}/label", DescribeAsync);
        group.MapPost("/{id}/archive", async (string id, IScheduleLibrary library, CancellationToken cancellationToken) => Of(await library.ArchiveAsync(id, isArchived: true, cancellationToken)));
        group.MapPost("/{id}/restore", async (string id, IScheduleLibrary library, CancellationToken cancellationToken) => Of(await library.ArchiveAsync(id, isArchived: false, cancellationToken)));
    }

    private static async Task<IResult> ListAsync(
        IScheduleLibrary library,
        CancellationToken cancellationToken,
        string? text = null,
        string[]? tag = null,
        string? owner = null,
        string? hash = null,
        bool archived = false,
        string? sort = null,
        bool descending = true,
        int skip = 0,
        int take = 50)
    {
        var column = ScheduleSort.UpdatedAt;
        if (sort is not null && !ApiEnum.TryRead(sort, out column))
        {
            return ApiResults.Invalid([new SpecProblem("sort", $"There is no column '{sort}': {ApiEnum.Names<ScheduleSort>()}.")]);
        }

        var request = new ScheduleListRequest
        {
            Text = text,
            Tags = tag ?? [],
            Owner = owner,
            Hash = hash,
            Archived = archived,
            Sort = column,
            Descending = descending,
            Skip = skip,
            Take = take,
        };
        return TypedResults.Ok(await library.ListAsync(request, cancellationToken));
    }

    private static async Task<IResult> KnownAsync(string hash, IScheduleLibrary library, IRunQueries runs, CancellationToken cancellationToken)
    {
        var wanted = hash.ToLowerInvariant();
        var known = await library.FindByHashAsync(wanted, cancellationToken);
        var page = await runs.ListAsync(new RunListRequest { ScheduleHash = wanted, Take = 1 }, cancellationToken);
        return TypedResults.Ok(new { Hash = wanted, IsKnown = known.Count > 0, Schedules = known, RunCount = page.Total });
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Creation body, IScheduleLibrary library, CancellationToken cancellationToken)
    {
        if (Refusal(http, out var key) is { } refusal)
        {
            return refusal;
        }

        List<SpecProblem> problems = [];
        ScheduleReference? fork = null;
        if (body.ForkOf is not null && !ScheduleReference.TryParse(body.ForkOf, out fork))
        {
            problems.Add(new SpecProblem("forkOf", $"'{body.ForkOf}' is not a version: write id:version."));
        }

        // A fork without a schedule begins as what it is forked from.
        var schedule = body.Schedule is { } given ? ScheduleJson.Read(given, "schedule", problems)
            : fork is not null ? (await library.FindAsync(fork.Id, fork.Version, cancellationToken))?.Schedule : null;
        if (schedule is null && problems.Count == 0)
        {
            problems.Add(fork is null ? new SpecProblem("schedule", "A schedule is missing.") : new SpecProblem("forkOf", $"There is no version {fork} to fork."));
        }

        return schedule is null || problems.Count > 0
            ? ApiResults.Invalid(problems)
            : Created(await library.SaveAsync(new NewSchedule { Label = body.ToLabel(), Schedule = schedule, Note = body.Note ?? "", Author = body.Author, ForkOf = fork }, key, cancellationToken));
    }

    private static Task<IResult> ForkAsync(string id, HttpContext http, Forking body, IScheduleLibrary library, CancellationToken cancellationToken) =>
        CreateAsync(
            http,
            new Creation(body.Name, body.Owner, body.Tags, body.Notes, body.Schedule, body.Note, body.Author, new ScheduleReference(id, Math.Max(1, body.Version)).ToString()),
            library,
            cancellationToken);

    private static async Task<IResult> GetAsync(string id, IScheduleLibrary library, CancellationToken cancellationToken, int? version = null) =>
        await library.FindAsync(id, version, cancellationToken) is { } saved ? TypedResults.Ok(Answer(saved)) : Missing(id, version);

    private static async Task<IResult> LineageAsync(string id, IScheduleLibrary library, CancellationToken cancellationToken) =>
        await library.LineageAsync(id, cancellationToken) is { } lineage ? TypedResults.Ok(lineage) : Missing(id, null);

    private static async Task<IResult> RunsAsync(
        string id, IScheduleLibrary library, IRunQueries runs, CancellationToken cancellationToken, int? version = null, int skip = 0, int take = 50) =>
        await library.FindAsync(id, version, cancellationToken) is { } saved
            ? TypedResults.Ok(await runs.ListAsync(new RunListRequest { ScheduleHash = saved.Version.Hash, Skip = skip, Take = take }, cancellationToken))
            : Missing(id, version);

    private static async Task<IResult> DiffAsync(
        string id, IScheduleLibrary library, CancellationToken cancellationToken, int? from = null, int? to = null, string? against = null)
    {
        if (against is not null && !ScheduleReference.TryParse(against, out _))
        {
            return ApiResults.Invalid([new SpecProblem("against", $"'{against}' is not a version: write id:version.")]);
        }

        if (await library.FindAsync(id, to, cancellationToken) is not { } second)
        {
            return Missing(id, to);
        }

        // By default what the newest version changed.
        var origin = ScheduleReference.TryParse(against, out var other) ? other : new ScheduleReference(id, from ?? Math.Max(1, second.Version.Number - 1));
        return await library.FindAsync(origin.Id, origin.Version, cancellationToken) is { } first
            ? TypedResults.Ok(Answer(first.Reference, second.Reference, ScheduleDiff.Between(first.Schedule, second.Schedule)))
            : Missing(origin.Id, origin.Version);
    }

    private static async Task<IResult> AddVersionAsync(string id, HttpContext http, NewVersion body, IScheduleLibrary library, CancellationToken cancellationToken)
    {
        if (Refusal(http, out var key) is { } refusal)
        {
            return refusal;
        }

        List<SpecProblem> problems = [];
        var schedule = body.Schedule is { } given ? ScheduleJson.Read(given, "schedule", problems) : null;
        if (body.Schedule is null)
        {
            problems.Add(new SpecProblem("schedule", "A schedule is missing."));
        }

        if (body.ExpectedVersion is null)
        {
            problems.Add(new SpecProblem("expectedVersion", "Say which version yours follows: what came after it is not lost that way."));
        }

        if (schedule is null || problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var outcome = await library.AddVersionAsync(id, body.ExpectedVersion!.Value, schedule, body.Note ?? "", body.Author ?? "", key, cancellationToken);
        return outcome.Result == SaveResult.Saved ? Created(outcome) : Of(outcome);
    }

    private static async Task<IResult> DescribeAsync(string id, Label body, IScheduleLibrary library, CancellationToken cancellationToken) =>
        body.ExpectedRevision is { } revision
            ? Of(await library.DescribeAsync(id, revision, new ScheduleLabel(body.Name ?? "", body.Owner ?? "", body.Tags ?? [], body.Notes ?? ""), cancellationToken))
            : ApiResults.Invalid([new SpecProblem("expectedRevision", "Say which revision of the label yours follows.")]);

    // What keeps a request that saves from being read; the key that it carries, null for none.
    private static IResult? Refusal(HttpContext http, out string? key)
    {
        var given = http.Request.Headers["Idempotency-Key"].ToString();
        key = given.Length == 0 ? null : given;
        return http.Request.ContentLength is > LargestBody ? TypedResults.Problem("A schedule of the library has at most 1 MiB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too large")
            : given.Length > LargestKey ? ApiResults.Invalid([new SpecProblem("Idempotency-Key", $"A key has at most {LargestKey} characters.")])
            : null;
    }

    private static ProblemHttpResult Missing(string id, int? version) =>
        TypedResults.Problem(
            version is null ? $"There is no schedule '{id}'." : $"There is no schedule '{id}' with a version {version}.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static IResult Created(SaveOutcome outcome) =>
        outcome is { IsStored: true, Saved: { } saved } ? TypedResults.Created($"/api/v1/schedules/{saved.Id}?version={saved.Version.Number}", Answer(saved)) : Of(outcome);

    private static IResult Of(SaveOutcome outcome) => outcome.Result switch
    {
        SaveResult.Saved or SaveResult.Unchanged => TypedResults.Ok(Answer(outcome.Saved!)),
        SaveResult.NotFound => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status404NotFound, title: "Not found"),
        SaveResult.Conflict => TypedResults.Problem(
            outcome.Message,
            statusCode: StatusCodes.Status409Conflict,
            title: "Somebody was faster",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["current"] = Answer(outcome.Saved!),
                ["missed"] = outcome.Missed?.Words(),
            }),
        _ => ApiResults.Invalid(outcome.Problems),
    };

    private static object Answer(SavedSchedule saved) => new
    {
        saved.Id,
        saved.Label.Name,
        saved.Label.Owner,
        saved.Label.Tags,
        saved.Label.Notes,
        saved.Revision,
        saved.CurrentVersion,
        saved.Version,
        saved.Schedule,
        saved.Versions,
        ForkOf = saved.ForkOf?.ToString(),
        saved.CreatedAt,
        saved.UpdatedAt,
        saved.ArchivedAt,
    };

    private static object Answer(ScheduleReference from, ScheduleReference to, ScheduleDiff diff) => new
    {
        From = from.ToString(),
        To = to.ToString(),
        diff.AreEqual,
        diff.HaveEqualRates,
        diff.FirstDifferentStep,
        diff.LargestGap,
        diff.Figures,
        Phases = diff.Phases.Select(phase => new { phase.Kind, From = Answer(phase.From), To = Answer(phase.To), phase.Fields }),
        Words = diff.Words(),
    };

    private static object? Answer(PhaseSpan? span) => span is null ? null : new { span.Index, span.Phase.Kind, span.FirstStep, span.Phase.Steps, span.Phase.Description };

    /// <summary>What the body of a request to save says.</summary>
    private sealed record Creation(
        string? Name, string? Owner, string[]? Tags, string? Notes, JsonElement? Schedule, string? Note, string? Author, string? ForkOf)
    {
        public ScheduleLabel ToLabel() => new(Name ?? "", Owner ?? "", Tags ?? [], Notes ?? "");
    }

    /// <summary>What the body of a request to fork says.</summary>
    private sealed record Forking(
        int Version, string? Name, string? Owner, string[]? Tags, string? Notes, JsonElement? Schedule, string? Note, string? Author);

    /// <summary>What the body of a request for another version says.</summary>
    private sealed record NewVersion(int? ExpectedVersion, JsonElement? Schedule, string? Note, string? Author);

    /// <summary>What the body of a request to describe says.</summary>
    private sealed record Label(int? ExpectedRevision, string? Name, string? Owner, string[]? Tags, string? Notes);
}
