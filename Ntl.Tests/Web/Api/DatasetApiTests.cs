using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ntl.Tests.Support;

namespace Ntl.Tests.Web.Api;

public sealed class DatasetApiTests(NtlServerFixture fixture) : IClassFixture<NtlServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(fixture.Server.DataDirectory, "datasets");

    [Fact]
    public async Task AddPath_DoubtfulFile_NeedsConsentAndKeepsItsWarning()
    {
        var path = Write("wide.bin", [.. Enumerable.Range(0, 2000).SelectMany(i => BitConverter.GetBytes(i * 31 % 50_257))]);

        using var refused = await AddAsync(new { name = "wide16", path, format = "uint16" });
        using var right = await AddAsync(new { name = "wide32", path, format = "uint32" });
        using var added = await AddAsync(new { name = "wide16", path, format = "uint16", acceptWarnings = true });

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created, HttpStatusCode.Created), (refused.StatusCode, right.StatusCode, added.StatusCode));
        var answer = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Contains("32-bit", answer.GetProperty("errors").GetProperty("path")[0].GetString(), StringComparison.Ordinal);
        Assert.True(answer.GetProperty("errors").TryGetProperty("acceptWarnings", out _));
        Assert.Equal("widerTokens", answer.GetProperty("warnings")[0].GetProperty("kind").GetString());
        var listed = await fixture.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/datasets", UriKind.Relative), Cancellation);
        var rows = listed.EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal("widerTokens", rows["wide16"].GetProperty("warnings")[0].GetProperty("kind").GetString());
        Assert.Equal(("uint32", 0), (rows["wide32"].GetProperty("format").GetString(), rows["wide32"].GetProperty("warnings").GetArrayLength()));
    }

    [Fact]
    public async Task Upload_DoubtfulText_NeedsConsent()
    {
        var text = new ByteArrayContent("a text with a NUL\0 in it"u8.ToArray());
        using var refused = await fixture.Client.PostAsync(new Uri("/api/v1/datasets?name=nul", UriKind.Relative), text, Cancellation);
        using var added = await fixture.Client.PostAsync(
            new Uri("/api/v1/datasets?name=nul&acceptWarnings=true", UriKind.Relative), new ByteArrayContent("a text with a NUL\0 in it"u8.ToArray()), Cancellation);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created), (refused.StatusCode, added.StatusCode));
        Assert.Contains("\"file\"", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder, "*.uploading"));
    }

    [Fact]
    public async Task Upload_OfTokens_TakesTheFormat()
    {
        var tokens = Enumerable.Range(0, 500).SelectMany(i => BitConverter.GetBytes((ushort)(i * 97 % 1000))).ToArray();

        using var added = await fixture.Client.PostAsync(
            new Uri("/api/v1/datasets?name=tokens16&format=uint16&vocabularySize=1024", UriKind.Relative), new ByteArrayContent(tokens), Cancellation);

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var row = await added.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((500, 1024), (row.GetProperty("tokenCount").GetInt32(), row.GetProperty("vocabularySize").GetInt32()));
    }

    [Fact]
    public async Task AddPath_OfPipesAndDirectories_IsRefusedAtOnce()
    {
        Directory.CreateDirectory(Folder);
        var pipe = Path.Combine(Folder, "pipe");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(Cancellation);
        }

        foreach (var path in new[] { pipe, Folder + "/", Directory.CreateDirectory(Path.Combine(Folder, "sub")).FullName })
        {
            using var answer = await AddAsync(new { name = "strange", path, format = "text" }).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").TryGetProperty("path", out _));
        }
    }

    [Fact]
    public async Task AddPath_OutsideTheFolder_HasOneAnswerWhetherTheFileIsThereOrNot()
    {
        var link = Path.Combine(Folder, "link.txt");
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(link, Path.Combine(fixture.Server.DataDirectory, "ntl.db"));
        List<string> answers = [];
        var database = Path.Combine(fixture.Server.DataDirectory, "ntl.db");
        foreach (var path in new[] { "/etc/passwd", "/etc/none-such", "/proc/self/environ", database, link, "/dev/zero" })
        {
            using var answer = await AddAsync(new { name = "outside", path, format = "text" });

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            answers.Add(problem.GetProperty("errors").GetProperty("path")[0].GetString()!.Replace(path, "PATH", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct());
        Assert.DoesNotContain(fixture.Server.DataDirectory, answers[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"path":"/x","format":"text"}""", "name")]
    [InlineData("""{"name":null,"path":"/x","format":"text"}""", "name")]
    [InlineData("""{"name":"a","format":"text"}""", "path")]
    [InlineData("""{"name":"a","path":"/x"}""", "format")]
    [InlineData("""{"name":"a","path":"/x","format":"uint8"}""", "format")]
    [InlineData("""{"name":"a","path":"/x","format":1}""", "format")]
    [InlineData("""{"name":"a","path":"/x","format":"text","vocabularySize":0}""", "vocabularySize")]
    [InlineData("""{"name":"a\ud800","path":"/x","format":"text"}""", "name")]
    public async Task AddPath_IncompleteBody_NamesTheField(string body, string field)
    {
        using var answer = await fixture.Client.PostAsync(
            new Uri("/api/v1/datasets/path", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Start_AfterAKilledUpload_RemovesItsRest()
    {
        using var directory = new TemporaryDirectory();
        var rest = Path.Combine(Directory.CreateDirectory(directory["datasets"]).FullName, "abc.uploading");
        await File.WriteAllBytesAsync(rest, new byte[100], Cancellation);

        await using var server = await NtlServer.StartAsync(directory.Root);

        Assert.False(File.Exists(rest));
    }

    [Fact]
    public async Task DataDirectory_AfterAStart_IsItsOwnersAlone()
    {
        using var directory = new TemporaryDirectory();
        var data = directory["data"];
        await using (var first = await NtlServer.StartAsync(data))
        {
            Assert.Empty(OpenToOthers(data));
        }

        await File.WriteAllTextAsync(Path.Combine(data, "runs.txt"), "older servers left this open", Cancellation);
        using (var open = Process.Start("chmod", ["-R", "go+rX", data]))
        {
            await open.WaitForExitAsync(Cancellation);
        }

        Assert.NotEmpty(OpenToOthers(data));
        await using var second = await NtlServer.StartAsync(data);

        Assert.Empty(OpenToOthers(data));
    }

    private static IEnumerable<string> OpenToOthers(string root) =>
        new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(root))
            .Where(entry => ((int)entry.UnixFileMode & 0b000_111_111) != 0)
            .Select(entry => $"{entry.FullName} {entry.UnixFileMode}");

    private string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return Path.Combine(Folder, name);
    }

    private Task<HttpResponseMessage> AddAsync(object body) =>
        fixture.Client.PostAsJsonAsync(new Uri("/api/v1/datasets/path", UriKind.Relative), body, Cancellation);
}
