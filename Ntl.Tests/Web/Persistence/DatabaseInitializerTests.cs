using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

namespace Ntl.Tests.Web.Persistence;

public sealed class DatabaseInitializerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Model_AgainstTheSnapshot_HasNoPendingChanges()
    {
        using var context = Context("any.db");

        var differs = context.Database.HasPendingModelChanges();

        Assert.False(differs);
    }

    [Fact]
    public async Task Migrations_OnANewFile_BuildWhatTheModelAsksFor()
    {
        await using var migrated = Context("migrated.db");
        await using var created = Context("created.db");

        await migrated.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await created.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Schema(created), Schema(migrated));
    }

    [Fact]
    public async Task Initialize_WithALockOfAKilledProcess_ClearsItAndMigrates()
    {
        await ExecuteAsync("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01');""");

        await Initializer().InitializeAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await using var context = Context("ntl.db");
        Assert.Empty(await context.Runs.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Initialize_OfADatabaseOfVersion1_KeepsItsRunsAndABackup()
    {
        await using (var first = Context("ntl.db"))
        {
            await first.GetService<IMigrator>().MigrateAsync("20261122000000_Initial", TestContext.Current.CancellationToken);
        }

        await ExecuteAsync("""
            INSERT INTO "runs" ("Id", "Name", "Status", "StatusReason", "SpecJson", "SpecHash", "ScheduleName", "ScheduleHash", "ModelName", "DatasetName", "OptimizerName",
                "Device", "Seed", "TotalSteps", "TokensPerStep", "RetryCount", "AttemptCount", "StepsDone", "TrainLoss", "CreatedTicks")
            VALUES ('0123456789', 'old', 'Finished', 'Done.', '{}', 'h', 's', 'h', 'm', 'd', 'AdamW', 'cpu', 1, 40, 16, 0, 1, 40, 2.5, 7);
            """);

        await Initializer().InitializeAsync(TestContext.Current.CancellationToken);

        await using var context = Context("ntl.db");
        var row = Assert.Single(await RunRows.ReadAsync(context, context.Runs, TestContext.Current.CancellationToken));
        Assert.Equal(("old", RunStatus.Finished, 40, 2.5), (row.Name, row.Status, row.StepsDone, row.TrainLoss));
        Assert.Equal((null, 0, 1.0, null, null), (row.Trunk, row.FirstStep, row.Progress, row.ExperimentId, row.ExperimentKind));
        var backup = Assert.Single(Directory.GetFiles(new DataDirectory(_directory.Root).Backups));
        Assert.EndsWith("-20261122000000_Initial.db", backup, StringComparison.Ordinal);
        await using var kept = new SqliteConnection($"Data Source={backup};Pooling=False");
        await kept.OpenAsync(TestContext.Current.CancellationToken);
        using var query = kept.CreateCommand();
        query.CommandText = """SELECT "Name" FROM "runs" """;
        Assert.Equal("old", await query.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Initialize_OfADatabaseBeforeFinalLosses_LearnsEachRunsUniformLossAndDropsStaleValidations()
    {
        await using (var first = Context("ntl.db"))
        {
            await first.GetService<IMigrator>().MigrateAsync("20261130000000_Leaderboard", TestContext.Current.CancellationToken);
        }

        await ExecuteAsync("""
            INSERT INTO "runs" ("Id", "Name", "Status", "StatusReason", "SpecJson", "SpecHash", "ScheduleName", "ScheduleHash", "ModelName", "DatasetName", "OptimizerName",
                "Device", "Seed", "TotalSteps", "TokensPerStep", "RetryCount", "AttemptCount", "StepsDone", "ValidationLoss", "BestValidationLoss", "FinalLoss", "CreatedTicks")
            VALUES ('0000000001', 'diverged', 'Finished', '', '{"model":{"vocabularySize":65}}', 'h', 's', 'h', 'm', 'd', 'AdamW', 'cpu', 1, 40, 16, 0, 1, 40, 2.5, 2.4, NULL, 1),
                ('0000000002', 'exploded', 'Finished', '', '{"model":{"vocabularySize":65}}', 'h', 's', 'h', 'm', 'd', 'AdamW', 'cpu', 1, 40, 16, 0, 1, 40, 5, 4.1, 5, 2),
                ('0000000003', 'good', 'Finished', '', '{"model":{"vocabularySize":50257}}', 'h', 's', 'h', 'm', 'd', 'AdamW', 'cpu', 1, 40, 16, 0, 1, 40, 5, 5, 5, 3),
                ('0000000004', 'without an evaluation', 'Finished', '', 'not JSON', 'h', 's', 'h', 'm', 'd', 'AdamW', 'cpu', 1, 40, 16, 0, 1, 40, 3, 3, NULL, 4);
            INSERT INTO "evaluations" ("RunId", "Slice", "Attempt", "Step", "Loss", "WindowsJson", "LossesJson") VALUES ('0000000001', 'Public', 1, 40, NULL, '[]', '[]');
            """);

        await Initializer().InitializeAsync(TestContext.Current.CancellationToken);

        await using var context = Context("ntl.db");
        var rows = await RunRows.ReadAsync(context, context.Runs.OrderBy(run => run.Id), TestContext.Current.CancellationToken);
        Assert.Equal([FinalLossState.Diverged, FinalLossState.Exploded, FinalLossState.Measured, FinalLossState.Measured], rows.Select(row => row.Final.State));
        Assert.Equal([null, null, 5.0, 3.0], rows.Select(row => row.FinalLoss));
        Assert.Equal(Math.Log(50_257), rows[2].UniformLoss!.Value, 12);
    }

    [Fact]
    public async Task Initialize_OfANewerDatabase_Refuses()
    {
        await Initializer().InitializeAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Future', '99.0');""");

        var refused = await Assert.ThrowsAsync<StoreException>(() => Initializer().InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(StoreFault.Newer, refused.Fault);
    }

    [Fact]
    public async Task Initialize_OfAFileThatIsNoDatabase_SaysCorrupt()
    {
        _directory.Write("ntl.db", new byte[8192].Select((_, i) => (byte)(i * 7)).ToArray());

        var refused = await Assert.ThrowsAsync<StoreException>(() => Initializer().InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(StoreFault.Corrupt, refused.Fault);
    }

    [Fact]
    public void DataDirectoryLock_TakenTwice_SaysWhoHoldsIt()
    {
        var directory = new DataDirectory(_directory["data"]);
        using var first = DataDirectoryLock.Take(directory);

        var refused = Assert.Throws<DataDirectoryException>(() => DataDirectoryLock.Take(directory));

        Assert.Equal(DataDirectoryFault.InUse, refused.Fault);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataDirectoryLock_LetGo_CanBeTakenAgain()
    {
        var directory = new DataDirectory(_directory["data"]);
        DataDirectoryLock.Take(directory).Dispose();

        using var again = DataDirectoryLock.Take(directory);

        Assert.NotNull(again);
    }

    public void Dispose() => _directory.Dispose();

    private DatabaseInitializer Initializer()
    {
        var directory = new DataDirectory(_directory.Root);
        return new DatabaseInitializer(directory, new DatabaseConnections(directory), new ManualTime(), NullLogger<DatabaseInitializer>.Instance);
    }

    private NtlDbContext Context(string file) =>
        new(new DbContextOptionsBuilder<NtlDbContext>().UseSqlite($"Data Source={_directory[file]};Pooling=False").Options);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_directory["ntl.db"]};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    // Columns, types, keys and indexes as SQLite keeps them; the migrations' own bookkeeping and white space, which an added column changes, left out.
    // Columns, foreign keys and indexes: an added column stands elsewhere in its table's text than a created one. Triggers are beyond the model; SubmissionTests has them.
    private static List<string> Schema(NtlDbContext context) =>
        [.. context.Database.SqlQueryRaw<string>("""
            SELECT t.name || '.' || c.name || ' ' || c.type || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE '' END || ' key ' || c.pk AS "Value"
                FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
            UNION ALL SELECT t.name || ' refers by ' || k."from" || ' to ' || k."table" || '.' || k."to" || ' ' || k.on_delete
                FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'
            UNION ALL SELECT "sql" FROM sqlite_master WHERE type = 'index' AND "sql" IS NOT NULL
            """)
            .AsEnumerable().Order(StringComparer.Ordinal)];
}
