using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Features;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/schedules/import</c> and <c>/export</c>: schedules from and for other programs. The body is the text itself; nothing is stored.</summary>
public static class InterchangeEndpoints
{
    private const int LargestText = 16 << 20;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/import", ImportAsync).IsHeavy(HeavyWork.Computing);
        group.MapPost("/export", ExportAsync).IsHeavy(HeavyWork.Computing);
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, CancellationToken cancellationToken, string? format = null, string? lr = null, string? steps = null)
    {
        ImportFormat? known = null;
        if (format is not null && !TryRead(format, out known))
        {
            return NoFormat<ImportFormat>(format);
        }

        List<SpecProblem> problems = [];
        var defaults = new ImportDefaults(Rate(lr, problems), Steps(steps, problems));
        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        if (await ReadAsync(http, cancellationToken) is not { } text)
        {
            return TooLarge();
        }

        var outcome = ScheduleImport.Read(text, known, defaults);
        return outcome.Schedule is not { } schedule
            ? ApiResults.Invalid(InText(outcome.Problems))
            : TypedResults.Ok(new
            {
                outcome.Format,
                Schedule = schedule,
                Hash = schedule.Hash.Value,
                schedule.Description,
                schedule.TotalSteps,
                schedule.IntrinsicTime,
                schedule.Peak,
                schedule.Minimum,
                outcome.Notes,
                outcome.LargestDifference,
            });
    }

    private static async Task<IResult> ExportAsync(HttpContext http, CancellationToken cancellationToken, string? format = null)
    {
        if (format is null || !TryRead<ExportFormat>(format, out var known))
        {
            return NoFormat<ExportFormat>(format);
        }

        if (await ReadAsync(http, cancellationToken) is not { } text)
        {
            return TooLarge();
        }

        if (!ScheduleSpec.TryParse(text, out var schedule, out var problems))
        {
            return ApiResults.Invalid(InText(problems));
        }

        var file = ScheduleExport.Write(schedule, known!.Value);
        return TypedResults.File(Encoding.UTF8.GetBytes(file.Text), $"{file.MediaType}; charset=utf-8", file.Name);
    }

    // What is wrong with the text as a whole is told as "text".
    private static List<SpecProblem> InText(IEnumerable<SpecProblem> problems) =>
        [.. problems.Select(problem => problem.Path.Length == 0 ? problem with { Path = "text" } : problem)];

    private static double? Rate(string? text, List<SpecProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate))
        {
            return rate;
        }

        problems.Add(new("lr", $"A learning rate is a number such as 3e-4, but it is '{Short(text)}'."));
        return null;
    }

    private static long? Steps(string? text, List<SpecProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var steps))
        {
            return steps;
        }

        problems.Add(new("steps", $"The number of updates is a whole number, but it is '{Short(text)}'."));
        return null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // Null where there is more than is taken. A little more than that is read, so that who sends it gets an answer before the connection ends.
    private static async Task<string?> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        const int Spare = 1 << 20;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestText + Spare;
        }

        using var body = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await body.ReadToEndAsync(cancellationToken);
        return text.Length <= LargestText ? text : null;
    }

    private static ProblemHttpResult TooLarge() =>
        TypedResults.Problem("A schedule's text has at most 16 MiB.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too large");

    private static bool TryRead<TFormat>(string text, out TFormat? format)
        where TFormat : struct, Enum
    {
        var isKnown = ApiEnum.TryRead<TFormat>(text, out var read);
        format = isKnown ? read : null;
        return isKnown;
    }

    private static IResult NoFormat<TFormat>(string? format)
        where TFormat : struct, Enum
    {
        var known = string.Join(", ", Enum.GetNames<TFormat>().Select(JsonNamingPolicy.CamelCase.ConvertName));
        return ApiResults.Invalid([new SpecProblem("format", format is null ? $"Give a format: {known}." : $"There is no format '{Short(format)}'; there are {known}.")]);
    }
}
