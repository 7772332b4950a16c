using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Ntl.Domain.Schedules;
using Ntl.Web.Api;
using Ntl.Web.Components;
using Ntl.Web.Configuration;
using Ntl.Web.Load;

namespace Ntl.Bench.Burst;

/// <summary>
/// Requests that a server answers with work, one for each expensive endpoint that it has. Endpoints are found by their metadata, so that a
/// new one joins by itself.
/// </summary>
/// <remarks>The load test compiles this file too.</remarks>
internal sealed class HeavyRequests
{
    private const int CurveSteps = 400;

    private readonly string _runs;
    private readonly string _run;
    private readonly string _track;
    private readonly string _entry;
    private readonly string _tokens;
    private string _experiment = "";
    private string _fit = "";
    private string[] _curves = [];

    private HeavyRequests(IReadOnlyList<string> runs, string track, string entry, string tokens) =>
        (_runs, _run, _track, _entry, _tokens) = (string.Join(',', runs), runs[0], track, entry, tokens);

    private static ScheduleSpec[] Schedules { get; } =
    [
        StandardSchedules.Constant(CurveSteps, 2e-3, 20),
        StandardSchedules.Cosine(CurveSteps, 2e-3, 2e-4, 20),
        StandardSchedules.WarmupStableDecay(CurveSteps, 2e-3, DecayShape.Linear, 80, 1e-4, 20),
    ];

    /// <summary>Every expensive endpoint, as <c>GET /compare/export.html</c>.</summary>
    public static async Task<IReadOnlyList<string>> EndpointsAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddNtlServer();
        await using var app = builder.Build();
        UiRegistration.MapFiles(app);
        app.MapNtlServer();
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<HeavyEndpoint>() is not null)
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                    .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Gives a server what the requests are about, besides its runs: curves, a fit and a sweep, which is cancelled before it trains.
    /// </summary>
    /// <param name="client">Of the server.</param>
    /// <param name="runs">Runs with points, all compared at once.</param>
    /// <param name="track">A track with entries.</param>
    /// <param name="entry">One of them.</param>
    /// <param name="tokens">A token file (<c>uint16</c>) in the server's data directory.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    public static async Task<HeavyRequests> PrepareAsync(
        HttpClient client, IReadOnlyList<string> runs, string track, string entry, string tokens, CancellationToken cancellationToken)
    {
        HeavyRequests requests = new(runs, track, entry, tokens);
        List<string> curves = [];
        for (var i = 0; i < Schedules.Length; i++)
        {
            var imported = await SendAsync(client, Post($"/api/v1/laws/curves?name=burst{i}.csv", Csv(Schedules[i], i)), cancellationToken);
            curves.Add(imported.GetProperty("curves")[0].GetProperty("ref").GetString()!);
        }

        requests._curves = [.. curves];
        var fit = await SendAsync(client, requests.Request("POST /api/v1/laws/fits", 0), cancellationToken);
        requests._fit = fit.GetProperty("saved").GetProperty("id").GetString()!;
        var sweep = await SendAsync(client, Post("/api/v1/experiments/sweep", requests.Sweep(isDry: false)), cancellationToken);
        requests._experiment = sweep.GetProperty("id").GetString()!;
        await SendAsync(client, Post($"/api/v1/experiments/{requests._experiment}/cancel", ""), cancellationToken);
        return requests;
    }

    /// <summary>A request for an endpoint.</summary>
    /// <param name="endpoint">As <see cref="EndpointsAsync"/> names it.</param>
    /// <param name="number">Tells the requests of a burst apart.</param>
    public HttpRequestMessage Request(string endpoint, int number) => endpoint switch
    {
        "GET /compare/export.html" or "GET /compare/curves" or "GET /api/v1/compare" or "GET /api/v1/compare/points.csv" =>
            Get($"{endpoint[4..]}?runs={_runs}"),
        "GET /api/v1/runs/{id}/series" => Get($"/api/v1/runs/{_run}/series?key=train/loss&smoothing=0.9"),
        "POST /api/v1/datasets/path" => Post(
            "/api/v1/datasets/path",
            JsonSerializer.Serialize(new { name = $"burst {number} {Guid.NewGuid():N}", path = _tokens, format = "uint16" })),
        "POST /api/v1/experiments/sweep" => Post("/api/v1/experiments/sweep", Sweep(isDry: true)),
        "POST /api/v1/laws/curves" => Post($"/api/v1/laws/curves?name=more{number}.csv", Csv(Schedules[0], number)),
        "POST /api/v1/laws/bakeoff" =>
            Post("/api/v1/laws/bakeoff", $$"""{"train":[{{CurveNames}}],"laws":["powerLaw","newton"],"replicates":0}"""),
        "POST /api/v1/laws/fits" =>
            Post("/api/v1/laws/fits", $$"""{"name":"burst {{number}}","train":[{{CurveNames}}],"law":"newton","replicates":0}"""),
        "POST /api/v1/laws/forecast" => Post("/api/v1/laws/forecast", $$"""{"fit":"{{_fit}}","schedule":{{Schedules[1].CanonicalJson}}}"""),
        "POST /api/v1/laws/suggest" => Post("/api/v1/laws/suggest", $$"""{"fit":"{{_fit}}","steps":400,"peak":0.002,"warmupSteps":20}"""),
        "POST /api/v1/schedules/import" => Post("/api/v1/schedules/import", Schedules[2].CanonicalJson),
        "POST /api/v1/schedules/export" => Post("/api/v1/schedules/export?format=csv", Schedules[2].CanonicalJson),
        _ when endpoint.StartsWith("GET ", StringComparison.Ordinal) => Get(WithId(endpoint[4..])),
        _ => throw new InvalidOperationException($"There is no request for the expensive endpoint '{endpoint}': add one here."),
    };

    private string CurveNames => string.Join(',', _curves.Select(curve => $"\"{curve}\""));

    private string Sweep(bool isDry) =>
        $$"""{"run":"{{_run}}","knobs":[{"knob":"peakRate","values":[0.001,0.01]}],"seedCount":2,"dryRun":{{(isDry ? "true" : "false")}}}""";

    private string WithId(string path) => path.Replace(
        "{id}",
        path.Contains("/runs/", StringComparison.Ordinal) ? _run
            : path.Contains("/tracks/", StringComparison.Ordinal) ? _track
            : path.Contains("/entries/", StringComparison.Ordinal) ? _entry
            : _experiment,
        StringComparison.Ordinal);

    // The losses of a valley that cools: a law of the shape that the fits know.
    private static string Csv(ScheduleSpec schedule, int seed)
    {
        var (random, csv, time) = (new Random(seed), new StringBuilder("step,lr,loss\n"), 0.0);
        for (var step = 0L; step < schedule.TotalSteps; step++)
        {
            var rate = schedule.LearningRate(step);
            time += rate;
            if (step >= 20 && step % 4 == 0)
            {
                var loss = 1.5 + (0.3 / Math.Sqrt(time)) + (125 * rate) + (2e-4 * random.NextDouble());
                csv.Append(CultureInfo.InvariantCulture, $"{step},{rate:R},{loss:R}\n");
            }
        }

        return csv.ToString();
    }

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, new Uri(path, UriKind.Relative));

    private static HttpRequestMessage Post(string path, string body) =>
        new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var own = request;
        using var answer = await client.SendAsync(own, cancellationToken);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : throw new InvalidOperationException(
                $"The server refused {own.Method} {own.RequestUri}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
