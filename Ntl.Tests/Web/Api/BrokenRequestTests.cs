using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Ntl.Tests.Support;
using Ntl.Web.Api;
using Ntl.Web.Configuration;

namespace Ntl.Tests.Web.Api;

/// <summary>Every endpoint of the API with broken queries and bodies. The endpoints are read from the routes, so that no new one is left out.</summary>
public sealed partial class BrokenRequestTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static readonly string[] s_inward =
        ["System.", "Microsoft.", "Exception", "could not be converted", "BytePositionInLine", "   at ", "Ntl.Web", "Ntl.Domain"];

    // Each is refused wherever a JSON body is read.
    private static readonly byte[][] s_brokenBodies =
    [
        [], "null"u8.ToArray(), "[]"u8.ToArray(), "5"u8.ToArray(), "\"text\""u8.ToArray(), "{"u8.ToArray(), "{\"name\":1,}"u8.ToArray(),
        "not json"u8.ToArray(), "{\"name\":\"a\",\"name\":\"b\"}"u8.ToArray(),
        "{\"name\":\"\\ud800\"}"u8.ToArray(), "{\"name\":\"\\udc00x\"}"u8.ToArray(), "{\"name\":\"a\\u0000\"}"u8.ToArray(),
        "{\"\\ud800\":1}"u8.ToArray(), [.. "{\"name\":\""u8, 0xFF, .. "\"}"u8], [.. "{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        [.. Enumerable.Repeat((byte)'[', 500)],
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_BrokenAtAnyEndpoint_IsRefusedByItsField()
    {
        List<string> faults = [];
        var tried = 0;
        foreach (var endpoint in Endpoints())
        {
            foreach (var parameter in QueryParametersOf(endpoint))
            {
                foreach (var value in BrokenValues(parameter))
                {
                    tried++;
                    var query = $"{parameter.Name}={Uri.EscapeDataString(value)}";
                    await ExpectAsync(endpoint, query, "{}"u8.ToArray(), faults, parameter.Name!);
                }
            }
        }

        Assert.Empty(faults);
        Assert.True(tried > 80, $"Only {tried} broken queries were tried.");
    }

    [Fact]
    public async Task Query_WithoutARequiredField_IsRefusedByItsField()
    {
        List<string> faults = [];
        foreach (var (endpoint, name) in Endpoints().SelectMany(endpoint => RequiredOf(endpoint).Select(name => (endpoint, name))))
        {
            await ExpectAsync(endpoint, "", "{}"u8.ToArray(), faults, name);
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Body_BrokenAtAnyEndpoint_IsRefusedWithAReason()
    {
        List<string> faults = [];
        foreach (var endpoint in Endpoints().Where(ReadsJson))
        {
            foreach (var body in s_brokenBodies)
            {
                await ExpectAsync(endpoint, RequiredQuery(endpoint), body, faults);
            }

            await ExpectAsync(endpoint, RequiredQuery(endpoint), "{}"u8.ToArray(), faults, "Content-Type", contentType: "application/json; charset=nonsense");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task BodyField_OfAWrongType_IsRefusedByItsField()
    {
        List<string> faults = [];
        var tried = 0;
        foreach (var endpoint in Endpoints())
        {
            foreach (var field in FieldsOf(endpoint))
            {
                foreach (var value in WrongValues(field.PropertyType))
                {
                    tried++;
                    var name = JsonNamingPolicy.CamelCase.ConvertName(field.Name);
                    await ExpectAsync(endpoint, RequiredQuery(endpoint), Encoding.UTF8.GetBytes($"{{\"{name}\":{value}}}"), faults, name);
                }
            }
        }

        Assert.Empty(faults);
        Assert.True(tried > 60, $"Only {tried} wrong values were tried.");
    }

    [Fact]
    public async Task BodyField_NullOrStrange_IsNeverAnErrorOfTheServer()
    {
        List<string> faults = [];
        foreach (var endpoint in Endpoints())
        {
            foreach (var field in FieldsOf(endpoint))
            {
                foreach (var value in new[] { "null", "[null]", "[]", "\"NaN\"", "-1", "9223372036854775807", "{\"values\":null}", "[{}]", "\"\"" })
                {
                    var name = JsonNamingPolicy.CamelCase.ConvertName(field.Name);
                    using var answer = await SendAsync(endpoint, RequiredQuery(endpoint), Encoding.UTF8.GetBytes($"{{\"{name}\":{value}}}"), "application/json");
                    if ((int)answer.StatusCode >= 500)
                    {
                        faults.Add($"{Name(endpoint)} {name}={value}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("most=NaN", "most")]
    [InlineData("most=0", "most")]
    [InlineData("smooth=7", "smooth")]
    [InlineData("smooth=NaN", "smooth")]
    [InlineData("from=zz&to=5", "from")]
    [InlineData("from=1&to=Infinity", "to")]
    [InlineData("from=5&to=5", "to")]
    [InlineData("from=5", "to")]
    [InlineData("x=volts", "x")]
    [InlineData("logx=maybe", "logx")]
    [InlineData("order=up", "order")]
    [InlineData("band=7", "band")]
    [InlineData("most=1&most=2", "most")]
    public async Task Compare_BrokenQuery_IsRefusedByItsField(string query, string field)
    {
        List<string> faults = [];
        foreach (var endpoint in Endpoints().Where(endpoint => Path(endpoint).StartsWith("/api/v1/compare", StringComparison.Ordinal)))
        {
            await ExpectAsync(endpoint, "search=x&" + query, [], faults, field);
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("/api/v1/runs?sort=3", "sort")]
    [InlineData("/api/v1/runs?sort=name,status", "sort")]
    [InlineData("/api/v1/runs?status=4", "status")]
    [InlineData("/api/v1/schedules?sort=nonsense", "sort")]
    [InlineData("/api/v1/runs/0123456789/series?key=train/loss&axis=2", "axis")]
    [InlineData("/api/v1/runs?take=1&take=2", "take")]
    public async Task Enumeration_ThatIsNoName_IsRefusedByItsField(string path, string field)
    {
        using var answer = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(JsonDocument.Parse(text).RootElement.GetProperty("errors").TryGetProperty(field, out _), text);
    }

    [Fact]
    public async Task Body_Malformed_IsOneLineInTheLogAndTellsThePlace()
    {
        using var answer = await fixture.Client.PostAsync(
            new Uri("/api/v1/experiments", UriKind.Relative), new StringContent("{\"kind\":\n  \"anneal\",, }", Encoding.UTF8, "application/json"), Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        await fixture.Client.GetStringAsync(new Uri("/api/v1/health", UriKind.Relative), Cancellation);

        Assert.Contains("line 2, column 12", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", fixture.Server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("unhandled exception", fixture.Server.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static List<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddNtlServer();
        var app = builder.Build();
        app.MapNtlServer();
        List<RouteEndpoint> endpoints = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => Path(endpoint).StartsWith("/api/", StringComparison.Ordinal))];
        Assert.True(endpoints.Count > 40, $"Only {endpoints.Count} endpoints were found.");
        return endpoints;
    }

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];

    private static string Name(RouteEndpoint endpoint) => $"{Method(endpoint)} {Path(endpoint)}";

    private static bool ReadsJson(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null || endpoint.Metadata.GetMetadata<JsonTextBody>() is not null;

    private static IEnumerable<ParameterInfo> QueryParametersOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Where(parameter =>
            !endpoint.RoutePattern.Parameters.Any(route => route.Name == parameter.Name) && Bare(parameter.ParameterType) is { IsPrimitive: true });

    private static IEnumerable<string> RequiredOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters()
            .Where(parameter => !endpoint.RoutePattern.Parameters.Any(route => route.Name == parameter.Name)
                && !parameter.HasDefaultValue
                && (parameter.ParameterType == typeof(string) || parameter.ParameterType.IsPrimitive))
            .Select(parameter => parameter.Name!);

    private static string RequiredQuery(RouteEndpoint endpoint) =>
        string.Join('&', RequiredOf(endpoint).Select(name => $"{name}={(name == "position" ? "1" : "json")}"));

    private static PropertyInfo[] FieldsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type ? type.GetProperties() : [];

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static IEnumerable<string> BrokenValues(ParameterInfo parameter) => Type.GetTypeCode(Bare(parameter.ParameterType)) switch
    {
        TypeCode.Boolean => ["maybe", "2"],
        TypeCode.Double => ["NaN", "Infinity", "-Infinity", "zz", "1e999"],
        _ => ["zz", "1.5", "NaN", "99999999999999999999", "1,5", "-1"],
    };

    private static IEnumerable<string> WrongValues(Type type)
    {
        var bare = Bare(type);
        return bare == typeof(string) ? ["5", "true", "{}", "[1]"]
            : bare == typeof(bool) ? ["5", "\"yes\"", "[]"]
            : bare == typeof(int) || bare == typeof(long) ? ["\"ten\"", "1.5", "true", "{}", "1e30"]
            : bare == typeof(double) ? ["\"ten\"", "true", "{}"]
            : bare.IsArray ? ["5", "{}", "\"x\""]
            : [];
    }

    private async Task ExpectAsync(
        RouteEndpoint endpoint, string query, byte[] body, List<string> faults, string? field = null, string contentType = "application/json")
    {
        using var answer = await SendAsync(endpoint, query, body, contentType);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var what = $"{Name(endpoint)}?{query} {Encoding.UTF8.GetString(body)}: {(int)answer.StatusCode} {text}";
        var isProblem = (int)answer.StatusCode is >= 400 and < 500 && answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        if (!isProblem
            || s_inward.Any(word => text.Contains(word, StringComparison.Ordinal))
            || !JsonDocument.Parse(text).RootElement.TryGetProperty("errors", out var errors)
            || !errors.EnumerateObject().Any(error => field is null || error.Name == field || error.Name.Split('.', '[')[0] == field))
        {
            faults.Add(what);
        }
    }

    private Task<HttpResponseMessage> SendAsync(RouteEndpoint endpoint, string query, byte[] body, string contentType)
    {
        var path = RouteParameter().Replace(Path(endpoint), "0123456789").TrimEnd('/');
        var request = new HttpRequestMessage(new HttpMethod(Method(endpoint)), query.Length == 0 ? path : $"{path}?{query}");
        if (Method(endpoint) is "POST" or "PUT")
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return fixture.Client.SendAsync(request, Cancellation);
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex RouteParameter();
}
