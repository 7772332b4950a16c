using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Tests.Web.LossLaws;

namespace Ntl.Tests.Web.Api;

public sealed class LawApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loop_OverTheApi_GoesFromCurvesToAFitASuggestionAndItsRuns()
    {
        var curves = await ImportAllAsync();

        // The law with the least error on schedules left out is kept.
        var body = $$"""{"name":"api","train":[{{string.Join(',', curves.Take(3).Select(curve => $"\"{curve}\""))}}],"test":["{{curves[3]}}"],"replicates":10}""";
        using var fitted = await PostAsync("/api/v1/laws/fits", body);
        Assert.Equal(HttpStatusCode.Created, fitted.StatusCode);
        var fit = await fitted.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var id = fit.GetProperty("saved").GetProperty("id").GetString();
        Assert.Equal(curves.Take(3), fit.GetProperty("saved").GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("curve").GetString()!));
        Assert.InRange(fit.GetProperty("law").GetProperty("testError").GetDouble(), 0, 0.01);
        Assert.All(fit.GetProperty("law").GetProperty("parameters").EnumerateArray(), parameter => Assert.NotEqual("", parameter.GetProperty("reading").GetString()));
        var read = await fixture.Client.GetFromJsonAsync<JsonElement>(fitted.Headers.Location!, Cancellation);
        Assert.Equal(1, read.GetProperty("fit").GetProperty("version").GetInt32());

        var schedule = LawWorld.Schedules[1].Schedule;
        using var forecast = await PostAsync("/api/v1/laws/forecast", $$"""{"fit":"{{id}}","schedule":{{schedule.CanonicalJson}}}""");
        Assert.Equal(LawWorld.Losses(schedule)[^1], (await forecast.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("finalLoss").GetDouble(), 0.01);

        var question = $$"""{"fit":"{{id}}","steps":400,"peak":0.002,"warmupSteps":20""";
        using var dry = await PostAsync("/api/v1/laws/suggest", question + "}");
        Assert.Equal(HttpStatusCode.OK, dry.StatusCode);
        var advice = await dry.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(advice.GetProperty("gain").GetProperty("gain").GetDouble() > 0);
        Assert.Equal(400, ScheduleSpec.Parse(advice.GetProperty("schedule").GetRawText()).TotalSteps);

        // Imported curves do not say what to train.
        using var nothing = await PostAsync("/api/v1/laws/suggest", question + ",\"queue\":true}");
        Assert.True((await ErrorsAsync(nothing)).TryGetProperty("run", out _));
        using var run = await PostAsync("/api/v1/runs", RunSpecJson.Write(TestSpecs.Tiny(steps: 5, name: "template")));
        var template = (await run.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString();
        using var queued = await PostAsync("/api/v1/laws/suggest", question + $",\"queue\":true,\"run\":\"{template}\",\"seeds\":[7,8,9]}}");
        Assert.Equal(HttpStatusCode.Created, queued.StatusCode);
        var experiment = (await queued.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("experiment");
        Assert.Equal([7L, 7, 8, 8, 9, 9], experiment.GetProperty("runs").EnumerateArray().Select(member => member.GetProperty("seed").GetInt64()));

        var report = await fixture.Client.GetFromJsonAsync<JsonElement>(experiment.GetProperty("report").GetString(), Cancellation);
        Assert.Equal("suggestion", report.GetProperty("kind").GetString());
        Assert.NotEmpty(report.GetProperty("missing").EnumerateArray());
        using var cancelled = await PostAsync($"/api/v1/experiments/{experiment.GetProperty("id").GetString()}/cancel", "");
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
    }

    [Fact]
    public async Task BakeOff_OfTwoLaws_TellsBothWithoutKeepingOne()
    {
        var curves = await ImportAllAsync();
        var before = (await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/laws/fits", Cancellation)).GetArrayLength();

        using var answer = await PostAsync("/api/v1/laws/bakeoff", $$"""{"train":["{{curves[0]}}","{{curves[1]}}","{{curves[2]}}"],"test":["{{curves[3]}}"],"laws":["powerLaw","newton"],"replicates":0}""");

        var result = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(["powerLaw", "newton"], result.GetProperty("laws").EnumerateArray().Select(law => law.GetProperty("law").GetString()!));
        Assert.Equal("newton", result.GetProperty("chosen").GetString());
        Assert.Equal(before, (await fixture.Client.GetFromJsonAsync<JsonElement>("/api/v1/laws/fits", Cancellation)).GetArrayLength());
    }

    [Theory]
    [InlineData("/api/v1/laws/fits", """{"train":["web:1"],"law":"alchemy"}""", "train", "law")]
    [InlineData("/api/v1/laws/fits", """{}""", "train", null)]
    [InlineData("/api/v1/laws/fits", """{"train":["run:zzzzzzzzzz"]}""", "train", null)]
    [InlineData("/api/v1/laws/bakeoff", """{"train":["run:zzzzzzzzzz"],"laws":[]}""", "laws", null)]
    [InlineData("/api/v1/laws/forecast", """{"fit":"x"}""", "schedule", null)]
    [InlineData("/api/v1/laws/suggest", """{"fit":"zzzzzzzzzz","steps":0,"peak":1e-3}""", "fit", "steps")]
    [InlineData("/api/v1/laws/suggest", """{"fit":"zzzzzzzzzz","steps":10,"peak":1e-3,"run":"x"}""", "run", null)]
    [InlineData("/api/v1/laws/curves?name=a.csv", "nothing", "file", null)]
    [InlineData("/api/v1/laws/curves?name=a.csv&format=excel", "nothing", "format", null)]
    [InlineData("/api/v1/laws/curves?name=a.csv&schedule=x", "nothing", "schedule", null)]
    public async Task Post_OfABadRequest_NamesEachField(string path, string body, string field, string? other)
    {
        using var answer = await PostAsync(path, body);

        var errors = await ErrorsAsync(answer);
        Assert.True(errors.TryGetProperty(field, out _), errors.ToString());
        Assert.True(other is null || errors.TryGetProperty(other, out _), errors.ToString());
    }

    [Theory]
    [InlineData("", "step,speed\n1,2\n", "loss", "speed")]
    [InlineData("&lossColumn=nll", "step,lr,loss\n1,2,3\n", "lossColumn", "loss")]
    [InlineData("&rate=eta", "step,lr,loss\n1,2,3\n", "rate", "lr")]
    [InlineData("&stepColumn=update", "step,lr,loss\n1,2,3\n", "stepColumn", "step")]
    [InlineData("", "epoch,loss\n1,3\n", "step", "epoch")]
    [InlineData("&keepDiverged=perhaps", "step,lr,loss\n1,2,3\n", "keepDiverged", null)]
    public async Task Import_Refused_NamesTheFieldAndTheColumns(string query, string body, string field, string? column)
    {
        using var answer = await PostAsync($"/api/v1/laws/curves?name=a.csv{query}", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(refusal.GetProperty("errors").TryGetProperty(field, out _), refusal.ToString());
        if (column is not null)
        {
            Assert.Contains(column, refusal.GetProperty("columns").EnumerateArray().Select(name => name.GetString()));
        }
    }

    [Fact]
    public async Task Import_OfAWandbExport_TellsWhatWasTakenAndLeftOut()
    {
        var text = "Step,a - train/loss,a - train/lr,b - train/loss,b - train/lr\n"
            + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},{9 - i},1e-3,{(i < 7 ? "4" : "NaN")},1e-3\n"));

        using var answer = await PostAsync("/api/v1/laws/curves?name=w.csv", text);
        using var kept = await PostAsync("/api/v1/laws/curves?name=w.csv&keepDiverged=true", text);

        var outcome = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("train/loss", "train/lr", "Step"), (outcome.GetProperty("lossColumn").GetString(), outcome.GetProperty("rateColumn").GetString(), outcome.GetProperty("stepColumn").GetString()));
        Assert.Equal("a", Assert.Single(outcome.GetProperty("curves").EnumerateArray()).GetProperty("name").GetString());
        var left = Assert.Single(outcome.GetProperty("leftOut").EnumerateArray());
        Assert.Equal(("b", 7), (left.GetProperty("name").GetString(), left.GetProperty("points").GetInt32()));
        Assert.Equal(2, (await kept.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("curves").GetArrayLength());
    }

    [Theory]
    [InlineData("GET", "/api/v1/laws/fits/zzzzzzzzzz")]
    [InlineData("GET", "/api/v1/laws/families/zzzzzzzzzz")]
    [InlineData("DELETE", "/api/v1/laws/curves/zzzzzzzzzz")]
    [InlineData("GET", "/api/v1/experiments/zzzzzzzzzz/report")]
    public async Task Request_ForWhatIsNotThere_AnswersWithAProblem(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await fixture.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<List<string>> ImportAllAsync()
    {
        List<string> curves = [];
        foreach (var (name, schedule) in LawWorld.Schedules)
        {
            using var answer = await PostAsync($"/api/v1/laws/curves?name={Uri.EscapeDataString(name)}.csv", LawWorld.Csv(schedule));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            curves.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("curves")[0].GetProperty("ref").GetString()!);
        }

        return curves;
    }

    private static async Task<JsonElement> ErrorsAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        fixture.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
