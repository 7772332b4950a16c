using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ntl.Domain.Runs;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Ntl.Web.Api;

/// <summary>Refuses what an endpoint of the API cannot read: with the field in <c>errors</c>, in plain words, and with one line in the log.</summary>
public sealed partial class ApiRequestCheck(IOptions<HttpJsonOptions> json, ILogger<ApiRequestCheck> logger)
{
    private const int LargestJson = 4 << 20;
    private const int LongestLogged = 300;

    /// <summary>Checks a request, and answers what could not be bound.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            if (await RefusalOfAsync(context) is { } refusal)
            {
                await RefuseAsync(context, refusal.Status, refusal.Problems);
                return;
            }

            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, exception.StatusCode, [ProblemOf(context, exception)]);
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private static async Task<(int Status, IReadOnlyList<SpecProblem> Problems)?> RefusalOfAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<MethodInfo>() is not { } handler)
        {
            return null;
        }

        if (CharsetProblem(request) is { } charset)
        {
            return (StatusCodes.Status415UnsupportedMediaType, [charset]);
        }

        if (QueryCheck.ProblemsOf(handler, request) is { Count: > 0 } problems)
        {
            return (StatusCodes.Status400BadRequest, problems);
        }

        if (endpoint.Metadata.GetMetadata<JsonTextBody>() is null
            && endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: not null })
        {
            return null;
        }

        return await ReadBodyAsync(context) is not { } body
            ? (StatusCodes.Status413PayloadTooLarge,
                [new(ApiResults.WholeBody, FormattableString.Invariant($"A JSON body has at most {LargestJson >> 20} MiB."))])
            : JsonCheck.ProblemsOf(body.Span) is { Count: > 0 } wrong ? (StatusCodes.Status400BadRequest, wrong)
            : null;
    }

    private static SpecProblem? CharsetProblem(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return new(HeaderNames.ContentType, "The Content-Type is not a media type.");
        }

        var charset = HeaderUtilities.RemoveQuotes(type.Charset).Value;
        return string.IsNullOrEmpty(charset)
            || string.Equals(charset, "utf-8", StringComparison.OrdinalIgnoreCase)
            || string.Equals(charset, "us-ascii", StringComparison.OrdinalIgnoreCase)
                ? null
                : new(HeaderNames.ContentType, $"The charset '{charset}' is not read: send UTF-8.");
    }

    // Null where there is more than is taken. The endpoint reads the same bytes again.
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LargestJson)
        {
            return null;
        }

        var copy = new MemoryStream();
        var piece = new byte[1 << 14];
        for (int read; (read = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0;)
        {
            await copy.WriteAsync(piece.AsMemory(0, read), context.RequestAborted);
            if (copy.Length > LargestJson)
            {
                return null;
            }
        }

        copy.Position = 0;
        context.Request.Body = copy;
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }

    private SpecProblem ProblemOf(HttpContext context, BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException cause
            && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type)
        {
            return JsonFieldTypes.ProblemOf(cause, type, json.Value.SerializerOptions);
        }

        return exception.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => new(ApiResults.WholeBody, "The body is larger than this server takes."),
            StatusCodes.Status415UnsupportedMediaType => new(HeaderNames.ContentType, "Send the body as application/json."),
            StatusCodes.Status408RequestTimeout => new(ApiResults.WholeBody, "The body came too slowly."),
            _ => new(ApiResults.WholeBody, "The body is missing or cannot be read."),
        };
    }

    private async Task RefuseAsync(HttpContext context, int status, IReadOnlyList<SpecProblem> problems)
    {
        var (method, path) = (Clean(context.Request.Method), Clean(context.Request.Path));
        var reason = Clean($"{problems[0].Path}: {problems[0].Message}");
        LogRefused(method, path, status, reason);
        await ApiResults.Refused(status, problems).ExecuteAsync(context);
    }

    // What a client sends must not begin a line of the log.
    private static string Clean(string? text) =>
        new([.. (text ?? "").Take(LongestLogged).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter)]);

    [LoggerMessage(Level = LogLevel.Information, Message = "API: refused {Method} {Path} ({Status}): {Reason}")]
    private partial void LogRefused(string method, string path, int status, string reason);
}
