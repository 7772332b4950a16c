using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The first schema. Written by hand; never changed once released: a later change is a later migration.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateRuns(migrationBuilder);
        CreateAttempts(migrationBuilder);
        CreateMetrics(migrationBuilder);
        CreateHistory(migrationBuilder);
        CreateCatalog(migrationBuilder);
    }

    private static void CreateRuns(MigrationBuilder builder)
    {
        builder.CreateTable(
            "runs",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Status = table.Column<string>(nullable: false),
                StatusReason = table.Column<string>(nullable: false),
                PendingAction = table.Column<string>(nullable: true),
                PendingSinceTicks = table.Column<long>(nullable: true),
                SpecJson = table.Column<string>(nullable: false),
                SpecHash = table.Column<string>(nullable: false),
                ScheduleName = table.Column<string>(nullable: false),
                ScheduleHash = table.Column<string>(nullable: false),
                ModelName = table.Column<string>(nullable: false),
                DatasetName = table.Column<string>(nullable: false),
                OptimizerName = table.Column<string>(nullable: false),
                Device = table.Column<string>(nullable: false),
                Seed = table.Column<long>(nullable: false),
                TotalSteps = table.Column<long>(nullable: false),
                TokensPerStep = table.Column<long>(nullable: false),
                QueueOrder = table.Column<long>(nullable: true),
                NotBeforeTicks = table.Column<long>(nullable: true),
                RetryCount = table.Column<int>(nullable: false),
                AttemptCount = table.Column<int>(nullable: false),
                StepsDone = table.Column<long>(nullable: false),
                TrainLoss = table.Column<double>(nullable: true),
                BestTrainLoss = table.Column<double>(nullable: true),
                ValidationLoss = table.Column<double>(nullable: true),
                BestValidationLoss = table.Column<double>(nullable: true),
                TokensPerSecond = table.Column<double>(nullable: true),
                LearningRateSum = table.Column<double>(nullable: true),
                ElapsedSeconds = table.Column<double>(nullable: true),
                FailureKind = table.Column<string>(nullable: true),
                FailureStep = table.Column<long>(nullable: true),
                FailureMessage = table.Column<string>(nullable: true),
                CreatedTicks = table.Column<long>(nullable: false),
                StartedTicks = table.Column<long>(nullable: true),
                EndedTicks = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_runs", run => run.Id));
        builder.CreateIndex("IX_runs_CreatedTicks", "runs", "CreatedTicks");
        builder.CreateIndex("IX_runs_Status_EndedTicks", "runs", ["Status", "EndedTicks"]);
        builder.CreateIndex("IX_runs_QueueOrder", "runs", "QueueOrder");
        builder.CreateIndex("IX_runs_ScheduleHash", "runs", "ScheduleHash");
    }

    private static void CreateAttempts(MigrationBuilder builder)
    {
        builder.CreateTable(
            "attempts",
            table => new
            {
                RunId = table.Column<string>(nullable: false),
                Number = table.Column<int>(nullable: false),
                Token = table.Column<string>(nullable: false),
                Device = table.Column<string>(nullable: false),
                StartStep = table.Column<long>(nullable: true),
                LaunchHandle = table.Column<string>(nullable: true),
                JournalOffset = table.Column<long>(nullable: false),
                StartedTicks = table.Column<long>(nullable: false),
                EndedTicks = table.Column<long>(nullable: true),
                EndReason = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_attempts", attempt => new { attempt.RunId, attempt.Number });
                table.ForeignKey("FK_attempts_runs_RunId", attempt => attempt.RunId, "runs", "Id", onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_attempts_EndedTicks", "attempts", "EndedTicks");
    }

    private static void CreateMetrics(MigrationBuilder builder)
    {
        builder.CreateTable(
            "metric_series",
            table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                RunId = table.Column<string>(nullable: false),
                Attempt = table.Column<int>(nullable: false),
                Key = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_metric_series", series => series.Id);
                table.ForeignKey(
                    "FK_metric_series_attempts_RunId_Attempt",
                    series => new { series.RunId, series.Attempt },
                    "attempts",
                    ["RunId", "Number"],
                    onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_metric_series_RunId_Attempt_Key", "metric_series", ["RunId", "Attempt", "Key"], unique: true);

        builder.CreateTable(
            "metric_chunks",
            table => new
            {
                SeriesId = table.Column<long>(nullable: false),
                Ordinal = table.Column<int>(nullable: false),
                FirstStep = table.Column<long>(nullable: false),
                LastStep = table.Column<long>(nullable: false),
                PointCount = table.Column<int>(nullable: false),
                Summary = table.Column<byte[]>(nullable: false),
                Points = table.Column<byte[]>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_metric_chunks", chunk => new { chunk.SeriesId, chunk.Ordinal });
                table.ForeignKey("FK_metric_chunks_metric_series_SeriesId", chunk => chunk.SeriesId, "metric_series", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void CreateHistory(MigrationBuilder builder)
    {
        builder.CreateTable(
            "run_events",
            table => new
            {
                Sequence = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                RunId = table.Column<string>(nullable: false),
                Attempt = table.Column<int>(nullable: false),
                Step = table.Column<long>(nullable: true),
                AtTicks = table.Column<long>(nullable: false),
                Kind = table.Column<string>(nullable: false),
                Message = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_run_events", e => e.Sequence);
                table.ForeignKey("FK_run_events_runs_RunId", e => e.RunId, "runs", "Id", onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_run_events_RunId_Sequence", "run_events", ["RunId", "Sequence"]);

        builder.CreateTable(
            "status_changes",
            table => new
            {
                Sequence = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                RunId = table.Column<string>(nullable: false),
                From = table.Column<string>(nullable: true),
                To = table.Column<string>(nullable: false),
                Reason = table.Column<string>(nullable: false),
                AtTicks = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_status_changes", change => change.Sequence);
                table.ForeignKey("FK_status_changes_runs_RunId", change => change.RunId, "runs", "Id", onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_status_changes_RunId_Sequence", "status_changes", ["RunId", "Sequence"]);
    }

    private static void CreateCatalog(MigrationBuilder builder)
    {
        builder.CreateTable(
            "datasets",
            table => new
            {
                Name = table.Column<string>(nullable: false),
                Path = table.Column<string>(nullable: false),
                Format = table.Column<string>(nullable: false),
                Hash = table.Column<string>(nullable: false),
                TokenCount = table.Column<long>(nullable: false),
                VocabularySize = table.Column<int>(nullable: false),
                SizeBytes = table.Column<long>(nullable: false),
                AddedTicks = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_datasets", dataset => dataset.Name));

        builder.CreateTable(
            "idempotency_keys",
            table => new
            {
                Key = table.Column<string>(nullable: false),
                RunId = table.Column<string>(nullable: false),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_idempotency_keys", key => key.Key);
                table.ForeignKey("FK_idempotency_keys_runs_RunId", key => key.RunId, "runs", "Id", onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_idempotency_keys_RunId", "idempotency_keys", "RunId");
    }
}
