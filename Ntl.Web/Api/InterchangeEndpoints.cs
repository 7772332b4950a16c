using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/schedules/import</c> and <c>/export</c>: schedules from and for other programs. The body is the text itself; nothing is stored.</summary>
public static class InterchangeEndpoints
{
    private const long LargestText = 16 << 20;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/import", ImportAsync);
        group.MapPost("/export", ExportAsync);
    }

    private static async Task<IResult> ImportAsync(HttpContext http, CancellationToken cancellationToken, string? format = null)
    {
        ImportFormat? known = null;
        if (format is not null && !TryRead(format, out known))
        {
            return NoFormat<ImportFormat>(format);
        }

        var outcome = ScheduleImport.Read(await ReadAsync(http, cancellationToken), known);
        return outcome.Schedule is not { } schedule
            ? ApiResults.Invalid(outcome.Problems)
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

    private static async Task<IResult> ExportAsync(HttpContext http, string format, CancellationToken cancellationToken)
    {
        if (!TryRead<ExportFormat>(format, out var known))
        {
            return NoFormat<ExportFormat>(format);
        }

        if (!ScheduleSpec.TryParse(await ReadAsync(http, cancellationToken), out var schedule, out var problems))
        {
            return ApiResults.Invalid(problems);
        }

        var file = ScheduleExport.Write(schedule, known!.Value);
        return TypedResults.File(Encoding.UTF8.GetBytes(file.Text), $"{file.MediaType}; charset=utf-8", file.Name);
    }

    private static async Task<string> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestText; // more is answered by 413
        }

        using var body = new StreamReader(http.Request.Body, Encoding.UTF8);
        return await body.ReadToEndAsync(cancellationToken);
    }

    private static bool TryRead<TFormat>(string text, out TFormat? format)
        where TFormat : struct, Enum
    {
        var isKnown = Enum.TryParse<TFormat>(text, ignoreCase: true, out var read) && Enum.IsDefined(read) && !char.IsAsciiDigit(text[0]);
        format = isKnown ? read : null;
        return isKnown;
    }

    private static IResult NoFormat<TFormat>(string format)
        where TFormat : struct, Enum =>
        ApiResults.Invalid([new SpecProblem("format", $"There is no format '{format}': {string.Join(", ", Enum.GetNames<TFormat>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.")]);
}
