using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using Ntl.Web.Configuration;

namespace Ntl.Web.Api;

/// <summary>Keeps other web sites from reaching this server through a visitor's browser.</summary>
/// <remarks>
/// A foreign host name is refused (DNS rebinding). A request that changes something, or opens a live connection, is refused when
/// the browser says that another site sent it: by Sec-Fetch-Site, or by an Origin that is not ours. Programs that send neither are not browsers.
/// </remarks>
public sealed class RequestGuard(NtlOptions options)
{
    private static readonly string[] s_liveConnections = ["/hubs", "/_blazor"];

    private readonly HashSet<string> _hosts = new(["localhost", "127.0.0.1", "[::1]", .. options.AllowedHosts], StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (!_hosts.Contains(context.Request.Host.Host))
        {
            await RefuseAsync(
                context, StatusCodes.Status421MisdirectedRequest, "Unknown host", $"This server does not answer to the host name '{context.Request.Host.Host}'. Its setting Ntl__AllowedHosts__0 names more.");
        }
        else if (Matters(context.Request) && IsCrossSite(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Cross-site request", "Another web site may not do this in your name.");
        }
        else if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await AnswerProgramsAsync(context, next);
        }
        else
        {
            await next(context);
        }
    }

    // A program gets RFC 9457 where the framework itself refuses (no such route, unreadable body), never the people's error page.
    private static async Task AnswerProgramsAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null })
        {
            var problem = response.StatusCode == StatusCodes.Status415UnsupportedMediaType
                ? ApiResults.Refused(response.StatusCode, [new("Content-Type", "Send the body as application/json.")])
                : TypedResults.Problem(statusCode: response.StatusCode);
            await problem.ExecuteAsync(context);
        }
    }

    private static bool Matters(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || Array.Exists(s_liveConnections, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static bool IsCrossSite(HttpRequest request)
    {
        var fetchSite = request.Headers["Sec-Fetch-Site"];
        if (!StringValues.IsNullOrEmpty(fetchSite))
        {
            // "same-site" is another port of this host or a sibling domain: not us.
            return !string.Equals(fetchSite, "same-origin", StringComparison.Ordinal) && !string.Equals(fetchSite, "none", StringComparison.Ordinal);
        }

        var origin = request.Headers.Origin;
        return !StringValues.IsNullOrEmpty(origin)
            && !string.Equals(origin, UriHelper.BuildAbsolute(request.Scheme, request.Host).TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);
}
