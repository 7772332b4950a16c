using System.Text.Json;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Experiments;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/experiments</c>.</summary>
public static class ExperimentEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", (IExperiments experiments, CancellationToken cancellationToken, int skip = 0, int take = 50) => experiments.ListAsync(skip, take, cancellationToken));
        group.MapPost("/", CreateAsync);
        group.MapPost("/sweep", SweepEndpoint.CreateAsync).IsHeavy(HeavyWork.Computing);
        group.MapGet("/{id}", GetAsync);
        group.MapGet("/{id}/report", ReportAsync).IsHeavy(HeavyWork.Computing);
        group.MapPost("/{id}/cancel", async (string id, IExperiments experiments, CancellationToken cancellationToken) => ApiResults.Of(await experiments.CancelAsync(id, cancellationToken)));
    }

    private static async Task<IResult> GetAsync(string id, IExperiments experiments, CancellationToken cancellationToken) =>
        await experiments.FindAsync(id, cancellationToken) is { } detail
            ? TypedResults.Ok(new
            {
                detail.Experiment.Id,
                detail.Experiment.Kind,
                detail.Experiment.CreatedAt,
                detail.Experiment.OwnSteps,
                detail.Experiment.OwnStepsDone,
                detail.Experiment.Trunks,
                Members = detail.Experiment.Members.Select(run => new { Run = run, detail.Memberships[run.Id].Role, detail.Memberships[run.Id].Value }),
            })
            : TypedResults.Problem($"There is no experiment '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    private static async Task<IResult> ReportAsync(string id, IExperiments experiments, ExperimentReports reports, CancellationToken cancellationToken)
    {
        if (await experiments.FindAsync(id, cancellationToken) is not { Experiment: var experiment })
        {
            return TypedResults.Problem($"There is no experiment '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
        }

        var report = await reports.ReadAsync(experiment, cancellationToken);
        var claims = report.Claims.Select(ClaimAnswer.Of);
        return TypedResults.Ok(new { experiment.Id, report.Kind, experiment.IsFinal, report.Title, report.Sentences, report.Table, claims, report.Missing });
    }

    private static async Task<IResult> CreateAsync(Wish wish, IExperiments experiments, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        if (!ApiEnum.TryRead<ExperimentKind>(wish.Kind, out var kind))
        {
            problems.Add(new SpecProblem("kind", $"There is no experiment '{wish.Kind}': {string.Join(", ", Enum.GetNames<ExperimentKind>().Select(JsonNamingPolicy.CamelCase.ConvertName))}."));
        }

        if (!RunId.TryParse(wish.Run, out var run))
        {
            problems.Add(new SpecProblem("run", $"'{wish.Run}' is not a run's identity."));
        }

        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var request = new ExperimentRequest(kind, run, wish.Step, wish.Options);
        var proposal = wish.DryRun ? await experiments.ProposeAsync(request, cancellationToken) : await experiments.QueueAsync(request, cancellationToken);
        return proposal.Plan is not { } plan
            ? ApiResults.Invalid(proposal.Problems)
            : wish.DryRun ? TypedResults.Ok(Answer(plan)) : TypedResults.Created($"/api/v1/experiments/{plan.Id}", Answer(plan));
    }

    private static object Answer(ExperimentPlan plan) => new
    {
        plan.Id,
        plan.Kind,
        plan.TotalSteps,
        plan.TotalFlops,
        Runs = plan.Members.Select(member => new { member.Id, member.Spec.Name, member.Steps, member.Spec.Experiment!.Role, member.Spec.Experiment.Value }),
    };

    /// <summary>What the body of a request says.</summary>
    private sealed record Wish(string? Kind, string? Run, long Step, ExperimentOptions? Options = null, bool DryRun = false);
}
