using Microsoft.EntityFrameworkCore;

namespace Ntl.Web.Persistence;

/// <summary>The stored state. Reads go through <see cref="DatabaseReader"/>, writes through <see cref="DatabaseWriter"/>.</summary>
/// <remarks>Only types that every relational database orders and compares alike: text, 64-bit integers, doubles, blobs.</remarks>
public sealed class NtlDbContext(DbContextOptions<NtlDbContext> options) : DbContext(options)
{
    public DbSet<RunEntity> Runs => Set<RunEntity>();

    public DbSet<AttemptEntity> Attempts => Set<AttemptEntity>();

    public DbSet<MetricSeriesEntity> MetricSeries => Set<MetricSeriesEntity>();

    public DbSet<MetricChunkEntity> MetricChunks => Set<MetricChunkEntity>();

    public DbSet<RunEventEntity> RunEvents => Set<RunEventEntity>();

    public DbSet<StatusChangeEntity> StatusChanges => Set<StatusChangeEntity>();

    public DbSet<DatasetEntity> Datasets => Set<DatasetEntity>();

    public DbSet<IdempotencyKeyEntity> IdempotencyKeys => Set<IdempotencyKeyEntity>();

    public DbSet<ScheduleEntity> Schedules => Set<ScheduleEntity>();

    public DbSet<ScheduleVersionEntity> ScheduleVersions => Set<ScheduleVersionEntity>();

    public DbSet<ScheduleKeyEntity> ScheduleKeys => Set<ScheduleKeyEntity>();

    public DbSet<LossCurveEntity> LossCurves => Set<LossCurveEntity>();

    public DbSet<LawFitEntity> LawFits => Set<LawFitEntity>();

    public DbSet<TrackEntity> Tracks => Set<TrackEntity>();

    public DbSet<EntryEntity> Entries => Set<EntryEntity>();

    public DbSet<SeedBatchEntity> SeedBatches => Set<SeedBatchEntity>();

    public DbSet<EvaluationEntity> Evaluations => Set<EvaluationEntity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RunEntity>(run =>
        {
            run.ToTable("runs");
            run.HasKey(r => r.Id);
            run.Property(r => r.Status).HasConversion<string>();
            run.Property(r => r.PendingAction).HasConversion<string>();
            run.Property(r => r.FailureKind).HasConversion<string>();
            run.HasIndex(r => r.CreatedTicks);
            run.HasIndex(r => new { r.Status, r.EndedTicks });
            run.HasIndex(r => r.QueueOrder);
            run.HasIndex(r => r.ScheduleHash);
            run.Property(r => r.ExperimentKind).HasConversion<string>();
            run.HasIndex(r => r.ParentRunId);
            run.HasIndex(r => new { r.ExperimentId, r.CreatedTicks });
            run.HasIndex(r => new { r.TrackId, r.Seed }).IsUnique();
            run.HasIndex(r => new { r.EntryId, r.SeedBatch });
        });
        modelBuilder.Entity<AttemptEntity>(attempt =>
        {
            attempt.ToTable("attempts");
            attempt.HasKey(a => new { a.RunId, a.Number });
            attempt.HasOne<RunEntity>().WithMany().HasForeignKey(a => a.RunId);
            attempt.HasIndex(a => a.EndedTicks);
        });
        modelBuilder.Entity<MetricSeriesEntity>(series =>
        {
            series.ToTable("metric_series");
            series.HasKey(s => s.Id);
            series.HasIndex(s => new { s.RunId, s.Attempt, s.Key }).IsUnique();
            series.HasOne<AttemptEntity>().WithMany().HasForeignKey(s => new { s.RunId, s.Attempt });
        });
        modelBuilder.Entity<MetricChunkEntity>(chunk =>
        {
            chunk.ToTable("metric_chunks");
            chunk.HasKey(c => new { c.SeriesId, c.Ordinal });
            chunk.HasOne<MetricSeriesEntity>().WithMany().HasForeignKey(c => c.SeriesId);
        });
        BuildHistory(modelBuilder);
        BuildCatalog(modelBuilder);
        BuildSchedules(modelBuilder);
        BuildLaws(modelBuilder);
        BuildLeaderboard(modelBuilder);
    }

    private static void BuildLeaderboard(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TrackEntity>(track =>
        {
            track.ToTable("tracks");
            track.HasKey(t => t.Id);
            track.HasIndex(t => t.CreatedTicks);
        });
        modelBuilder.Entity<EntryEntity>(entry =>
        {
            entry.ToTable("entries");
            entry.HasKey(e => e.Id);
            entry.HasIndex(e => new { e.TrackId, e.ScheduleHash }).IsUnique();
            entry.HasOne<TrackEntity>().WithMany().HasForeignKey(e => e.TrackId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SeedBatchEntity>(batch =>
        {
            batch.ToTable("seed_batches");
            batch.HasKey(b => new { b.EntryId, b.Number });
            batch.Property(b => b.Purpose).HasConversion<string>();
            batch.HasOne<EntryEntity>().WithMany().HasForeignKey(b => b.EntryId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<EvaluationEntity>(evaluation =>
        {
            evaluation.ToTable("evaluations");
            evaluation.HasKey(e => new { e.RunId, e.Slice });
            evaluation.Property(e => e.Slice).HasConversion<string>();
            evaluation.HasOne<RunEntity>().WithMany().HasForeignKey(e => e.RunId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void BuildHistory(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RunEventEntity>(e =>
        {
            e.ToTable("run_events");
            e.HasKey(r => r.Sequence);
            e.Property(r => r.Kind).HasConversion<string>();
            e.HasIndex(r => new { r.RunId, r.Sequence });
            e.HasOne<RunEntity>().WithMany().HasForeignKey(r => r.RunId);
        });
        modelBuilder.Entity<StatusChangeEntity>(change =>
        {
            change.ToTable("status_changes");
            change.HasKey(c => c.Sequence);
            change.Property(c => c.From).HasConversion<string>();
            change.Property(c => c.To).HasConversion<string>();
            change.HasIndex(c => new { c.RunId, c.Sequence });
            change.HasOne<RunEntity>().WithMany().HasForeignKey(c => c.RunId);
        });
    }

    private static void BuildCatalog(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DatasetEntity>(dataset =>
        {
            dataset.ToTable("datasets");
            dataset.HasKey(d => d.Name);
            dataset.Property(d => d.Format).HasConversion<string>();
        });
        modelBuilder.Entity<IdempotencyKeyEntity>(key =>
        {
            key.ToTable("idempotency_keys");
            key.HasKey(k => k.Key);
            key.HasOne<RunEntity>().WithMany().HasForeignKey(k => k.RunId);
        });
    }

    private static void BuildSchedules(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ScheduleEntity>(schedule =>
        {
            schedule.ToTable("schedules");
            schedule.HasKey(s => s.Id);
            schedule.HasIndex(s => s.UpdatedTicks);
            schedule.HasIndex(s => s.Owner);
            schedule.HasOne<ScheduleEntity>().WithMany().HasForeignKey(s => s.ForkOfId);
        });
        modelBuilder.Entity<ScheduleVersionEntity>(version =>
        {
            version.ToTable("schedule_versions");
            version.HasKey(v => new { v.ScheduleId, v.Number });
            version.HasIndex(v => v.Hash);
            version.HasOne<ScheduleEntity>().WithMany().HasForeignKey(v => v.ScheduleId);
        });
        modelBuilder.Entity<ScheduleKeyEntity>(key =>
        {
            key.ToTable("schedule_keys");
            key.HasKey(k => k.Key);
            key.HasOne<ScheduleVersionEntity>().WithMany().HasForeignKey(k => new { k.ScheduleId, k.Version });
        });
    }

    private static void BuildLaws(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LossCurveEntity>(curve =>
        {
            curve.ToTable("loss_curves");
            curve.HasKey(c => c.Id);
            curve.HasIndex(c => c.CreatedTicks);
        });
        modelBuilder.Entity<LawFitEntity>(fit =>
        {
            fit.ToTable("law_fits");
            fit.HasKey(f => f.Id);
            fit.HasIndex(f => f.CreatedTicks);
        });
    }
}
