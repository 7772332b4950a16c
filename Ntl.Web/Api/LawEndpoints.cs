using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Laws;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/laws</c>: curves, fits, forecasts and suggestions.</summary>
public static class LawEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/curves", (IImportedCurves curves, CancellationToken cancellationToken) => curves.ListAsync(cancellationToken));
        group.MapPost("/curves", ImportAsync).IsHeavy(HeavyWork.Computing);
        group.MapDelete("/curves/{id}", DeleteAsync);
        group.MapGet("/families/{run}", FamilyAsync);
        group.MapPost("/bakeoff", BakeOffAsync).IsHeavy(HeavyWork.Computing);
        group.MapGet("/fits", (ILawFits fits, CancellationToken cancellationToken) => fits.ListAsync(cancellationToken));
        group.MapPost("/fits", FitAsync).IsHeavy(HeavyWork.Computing);
        group.MapGet("/fits/{id}", GetFitAsync);
        group.MapPost("/forecast", ForecastAsync).IsHeavy(HeavyWork.Computing);
        group.MapPost("/suggest", SuggestAsync).IsHeavy(HeavyWork.Computing);
    }

    // The body is the file itself.
    private static async Task<IResult> ImportAsync(
        HttpContext http,
        string name,
        IImportedCurves curves,
        CancellationToken cancellationToken,
        string? format = null,
        string? loss = null,
        string? rate = null,
        string? step = null,
        string? lossColumn = null,
        string? rateColumn = null,
        string? stepColumn = null,
        string? keepDiverged = null,
        string? schedule = null)
    {
        List<SpecProblem> problems = [];
        CurveFileFormat? kind = null;
        if (format is { Length: > 0 })
        {
            kind = ApiEnum.TryRead<CurveFileFormat>(format, out var known) ? known : null;
            if (kind is null)
            {
                problems.Add(new("format", $"There is no format '{format}': {string.Join(", ", Enum.GetNames<CurveFileFormat>().Select(JsonNamingPolicy.CamelCase.ConvertName))}."));
            }
        }

        if (keepDiverged is { Length: > 0 } && !bool.TryParse(keepDiverged, out _))
        {
            problems.Add(new("keepDiverged", $"Give true or false; it is '{keepDiverged}'."));
        }

        var rates = string.IsNullOrEmpty(schedule) ? null : ReadSchedule(schedule, "schedule", problems);
        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var choice = new CurveFileChoice(Given(lossColumn) ?? Given(loss), Given(rateColumn) ?? Given(rate), Given(stepColumn) ?? Given(step), bool.TryParse(keepDiverged, out var isKept) && isKept);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = CurveFile.MaximumBytes + 1;
        }

        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content, cancellationToken);
        var import = new CurveImport(name, content.GetBuffer().AsMemory(0, (int)content.Length)) { Format = kind, Choice = choice, Schedule = rates };
        var outcome = await curves.ImportAsync(import, cancellationToken);
        return outcome.Problems.Count > 0
            ? Refused(outcome, problem => problem.Path switch
            {
                "loss" when Given(lossColumn) is not null => "lossColumn",
                "rate" when Given(rateColumn) is not null => "rateColumn",
                "step" when Given(stepColumn) is not null => "stepColumn",
                var field => field,
            })
            : TypedResults.Created(
                "/api/v1/laws/curves",
                new { outcome.Curves, outcome.LossColumn, outcome.RateColumn, outcome.StepColumn, outcome.Series, outcome.LeftOut, outcome.Notes });
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // With what there is to choose from.
    private static ValidationProblem Refused(CurveImportOutcome outcome, Func<SpecProblem, string> field) => TypedResults.ValidationProblem(
        outcome.Problems.GroupBy(field, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal),
        title: "No curve could be read.",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["columns"] = outcome.Series, ["leftOut"] = outcome.LeftOut });

    private static async Task<IResult> DeleteAsync(string id, IImportedCurves curves, CancellationToken cancellationToken) =>
        RunId.TryParse(id, out var curve) && await curves.DeleteAsync(curve, cancellationToken)
            ? TypedResults.NoContent()
            : NotFound($"There is no imported curve '{id}'.");

    private static async Task<IResult> FamilyAsync(string run, IRunFamilies families, CancellationToken cancellationToken) =>
        RunId.TryParse(run, out var id) && await families.ListAsync(id, cancellationToken) is { Count: > 0 } rows
            ? TypedResults.Ok(rows)
            : NotFound($"There is no run '{run}', or none of its family has finished.");

    private static async Task<IResult> BakeOffAsync(CurveWish wish, ILawBench bench, CancellationToken cancellationToken)
    {
        var (request, problems) = Read(wish);
        if (request is null)
        {
            return ApiResults.Invalid(problems);
        }

        var outcome = await bench.RunAsync(request, null, cancellationToken);
        return outcome.Result is { } result ? TypedResults.Ok(LawAnswers.Of(result)) : ApiResults.Invalid(outcome.Problems);
    }

    private static async Task<IResult> FitAsync(FitWish wish, ILawBench bench, ILawFits fits, CancellationToken cancellationToken)
    {
        var (request, problems) = Read(new CurveWish(
            wish.Train, wish.Test, wish.Law is null ? null : [wish.Law], wish.Replicates, wish.Skip, wish.WeightDecay));
        if (request is null)
        {
            return ApiResults.Invalid(problems);
        }

        var outcome = await bench.RunAsync(request, null, cancellationToken);
        if (outcome.Result is not { } result)
        {
            return ApiResults.Invalid(outcome.Problems);
        }

        if (result.Chosen is not { Fit: { } fit } row)
        {
            return ApiResults.Invalid([new SpecProblem("law", result.Rows[0].Problem ?? "No law could be fitted.")]);
        }

        var saved = await fits.SaveAsync(wish.Name ?? $"{LawNames.TitleOf(row.Kind)} on {result.Train.Count} curves", fit, result.Train, cancellationToken);
        return saved.Fit is { } kept
            ? TypedResults.Created($"/api/v1/laws/fits/{kept.Id}", new { Saved = kept, Law = LawAnswers.Of(row), result.Cautions })
            : ApiResults.Invalid(saved.Problems);
    }

    private static async Task<IResult> GetFitAsync(string id, ILawFits fits, CancellationToken cancellationToken) =>
        await fits.FindAsync(id, cancellationToken) is { } saved && await fits.ReadAsync(id, cancellationToken) is { } fit
            ? TypedResults.Ok(new { Saved = saved, fit.Parameters, fit.Range, fit.Cautions, Fit = JsonNode.Parse(LawFitJson.Write(fit)) })
            : NotFound($"There is no saved fit '{id}'.");

    private static async Task<IResult> ForecastAsync(ForecastWish wish, ILossForecasts forecasts, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        if (ReadSchedule(wish.Schedule?.ToJsonString() ?? "", "schedule", problems) is not { } schedule)
        {
            return ApiResults.Invalid(problems);
        }

        return await forecasts.ForecastAsync(wish.Fit ?? "", schedule, cancellationToken) is { } forecast
            ? TypedResults.Ok(forecast)
            : ApiResults.Invalid([new SpecProblem("fit", $"There is no saved fit '{wish.Fit}'.")]);
    }

    private static async Task<IResult> SuggestAsync(SuggestWish wish, ISuggestions suggestions, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        var baseline = wish.Baseline is null ? null : ReadSchedule(wish.Baseline.ToJsonString(), "baseline", problems);
        RunId? template = null;
        if (wish.Run is not null)
        {
            template = RunId.TryParse(wish.Run, out var run) ? run : null;
            if (template is null)
            {
                problems.Add(new("run", $"'{wish.Run}' is not a run's identity."));
            }
        }

        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var constraints = new AdviceConstraints(wish.Steps, wish.Peak, wish.Floor, wish.WarmupSteps, wish.IsMonotone);
        var outcome = await suggestions.SuggestAsync(new(wish.Fit ?? "", constraints, baseline), cancellationToken);
        if (outcome.Suggestion is not { } suggestion)
        {
            return ApiResults.Invalid(outcome.Problems);
        }

        if (!wish.Queue)
        {
            return TypedResults.Ok(LawAnswers.Of(suggestion, null));
        }

        var proposal = await suggestions.QueueAsync(suggestion, template, wish.Seeds ?? [1, 2, 3], cancellationToken);
        return proposal.Plan is { } plan
            ? TypedResults.Created($"/api/v1/experiments/{plan.Id}", LawAnswers.Of(suggestion, plan))
            : ApiResults.Invalid(proposal.Problems);
    }

    private static (BakeOffRequest? Request, IReadOnlyList<SpecProblem> Problems) Read(CurveWish wish)
    {
        List<SpecProblem> problems = [];
        var (train, test) = (Refs("train", wish.Train), Refs("test", wish.Test));
        List<LawKind> laws = [];
        foreach (var key in wish.Laws ?? [.. LawNames.All.Select(LawNames.KeyOf)])
        {
            if (LawNames.Parse(key) is { } kind)
            {
                laws.Add(kind);
            }
            else
            {
                problems.Add(new("law", $"There is no law '{key}': {string.Join(", ", LawNames.All.Select(LawNames.KeyOf))}."));
            }
        }

        return problems.Count > 0
            ? (null, problems)
            : (new BakeOffRequest(train, test)
            {
                Laws = laws,
                Replicates = wish.Replicates ?? new LawFitOptions().Replicates,
                SkippedShare = wish.Skip ?? new LawFitOptions().SkippedShare,
                WeightDecay = wish.WeightDecay,
            }, []);

        List<CurveRef> Refs(string field, string[]? names)
        {
            List<CurveRef> refs = [];
            foreach (var name in names ?? [])
            {
                if (CurveRef.TryParse(name, out var reference))
                {
                    refs.Add(reference);
                }
                else
                {
                    problems.Add(new(field, $"'{name}' is no curve: run: or file: and ten characters."));
                }
            }

            return refs;
        }
    }

    private static ScheduleSpec? ReadSchedule(string json, string path, List<SpecProblem> problems)
    {
        if (ScheduleSpec.TryParse(json, out var schedule, out var wrong))
        {
            return schedule;
        }

        problems.AddRange(wrong.Select(problem => problem with { Path = $"{path}.{problem.Path}".TrimEnd('.') }));
        return null;
    }

    private static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    /// <summary>Curves for a bake-off.</summary>
    private sealed record CurveWish(
        string[]? Train = null, string[]? Test = null, string[]? Laws = null, int? Replicates = null, double? Skip = null, double? WeightDecay = null);

    /// <summary>Curves for a fit to be saved.</summary>
    private sealed record FitWish(
        string? Name = null, string[]? Train = null, string[]? Test = null, string? Law = null, int? Replicates = null, double? Skip = null, double? WeightDecay = null);

    /// <summary>A schedule to be predicted.</summary>
    private sealed record ForecastWish(string? Fit = null, JsonNode? Schedule = null);

    /// <summary>A question for a schedule.</summary>
    private sealed record SuggestWish(
        string? Fit = null,
        long Steps = 0,
        double Peak = 0,
        double Floor = 0,
        long WarmupSteps = 0,
        bool IsMonotone = true,
        JsonNode? Baseline = null,
        string? Run = null,
        long[]? Seeds = null,
        bool Queue = false);
}
