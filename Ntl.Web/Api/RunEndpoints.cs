using System.Text;
using System.Text.Json.Nodes;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/runs</c>.</summary>
public static class RunEndpoints
{
    private const int LargestSpec = 1 << 20;
    private const int LargestKey = 200;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", ListAsync);
        group.MapPost("/", CreateAsync).WithMetadata(new JsonTextBody());
        group.MapGet("/queue", (IRunQueries queries, CancellationToken cancellationToken, int last = 10) => queries.GetQueueAsync(last, cancellationToken));
        group.MapGet("/{id}", GetAsync);
        group.MapGet("/{id}/log", LogAsync);
        group.MapGet("/{id}/checkpoints", CheckpointsAsync);
        group.MapPost("/{id}/pause", (string id, IRunCommands commands, CancellationToken cancellationToken) => ActAsync(id, run => commands.PauseAsync(run, cancellationToken)));
        group.MapPost("/{id}/resume", (string id, IRunCommands commands, CancellationToken cancellationToken) => ActAsync(id, run => commands.ResumeAsync(run, cancellationToken)));
        group.MapPost("/{id}/cancel", (string id, IRunCommands commands, CancellationToken cancellationToken) => ActAsync(id, run => commands.CancelAsync(run, cancellationToken)));
        group.MapPost("/{id}/requeue", (string id, IRunCommands commands, CancellationToken cancellationToken) => ActAsync(id, run => commands.RequeueAsync(run, cancellationToken)));
        group.MapPost("/{id}/move", (string id, int position, IRunCommands commands, CancellationToken cancellationToken) => ActAsync(id, run => commands.MoveAsync(run, position, cancellationToken)));
    }

    private static async Task<IResult> ListAsync(
        IRunQueries queries,
        CancellationToken cancellationToken,
        string? text = null,
        string[]? status = null,
        string? scheduleHash = null,
        string? sort = null,
        bool? descending = null,
        int skip = 0,
        int take = 50)
    {
        List<SpecProblem> problems = [];
        List<RunStatus> statuses = [];
        foreach (var name in status ?? [])
        {
            if (ApiEnum.TryRead<RunStatus>(name, out var parsed))
            {
                statuses.Add(parsed);
            }
            else
            {
                problems.Add(new SpecProblem("status", $"There is no status '{name}': {ApiEnum.Names<RunStatus>()}."));
            }
        }

        var column = RunSort.CreatedAt;
        if (sort is not null && !ApiEnum.TryRead(sort, out column))
        {
            problems.Add(new SpecProblem("sort", $"There is no column '{sort}': {ApiEnum.Names<RunSort>()}."));
        }

        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var request = new RunListRequest { Text = text, Statuses = statuses, ScheduleHash = scheduleHash, Sort = column, Descending = descending ?? RunSorts.DescendsFirst(column), Skip = skip, Take = take };
        return TypedResults.Ok(await queries.ListAsync(request, cancellationToken));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, IRunCommands commands, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength is > LargestSpec)
        {
            return TypedResults.Problem("A spec has at most 1 MiB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too large");
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LargestKey)
        {
            return ApiResults.Invalid([new SpecProblem("Idempotency-Key", $"A key has at most {LargestKey} characters.")]);
        }

        using var body = new StreamReader(http.Request.Body, Encoding.UTF8);
        var (spec, problems) = RunSpecJson.Read(await body.ReadToEndAsync(cancellationToken));
        if (spec is null)
        {
            return ApiResults.Invalid(problems);
        }

        var outcome = await commands.CreateAsync(spec, key.Length == 0 ? null : key, cancellationToken);
        return outcome.Id is { } id
            ? TypedResults.Created($"/api/v1/runs/{id}", new { id })
            : ApiResults.Invalid(outcome.Problems);
    }

    private static async Task<IResult> GetAsync(string id, IRunQueries queries, CancellationToken cancellationToken)
    {
        if (!RunId.TryParse(id, out var run) || await queries.FindAsync(run, cancellationToken) is not { } detail)
        {
            return ApiResults.NoRun(id);
        }

        return TypedResults.Ok(new
        {
            detail.Run,
            Spec = JsonNode.Parse(detail.SpecJson),
            detail.Attempts,
            detail.Events,
            detail.StatusChanges,
            detail.MetricKeys,
            detail.Actions,
            detail.Trunk,
            detail.Branches,
        });
    }

    private static async Task<IResult> LogAsync(
        string id, IRunQueries queries, CancellationToken cancellationToken, int? attempt = null, long? from = null, int max = 64 << 10)
    {
        var part = RunId.TryParse(id, out var run) ? await queries.ReadLogAsync(run, attempt, from, max, cancellationToken) : null;
        return part is null ? ApiResults.NoRun(id) : TypedResults.Ok(part);
    }

    private static async Task<IResult> CheckpointsAsync(string id, ITrunkCheckpoints checkpoints, CancellationToken cancellationToken)
    {
        var rows = RunId.TryParse(id, out var run) ? await checkpoints.ListAsync(run, cancellationToken) : null;
        return rows is null ? ApiResults.NoRun(id) : TypedResults.Ok(rows);
    }

    private static async Task<IResult> ActAsync(string id, Func<RunId, Task<CommandOutcome>> act) =>
        RunId.TryParse(id, out var run) ? ApiResults.Of(await act(run)) : ApiResults.NoRun(id);
}
