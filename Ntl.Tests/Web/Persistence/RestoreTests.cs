using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

namespace Ntl.Tests.Web.Persistence;

public sealed class RestoreTests : IDisposable
{
    // Runs stay in the queue: nothing but the requests writes.
    private static readonly Dictionary<string, string> s_quiet = new() { ["Ntl__RunsPerDevice"] = "0" };

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _directory["data"];

    private string Backup => _directory["copies/backup.db"];

    [Fact]
    public async Task Restore_AfterKillNineWithAStaleLog_BringsBackTheStateOfTheBackUp()
    {
        await using (var server = await NtlServer.StartAsync(Data, s_quiet))
        {
            await QueueAsync(server, "kept");
            var backup = await NtlServer.CommandAsync(Data, "backup", "--to", Backup);
            Assert.True(backup.ExitCode == 0, backup.Output);
            await QueueAsync(server, "lost");
            await server.KillAsync();
        }

        Assert.True(new FileInfo(Path.Combine(Data, "ntl.db-wal")).Length > 0);

        var restored = await NtlServer.CommandAsync(Data, "restore", "--from", Backup);

        Assert.True(restored.ExitCode == 0, restored.Output);
        await using var again = await NtlServer.StartAsync(Data, s_quiet);
        Assert.Equal(["kept"], await NamesAsync(again));
        var health = await again.Client.GetFromJsonAsync<JsonElement>("/api/v1/health/deep", Cancellation);
        Assert.Equal(("ok", 1), (health.GetProperty("status").GetString(), health.GetProperty("runs").GetInt32()));
        // The state before it is kept, with its log.
        var aside = Assert.Single(Directory.GetFiles(Data, "ntl-replaced-*.db"));
        Assert.Equal(["kept", "lost"], Names(aside));
    }

    [Fact]
    public async Task BackUp_OfAServerThatWrites_IsOneSoundFileWithWhatWasInTheLog()
    {
        await using var server = await NtlServer.StartAsync(Data, s_quiet);
        await QueueAsync(server, "in the log");

        var first = await NtlServer.CommandAsync(Data, "backup", $"--to={Backup}");
        var second = await NtlServer.CommandAsync(Data, "backup", "--to", Backup);

        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Equal([Backup], Directory.GetFiles(_directory["copies"]));
        Assert.Equal(["in the log"], Names(Backup));
        Assert.Equal(3, second.ExitCode);
        Assert.Contains("exists", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_WhileAServerRuns_IsRefused()
    {
        await using var server = await NtlServer.StartAsync(Data, s_quiet);
        await QueueAsync(server, "served");
        await NtlServer.CommandAsync(Data, "backup", "--to", Backup);

        var refused = await NtlServer.CommandAsync(Data, "restore", "--from", Backup);

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("Another Ntl server", refused.Output, StringComparison.Ordinal);
        Assert.Equal(["served"], await NamesAsync(server));
    }

    [Theory]
    [InlineData("damaged", StoreFault.Corrupt, "damaged")]
    [InlineData("text", StoreFault.Foreign, "not an SQLite database")]
    [InlineData("device", StoreFault.Foreign, "is empty")]
    [InlineData("empty", StoreFault.Foreign, "empty")]
    [InlineData("foreign", StoreFault.Foreign, "another program")]
    [InlineData("newer", StoreFault.Newer, "newer Ntl")]
    [InlineData("log", StoreFault.Unreachable, "backup.db-wal")]
    [InlineData("missing", StoreFault.Missing, "no back-up")]
    [InlineData("itself", StoreFault.Unreachable, "itself")]
    public async Task Restore_OfAnUnfitFile_IsRefusedAndLeavesTheDatabase(string kind, StoreFault fault, string words)
    {
        await SampleDatabase.WriteAsync(Path.Combine(Data, "ntl.db"), "old");
        await SampleDatabase.WriteAsync(Backup, "new");
        var backup = Backup;
        switch (kind)
        {
            case "damaged": Overwrite(Backup, 4096, 4096); break;
            case "text": await File.WriteAllTextAsync(Backup, "not a database " + new string('x', 4096), Cancellation); break;
            case "empty": await File.WriteAllBytesAsync(Backup, [], Cancellation); break;
            case "foreign": File.Delete(Backup); Execute(Backup, "CREATE TABLE shopping (item TEXT)"); break;
            case "newer": Execute(Backup, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Future', '99.0')"""); break;
            case "log": await File.WriteAllTextAsync(Backup + "-wal", "left over", Cancellation); break;
            case "device": backup = "/dev/zero"; break;
            case "missing": File.Delete(Backup); break;
            default: backup = Path.Combine(Data, "ntl.db"); break;
        }

        var refused = await Assert.ThrowsAsync<StoreException>(() => Restore().RestoreAsync(backup, Cancellation));

        Assert.Equal(fault, refused.Fault);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["old"], Names(Path.Combine(Data, "ntl.db")));
    }

    /// <summary>Each number is a place at which the process may be killed; the files are then as those steps left them.</summary>
    [Theory]
    [InlineData(0, "old")] // the copy is checked, nothing is decided
    [InlineData(1, "new")] // decided
    [InlineData(2, "new")] // the log is aside
    [InlineData(3, "new")] // the old database is aside
    [InlineData(4, "new")] // the copy has its name
    public async Task Restore_KilledAnywhere_IsTheOldStateOrTheNewOne(int steps, string expected)
    {
        await SampleDatabase.WriteAsync(Path.Combine(Data, "ntl.db"), "old");
        await SampleDatabase.WriteAsync(Backup, "new");
        var database = Path.Combine(Data, "ntl.db");
        File.Copy(Backup, database + ".restoring");
        await File.WriteAllTextAsync(database + "-wal", "the log of a database that is no more", Cancellation);
        Action[] done =
        [
            () => File.WriteAllText(database + ".restore-decided", "ntl-replaced-20261130-120000.db"),
            () => File.Move(database + "-wal", Path.Combine(Data, "ntl-replaced-20261130-120000.db-wal")),
            () => File.Move(database, Path.Combine(Data, "ntl-replaced-20261130-120000.db")),
            () => File.Move(database + ".restoring", database),
        ];
        foreach (var step in done.Take(steps))
        {
            step();
        }

        await using var server = await NtlServer.StartAsync(Data, s_quiet);

        Assert.Equal([expected], await NamesAsync(server));
        Assert.False(File.Exists(database + ".restore-decided"));
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("restore --from")]
    [InlineData("backup --from x.db")]
    public async Task Command_WithoutAFile_SaysWhatIsMissing(string line)
    {
        var refused = await NtlServer.CommandAsync(Data, line.Split(' '));

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("Say which file", refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("--contentRoot /app --Ntl:DataDirectory=/d restore --from a.db", "restore", "a.db",
        "--contentRoot /app --Ntl:DataDirectory=/d")]
    [InlineData("backup --to=b.db --Ntl:DataDirectory /d", "backup", "b.db", "--Ntl:DataDirectory /d")]
    [InlineData("--Ntl:DataDirectory restore --new-lab --urls http://127.0.0.1:1", null, null,
        "--Ntl:DataDirectory restore --Ntl:NewLab=true --urls http://127.0.0.1:1")]
    public void Command_AmongSettings_IsFoundAndTheyAreKept(string line, string? name, string? path, string settings)
    {
        var command = ServerCommand.Parse(line.Split(' '));

        Assert.Equal((name, path, null), (command.Name, command.Path, command.Problem));
        Assert.Equal(settings, string.Join(' ', command.Settings));
    }

    public void Dispose() => _directory.Dispose();

    private DatabaseRestore Restore() => new(new DataDirectory(Data), new ManualTime());

    private static async Task QueueAsync(NtlServer server, string name)
    {
        using var body = new StringContent(RunSpecJson.Write(TestSpecs.Tiny(name: name)), Encoding.UTF8, "application/json");
        using var answer = await server.Client.PostAsync("/api/v1/runs", body, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<List<string>> NamesAsync(NtlServer server)
    {
        var page = await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/runs", Cancellation);
        return [.. page.GetProperty("rows").EnumerateArray().Select(run => run.GetProperty("name").GetString()!)];
    }

    private static List<string> Names(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = """SELECT "Name" FROM "runs" ORDER BY "Name" """;
        using var reader = query.ExecuteReader();
        List<string> names = [];
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static void Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE; " + sql;
        command.ExecuteNonQuery();
    }

    private static void Overwrite(string path, long offset, int count)
    {
        using var file = File.OpenWrite(path);
        file.Position = offset;
        file.Write([.. Enumerable.Repeat((byte)0xA5, count)]);
    }
}
