using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The model that the migrations build, by hand: a test holds it against <see cref="NtlDbContext"/>, so that no change goes without a migration.</summary>
[DbContext(typeof(NtlDbContext))]
public sealed class NtlDbContextModelSnapshot : ModelSnapshot
{
    private const string Namespace = "Ntl.Web.Persistence.";

    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        BuildRuns(modelBuilder);
        BuildAttempts(modelBuilder);
        BuildMetrics(modelBuilder);
        BuildHistory(modelBuilder);
        BuildCatalog(modelBuilder);
        BuildSchedules(modelBuilder);
        BuildScheduleVersions(modelBuilder);
        BuildLaws(modelBuilder);
        BuildLeaderboard(modelBuilder);
        BuildEvidence(modelBuilder);
    }

    [SuppressMessage("Design", "MA0051", Justification = "One column a line.")]
    private static void BuildRuns(ModelBuilder modelBuilder) => modelBuilder.Entity(Namespace + "RunEntity", run =>
    {
        run.Property<string>("Id").IsRequired();
        run.Property<string>("Name").IsRequired();
        run.Property<string>("Status").IsRequired();
        run.Property<string>("StatusReason").IsRequired();
        run.Property<string>("PendingAction");
        run.Property<long?>("PendingSinceTicks");
        run.Property<string>("SpecJson").IsRequired();
        run.Property<string>("SpecHash").IsRequired();
        run.Property<string>("ScheduleName").IsRequired();
        run.Property<string>("ScheduleHash").IsRequired();
        run.Property<string>("ModelName").IsRequired();
        run.Property<string>("DatasetName").IsRequired();
        run.Property<string>("OptimizerName").IsRequired();
        run.Property<string>("Device").IsRequired();
        run.Property<long>("Seed");
        run.Property<long>("TotalSteps");
        run.Property<long>("TokensPerStep");
        run.Property<long?>("QueueOrder");
        run.Property<long?>("NotBeforeTicks");
        run.Property<int>("RetryCount");
        run.Property<int>("AttemptCount");
        run.Property<long>("StepsDone");
        run.Property<double?>("TrainLoss");
        run.Property<double?>("BestTrainLoss");
        run.Property<double?>("ValidationLoss");
        run.Property<double?>("BestValidationLoss");
        run.Property<double?>("TokensPerSecond");
        run.Property<double?>("LearningRateSum");
        run.Property<double?>("ElapsedSeconds");
        run.Property<string>("FailureKind");
        run.Property<long?>("FailureStep");
        run.Property<string>("FailureMessage");
        run.Property<long>("CreatedTicks");
        run.Property<long?>("StartedTicks");
        run.Property<long?>("EndedTicks");
        run.Property<string>("ParentRunId");
        run.Property<long?>("BranchStep");
        run.Property<long?>("OriginTicks");
        run.Property<string>("TrackId");
        run.Property<string>("EntryId");
        run.Property<int?>("SeedBatch");
        run.Property<double?>("RateFactor");
        run.Property<double?>("FinalLoss");
        run.Property<double?>("HeldOutLoss");
        run.Property<double?>("UniformLoss");
        run.Property<long?>("TargetStep");
        run.Property<string>("ExperimentId");
        run.Property<string>("ExperimentKind");
        run.HasKey("Id");
        run.HasIndex("CreatedTicks");
        run.HasIndex("Status", "EndedTicks");
        run.HasIndex("QueueOrder");
        run.HasIndex("ScheduleHash");
        run.HasIndex("ParentRunId");
        run.HasIndex("ExperimentId", "CreatedTicks");
        run.HasIndex("TrackId", "Seed").IsUnique();
        run.HasIndex("EntryId", "SeedBatch");
        run.ToTable("runs");
    });

    private static void BuildAttempts(ModelBuilder modelBuilder) => modelBuilder.Entity(Namespace + "AttemptEntity", attempt =>
    {
        attempt.Property<string>("RunId").IsRequired();
        attempt.Property<int>("Number");
        attempt.Property<string>("Token").IsRequired();
        attempt.Property<string>("Device").IsRequired();
        attempt.Property<long?>("StartStep");
        attempt.Property<string>("LaunchHandle");
        attempt.Property<long>("JournalOffset");
        attempt.Property<long>("StartedTicks");
        attempt.Property<long?>("EndedTicks");
        attempt.Property<string>("EndReason");
        attempt.Property<string>("EnvironmentJson");
        attempt.HasKey("RunId", "Number");
        attempt.HasIndex("EndedTicks");
        attempt.ToTable("attempts");
        BelongsToRun(attempt);
    });

    private static void BuildMetrics(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "MetricSeriesEntity", series =>
        {
            series.Property<long>("Id").ValueGeneratedOnAdd();
            series.Property<string>("RunId").IsRequired();
            series.Property<int>("Attempt");
            series.Property<string>("Key").IsRequired();
            series.HasKey("Id");
            series.HasIndex("RunId", "Attempt", "Key").IsUnique();
            series.ToTable("metric_series");
            series.HasOne(Namespace + "AttemptEntity", null).WithMany().HasForeignKey("RunId", "Attempt").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });
        modelBuilder.Entity(Namespace + "MetricChunkEntity", chunk =>
        {
            chunk.Property<long>("SeriesId");
            chunk.Property<int>("Ordinal");
            chunk.Property<long>("FirstStep");
            chunk.Property<long>("LastStep");
            chunk.Property<int>("PointCount");
            chunk.Property<byte[]>("Summary").IsRequired();
            chunk.Property<byte[]>("Points").IsRequired();
            chunk.HasKey("SeriesId", "Ordinal");
            chunk.ToTable("metric_chunks");
            chunk.HasOne(Namespace + "MetricSeriesEntity", null).WithMany().HasForeignKey("SeriesId").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });
    }

    private static void BuildHistory(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "RunEventEntity", e =>
        {
            e.Property<long>("Sequence").ValueGeneratedOnAdd();
            e.Property<string>("RunId").IsRequired();
            e.Property<int>("Attempt");
            e.Property<long?>("Step");
            e.Property<long>("AtTicks");
            e.Property<string>("Kind").IsRequired();
            e.Property<string>("Message").IsRequired();
            e.HasKey("Sequence");
            e.HasIndex("RunId", "Sequence");
            e.ToTable("run_events");
            BelongsToRun(e);
        });
        modelBuilder.Entity(Namespace + "StatusChangeEntity", change =>
        {
            change.Property<long>("Sequence").ValueGeneratedOnAdd();
            change.Property<string>("RunId").IsRequired();
            change.Property<string>("From");
            change.Property<string>("To").IsRequired();
            change.Property<string>("Reason").IsRequired();
            change.Property<long>("AtTicks");
            change.HasKey("Sequence");
            change.HasIndex("RunId", "Sequence");
            change.ToTable("status_changes");
            BelongsToRun(change);
        });
    }

    private static void BuildCatalog(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "DatasetEntity", dataset =>
        {
            dataset.Property<string>("Name").IsRequired();
            dataset.Property<string>("Path").IsRequired();
            dataset.Property<string>("Format").IsRequired();
            dataset.Property<string>("Hash").IsRequired();
            dataset.Property<long>("TokenCount");
            dataset.Property<int>("VocabularySize");
            dataset.Property<long>("SizeBytes");
            dataset.Property<long>("AddedTicks");
            dataset.Property<string>("WarningsJson").IsRequired();
            dataset.HasKey("Name");
            dataset.ToTable("datasets");
        });
        modelBuilder.Entity(Namespace + "IdempotencyKeyEntity", key =>
        {
            key.Property<string>("Key").IsRequired();
            key.Property<string>("RunId").IsRequired();
            key.Property<long>("CreatedTicks");
            key.HasKey("Key");
            key.HasIndex("RunId");
            key.ToTable("idempotency_keys");
            BelongsToRun(key);
        });
    }

    private static void BuildSchedules(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "ScheduleEntity", schedule =>
        {
            schedule.Property<string>("Id").IsRequired();
            schedule.Property<string>("Name").IsRequired();
            schedule.Property<string>("Owner").IsRequired();
            schedule.Property<string>("Tags").IsRequired();
            schedule.Property<string>("Notes").IsRequired();
            schedule.Property<int>("CurrentVersion");
            schedule.Property<int>("Revision");
            schedule.Property<string>("ForkOfId");
            schedule.Property<int?>("ForkOfVersion");
            schedule.Property<long>("CreatedTicks");
            schedule.Property<long>("UpdatedTicks");
            schedule.Property<long?>("ArchivedTicks");
            schedule.HasKey("Id");
            schedule.HasIndex("UpdatedTicks");
            schedule.HasIndex("Owner");
            schedule.HasIndex("ForkOfId");
            schedule.ToTable("schedules");
            schedule.HasOne(Namespace + "ScheduleEntity", null).WithMany().HasForeignKey("ForkOfId");
        });
    }

    private static void BuildScheduleVersions(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "ScheduleVersionEntity", version =>
        {
            version.Property<string>("ScheduleId").IsRequired();
            version.Property<int>("Number");
            version.Property<string>("Json").IsRequired();
            version.Property<string>("Hash").IsRequired();
            version.Property<string>("Description").IsRequired();
            version.Property<long>("TotalSteps");
            version.Property<double>("Peak");
            version.Property<double>("Minimum");
            version.Property<double>("IntrinsicTime");
            version.Property<string>("Note").IsRequired();
            version.Property<string>("Author").IsRequired();
            version.Property<long>("CreatedTicks");
            version.HasKey("ScheduleId", "Number");
            version.HasIndex("Hash");
            version.ToTable("schedule_versions");
            version.HasOne(Namespace + "ScheduleEntity", null).WithMany().HasForeignKey("ScheduleId").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });
        modelBuilder.Entity(Namespace + "ScheduleKeyEntity", key =>
        {
            key.Property<string>("Key").IsRequired();
            key.Property<string>("ScheduleId").IsRequired();
            key.Property<int>("Version");
            key.Property<long>("CreatedTicks");
            key.HasKey("Key");
            key.HasIndex("ScheduleId", "Version");
            key.ToTable("schedule_keys");
            key.HasOne(Namespace + "ScheduleVersionEntity", null).WithMany().HasForeignKey("ScheduleId", "Version").OnDelete(DeleteBehavior.Cascade).IsRequired();
        });
    }

    private static void BuildLaws(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "LossCurveEntity", curve =>
        {
            curve.Property<string>("Id").IsRequired();
            curve.Property<string>("Name").IsRequired();
            curve.Property<string>("FileName").IsRequired();
            curve.Property<string>("Format").IsRequired();
            curve.Property<string>("FileHash").IsRequired();
            curve.Property<long>("Steps");
            curve.Property<long>("SampleCount");
            curve.Property<double>("PeakRate");
            curve.Property<double>("IntrinsicTime");
            curve.Property<double>("LastLoss");
            curve.Property<string>("SamplesJson").IsRequired();
            curve.Property<long>("CreatedTicks");
            curve.HasKey("Id");
            curve.HasIndex("CreatedTicks");
            curve.ToTable("loss_curves");
        });
        modelBuilder.Entity(Namespace + "LawFitEntity", fit =>
        {
            fit.Property<string>("Id").IsRequired();
            fit.Property<string>("Name").IsRequired();
            fit.Property<string>("Law").IsRequired();
            fit.Property<string>("FitJson").IsRequired();
            fit.Property<string>("SourcesJson").IsRequired();
            fit.Property<double>("TrainError");
            fit.Property<string>("FamilyKey");
            fit.Property<string>("ModelName");
            fit.Property<string>("DatasetName");
            fit.Property<string>("DatasetHash");
            fit.Property<long>("CreatedTicks");
            fit.HasKey("Id");
            fit.HasIndex("CreatedTicks");
            fit.ToTable("law_fits");
        });
    }

    private static void BuildLeaderboard(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "TrackEntity", track =>
        {
            track.Property<string>("Id").IsRequired();
            track.Property<string>("Name").IsRequired();
            track.Property<string>("SpecJson").IsRequired();
            track.Property<string>("SpecHash").IsRequired();
            track.Property<string>("By").IsRequired();
            track.Property<string>("Note").IsRequired();
            track.Property<long>("CreatedTicks");
            track.HasKey("Id");
            track.HasIndex("CreatedTicks");
            track.ToTable("tracks");
        });
        modelBuilder.Entity(Namespace + "EntryEntity", entry =>
        {
            entry.Property<string>("Id").IsRequired();
            entry.Property<string>("TrackId").IsRequired();
            entry.Property<string>("ScheduleJson").IsRequired();
            entry.Property<string>("ScheduleHash").IsRequired();
            entry.Property<string>("ScheduleName").IsRequired();
            entry.Property<string>("Name").IsRequired();
            entry.Property<string>("By").IsRequired();
            entry.Property<string>("Note").IsRequired();
            entry.Property<string>("ForecastJson");
            entry.Property<long>("CreatedTicks");
            entry.HasKey("Id");
            entry.HasIndex("TrackId", "ScheduleHash").IsUnique();
            entry.ToTable("entries");
            entry.HasOne(Namespace + "TrackEntity", null).WithMany().HasForeignKey("TrackId").OnDelete(DeleteBehavior.Restrict).IsRequired();
        });
    }

    private static void BuildEvidence(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity(Namespace + "SeedBatchEntity", batch =>
        {
            batch.Property<string>("EntryId").IsRequired();
            batch.Property<int>("Number");
            batch.Property<string>("Purpose").IsRequired();
            batch.Property<string>("By").IsRequired();
            batch.Property<string>("Reason").IsRequired();
            batch.Property<string>("AgainstEntryId");
            batch.Property<int>("SeedCount");
            batch.Property<long>("CreatedTicks");
            batch.HasKey("EntryId", "Number");
            batch.ToTable("seed_batches");
            batch.HasOne(Namespace + "EntryEntity", null).WithMany().HasForeignKey("EntryId").OnDelete(DeleteBehavior.Restrict).IsRequired();
        });
        modelBuilder.Entity(Namespace + "EvaluationEntity", evaluation =>
        {
            evaluation.Property<string>("RunId").IsRequired();
            evaluation.Property<string>("Slice").IsRequired();
            evaluation.Property<int>("Attempt");
            evaluation.Property<long>("Step");
            evaluation.Property<double?>("Loss");
            evaluation.Property<string>("WindowsJson").IsRequired();
            evaluation.Property<string>("LossesJson").IsRequired();
            evaluation.HasKey("RunId", "Slice");
            evaluation.ToTable("evaluations");
            evaluation.HasOne(Namespace + "RunEntity", null).WithMany().HasForeignKey("RunId").OnDelete(DeleteBehavior.Restrict).IsRequired();
        });
    }

    private static void BelongsToRun(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder entity) =>
        entity.HasOne(Namespace + "RunEntity", null).WithMany().HasForeignKey("RunId").OnDelete(DeleteBehavior.Cascade).IsRequired();
}
