using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The fifth schema: tracks, entries, their batches of seeds, and what runs are scored by. Runs of before are on no board.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261130000000_Leaderboard")]
public sealed class Leaderboard : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        AddTracks(migrationBuilder);
        AddEvidence(migrationBuilder);
        AddColumns(migrationBuilder);
        KeepEvidence(migrationBuilder);
    }

    private static void AddTracks(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "tracks",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                SpecJson = table.Column<string>(nullable: false),
                SpecHash = table.Column<string>(nullable: false),
                By = table.Column<string>(nullable: false),
                Note = table.Column<string>(nullable: false),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_tracks", track => track.Id));
        migrationBuilder.CreateIndex("IX_tracks_CreatedTicks", "tracks", "CreatedTicks");
        migrationBuilder.CreateTable(
            "entries",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                TrackId = table.Column<string>(nullable: false),
                ScheduleJson = table.Column<string>(nullable: false),
                ScheduleHash = table.Column<string>(nullable: false),
                ScheduleName = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                By = table.Column<string>(nullable: false),
                Note = table.Column<string>(nullable: false),
                ForecastJson = table.Column<string>(nullable: true),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_entries", entry => entry.Id);
                table.ForeignKey("FK_entries_tracks_TrackId", entry => entry.TrackId, "tracks", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex("IX_entries_TrackId_ScheduleHash", "entries", ["TrackId", "ScheduleHash"], unique: true);
    }

    private static void AddEvidence(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "seed_batches",
            table => new
            {
                EntryId = table.Column<string>(nullable: false),
                Number = table.Column<int>(nullable: false),
                Purpose = table.Column<string>(nullable: false),
                By = table.Column<string>(nullable: false),
                Reason = table.Column<string>(nullable: false),
                AgainstEntryId = table.Column<string>(nullable: true),
                SeedCount = table.Column<int>(nullable: false),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_seed_batches", batch => new { batch.EntryId, batch.Number });
                table.ForeignKey("FK_seed_batches_entries_EntryId", batch => batch.EntryId, "entries", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateTable(
            "evaluations",
            table => new
            {
                RunId = table.Column<string>(nullable: false),
                Slice = table.Column<string>(nullable: false),
                Attempt = table.Column<int>(nullable: false),
                Step = table.Column<long>(nullable: false),
                Loss = table.Column<double>(nullable: true),
                WindowsJson = table.Column<string>(nullable: false),
                LossesJson = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_evaluations", evaluation => new { evaluation.RunId, evaluation.Slice });
                table.ForeignKey("FK_evaluations_runs_RunId", evaluation => evaluation.RunId, "runs", "Id", onDelete: ReferentialAction.Restrict);
            });
    }

    private static void AddColumns(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("EnvironmentJson", "attempts", nullable: true);
        migrationBuilder.AddColumn<string>("TrackId", "runs", nullable: true);
        migrationBuilder.AddColumn<string>("EntryId", "runs", nullable: true);
        migrationBuilder.AddColumn<int>("SeedBatch", "runs", nullable: true);
        migrationBuilder.AddColumn<double>("RateFactor", "runs", nullable: true);
        migrationBuilder.AddColumn<double>("FinalLoss", "runs", nullable: true);
        migrationBuilder.AddColumn<double>("HeldOutLoss", "runs", nullable: true);
        migrationBuilder.AddColumn<long>("TargetStep", "runs", nullable: true);
        // Seeds repeat among runs of no track (null is equal to no null); on a track, none does.
        migrationBuilder.CreateIndex("IX_runs_TrackId_Seed", "runs", ["TrackId", "Seed"], unique: true);
        migrationBuilder.CreateIndex("IX_runs_EntryId_SeedBatch", "runs", ["EntryId", "SeedBatch"]);
    }

    // Whoever opens the file with another program cannot drop a bad seed by mistake either.
    private static void KeepEvidence(MigrationBuilder migrationBuilder)
    {
        if (!migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var (table, condition) in (IEnumerable<(string, string)>)[("tracks", ""), ("entries", ""), ("seed_batches", ""), ("evaluations", ""), ("runs", """WHEN OLD."EntryId" IS NOT NULL """)])
        {
            migrationBuilder.Sql($"CREATE TRIGGER {table}_are_evidence BEFORE DELETE ON {table} {condition}BEGIN SELECT RAISE(ABORT, 'evidence of a track is never deleted'); END");
        }
    }
}
