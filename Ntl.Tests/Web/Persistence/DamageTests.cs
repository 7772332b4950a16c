using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Ntl.Tests.Support;
using Ntl.Web.Persistence;

namespace Ntl.Tests.Web.Persistence;

public sealed class DamageTests : IDisposable
{
    private const int PageBytes = 4096;

    private static readonly Dictionary<string, string> s_quiet = new() { ["Ntl__RunsPerDevice"] = "0" };

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _directory["data"];

    private string Database => Path.Combine(Data, "ntl.db");

    /// <summary>A share of the file's pages each: the header, roots of tables and indexes, rows.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.03)]
    [InlineData(0.15)]
    [InlineData(0.3)]
    [InlineData(0.45)]
    [InlineData(0.6)]
    [InlineData(0.75)]
    [InlineData(0.99)]
    public async Task Start_OnADatabaseWithAnOverwrittenPage_SaysSoWithoutATrace(double place)
    {
        await MakeAsync(runs: 12);
        Overwrite((int)(place * new FileInfo(Database).Length / PageBytes));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => NtlServer.StartAsync(Data, s_quiet));

        Assert.Contains("exit code 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("The database is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Contains("restore --from", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_WithoutADatabaseBesideRuns_IsRefusedUntilANewLabIsWanted(bool isEmpty)
    {
        Directory.CreateDirectory(Path.Combine(Data, "runs", "0123456789"));
        if (isEmpty)
        {
            await File.WriteAllBytesAsync(Database, [], Cancellation);
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => NtlServer.StartAsync(Data, s_quiet));
        await using var begun = await NtlServer.StartAsync(Data, new Dictionary<string, string> { ["Ntl__NewLab"] = "true" });

        Assert.Contains("exit code 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("missing or empty", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--new-lab", refused.Message, StringComparison.Ordinal);
        var health = await begun.Client.GetFromJsonAsync<JsonElement>("/api/v1/health", Cancellation);
        Assert.Equal(1, health.GetProperty("orphanedRuns").GetInt32());
        Assert.Contains("not in the database: 0123456789", begun.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfADatabaseDamagedWhileServing_IsUnhealthyWithAReasonThatTellsNoPath()
    {
        await MakeAsync(runs: 12);
        await using var server = await NtlServer.StartAsync(Data, s_quiet);
        using (var sound = await server.Client.GetAsync("/api/v1/health/deep", Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
        }

        Overwrite((int)(new FileInfo(Database).Length / PageBytes) - 1);

        using var deep = await server.Client.GetAsync("/api/v1/health/deep", Cancellation);
        using var health = await server.Client.GetAsync("/api/v1/health", Cancellation);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (deep.StatusCode, health.StatusCode));
        var problem = await health.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("Storage: Corrupt", problem.GetProperty("title").GetString());
        Assert.Contains("damaged", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Data, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_AfterAReportOfDamage_IsUnhealthyUntilACheckFindsTheFileSound()
    {
        await using var store = await TestStore.OpenAsync();
        var health = new StoreHealth(store.Writer);
        using var watch = new StoreWatch(store.Connections, health, TimeProvider.System, NullLogger<StoreWatch>.Instance);

        health.Report(ReadDamaged());

        Assert.Equal(StoreFault.Corrupt, health.Fault?.Fault);
        Assert.Null(watch.Check());
        Assert.Null(health.Fault);
    }

    [Fact]
    public async Task Watch_WhenAnyReadMeetsDamage_ChecksTheWholeFile()
    {
        await using var store = await TestStore.OpenAsync();
        var health = new StoreHealth(store.Writer);
        using var watch = new StoreWatch(store.Connections, health, TimeProvider.System, NullLogger<StoreWatch>.Instance);
        await watch.StartAsync(Cancellation);
        var before = health.CheckedAt;

        ReadDamaged();
        var isChecked = SpinWait.SpinUntil(() => health.CheckedAt is not null, TimeSpan.FromSeconds(60));

        await watch.StopAsync(Cancellation);
        Assert.Null(before);
        Assert.True(isChecked);
    }

    public void Dispose() => _directory.Dispose();

    private Task MakeAsync(int runs) => SampleDatabase.WriteAsync(Database, Enumerable.Range(0, runs).Select(run => $"run {run}"));

    private SqliteException ReadDamaged()
    {
        var path = _directory.Write("damaged.db", new byte[8192].Select((_, i) => (byte)(i * 7)).ToArray());
        using var damaged = new SqliteConnection($"Data Source={path};Pooling=False");
        damaged.Open();
        using var query = damaged.CreateCommand();
        query.CommandText = "SELECT 1 FROM sqlite_master";
        return Assert.Throws<SqliteException>(() => query.ExecuteScalar());
    }

    private void Overwrite(int page)
    {
        using var file = File.OpenWrite(Database);
        file.Position = (long)page * PageBytes;
        file.Write([.. Enumerable.Repeat((byte)0xA5, PageBytes)]);
    }
}
