using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class InterchangeApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private const string Linear = """{"lr_scheduler_type":"linear","learning_rate":3e-4,"warmup_steps":100,"max_steps":1000}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("?format=huggingFace")]
    [InlineData("?format=huggingface")]
    public async Task Import_HuggingFace_GivesTheScheduleAndItsConvention(string query)
    {
        using var answer = await PostAsync($"/api/v1/schedules/import{query}", Linear);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var expected = ScheduleImport.Read(Linear).Schedule!;
        Assert.Equal("huggingFace", body.GetProperty("format").GetString());
        Assert.Equal(expected, ScheduleSpec.Parse(body.GetProperty("schedule").GetRawText()));
        Assert.Equal(expected.Hash.Value, body.GetProperty("hash").GetString());
        Assert.Equal(1000, body.GetProperty("totalSteps").GetInt64());
        Assert.Contains("rate 0", body.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", "{\"lr_scheduler_type\":\"reduce_lr_on_plateau\"}", "lr_scheduler_type")]
    [InlineData("import", "step,lr\n0,-1\n", "line 2")]
    [InlineData("import", "", "text")]
    [InlineData("import?lr=high", "{}", "lr")]
    [InlineData("import?lr=-1", "{}", "lr")]
    [InlineData("import?steps=1.5", "{}", "steps")]
    [InlineData("import?steps=0", "{}", "steps")]
    [InlineData("import", "step,lr\n0,1,000\n", "line 2")]
    [InlineData("import", "scheduler = CosineAnnealingLR(optimizer, T_max=10)", "lr")]
    [InlineData("import", "scheduler = StepLR(SGD(p, lr=0.1), step_size=n)", "step_size")]
    [InlineData("import", """{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":1000,"T_max":1000,"last_epoch":500}""", "last_epoch")]
    [InlineData("import", """{"type":"cosine_onecycle_schedule","transition_steps":3,"peak_value":0.02,"div_factor":-1}""", "div_factor")]
    [InlineData("export", "{}", "format")]
    [InlineData("export?format=csv", "no JSON", "text")]
    [InlineData("import?format=xml", "{}", "format")]
    [InlineData("import?format=1", "{}", "format")]
    [InlineData("export?format=xml", "{}", "format")]
    [InlineData("export?format=csv", "{}", "version")]
    [InlineData("export?format=csv", """{"version":1,"phases":[{"kind":"expression","steps":10,"formula":"1/(k-3)","constants":{}}]}""", "phases[0].formula")]
    public async Task Post_WhatCannotBe_NamesTheField(string path, string text, string field)
    {
        using var answer = await PostAsync($"/api/v1/schedules/{path}", text);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("pytorch", ExportFormat.PyTorch)]
    [InlineData("cSharp", ExportFormat.CSharp)]
    [InlineData("svg", ExportFormat.Svg)]
    public async Task Export_Schedule_IsAFile(string name, ExportFormat format)
    {
        var schedule = StandardSchedules.Cosine(1000, 1e-3, 0, 100);

        using var answer = await PostAsync($"/api/v1/schedules/export?format={name}", schedule.CanonicalJson);

        var file = ScheduleExport.Write(schedule, format);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(file.MediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(file.Name, answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(file.Text, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Import_TooMuch_IsRefused()
    {
        using var answer = await PostAsync("/api/v1/schedules/import", new string(' ', (16 << 20) + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/plain");
        return await fixture.Client.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
    }
}
