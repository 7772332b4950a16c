using System.Text.Json.Serialization;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Leaderboard.Tracks;

/// <summary>What every run of a track has in common. Only the schedule is free; the server draws the seeds.</summary>
public sealed record TrackSpec
{
    /// <summary>The stored form's version, 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What people call the track; 1 to 120 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The model's shape.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The data, by hash.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>Steps of every run, ≥ 2: with the batch and the context, the budget of tokens.</summary>
    public required long Steps { get; init; }

    /// <summary>Sequences in a micro-batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Micro-batches a step.</summary>
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>The update rule, its constants included.</summary>
    public OptimizerSpec Optimizer { get; init; } = new();

    /// <summary>The number format that a step computes in.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The device, as a run names it.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Steps between two validations. The score is of the last step whatever this is; tokens to the target are counted in it.</summary>
    public long ValidationIntervalSteps { get; init; } = 50;

    /// <summary>Batches of the public slice, from the first half of the validation share.</summary>
    public int ValidationBatches { get; init; } = 16;

    /// <summary>Batches of the held-out slice, from the second half.</summary>
    public int HeldOutBatches { get; init; } = 16;

    /// <summary>The validation loss of the tokens-to-target board, nats per token; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TargetLoss { get; init; }

    /// <summary>The rules that the track was opened under.</summary>
    public required string Rules { get; init; }

    /// <summary>Training tokens of one run.</summary>
    [JsonIgnore]
    public long Tokens => Steps * BatchSize * GradientAccumulationSteps * Model.ContextLength;

    /// <summary>A track that fixes what a run fixes, its schedule and seed aside.</summary>
    public static TrackSpec From(RunSpec run, string name, string rules)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new TrackSpec
        {
            Name = name,
            Model = run.Model,
            Dataset = run.Dataset,
            Steps = run.TotalSteps,
            BatchSize = run.BatchSize,
            GradientAccumulationSteps = run.GradientAccumulationSteps,
            Optimizer = run.Optimizer,
            Precision = run.Precision,
            Device = run.Device,
            ValidationIntervalSteps = run.ValidationIntervalSteps,
            ValidationBatches = run.ValidationBatches,
            HeldOutBatches = run.HeldOutBatches ?? run.ValidationBatches,
            Rules = rules,
        };
    }

    /// <summary>The run of one seed of an entry.</summary>
    /// <param name="title">What the entry is called; cut where a run's name would be too long.</param>
    /// <param name="schedule">The entry's schedule, scaled already where the batch asks for it.</param>
    /// <param name="seed">Drawn by the server.</param>
    /// <param name="entry">What the run is on the board.</param>
    public RunSpec RunOf(string title, ScheduleSpec schedule, long seed, EntryMembership entry)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(title);
        const int LongestSeed = 30;
        return new RunSpec
        {
            Name = FormattableString.Invariant($"{title[..Math.Min(title.Length, RunSpecValidator.MaximumNameLength - LongestSeed)]} · seed {seed}"),
            Model = Model,
            Dataset = Dataset,
            Schedule = schedule,
            Optimizer = Optimizer,
            BatchSize = BatchSize,
            GradientAccumulationSteps = GradientAccumulationSteps,
            Seed = seed,
            Precision = Precision,
            Device = Device,
            ValidationIntervalSteps = ValidationIntervalSteps,
            ValidationBatches = ValidationBatches,
            HeldOutBatches = HeldOutBatches,
            CheckpointIntervalSteps = Math.Max(1, Steps / 4),
            Entry = entry,
        };
    }

    /// <summary>What is wrong with the track, each by the path of its field; empty for one that can be opened.</summary>
    public IReadOnlyList<SpecProblem> Validate()
    {
        List<SpecProblem> problems = [];
        if (string.IsNullOrWhiteSpace(Name))
        {
            problems.Add(new("name", "A track needs a name."));
        }

        if (Steps is < 2 or > ScheduleSpec.MaximumSteps)
        {
            problems.Add(new("steps", FormattableString.Invariant($"A run has 2 to {ScheduleSpec.MaximumSteps:N0} steps; this one has {Steps:N0}.")));
            return problems;
        }

        if (HeldOutBatches is < 1 or > 1_024)
        {
            problems.Add(new("heldOutBatches", FormattableString.Invariant($"Must be between 1 and 1,024; it is {HeldOutBatches:N0}.")));
        }

        if (TargetLoss is { } target && !(double.IsFinite(target) && target > 0))
        {
            problems.Add(new("targetLoss", "A target is a positive loss in nats per token."));
        }

        if (!RuleBook.All.Any(rules => string.Equals(rules.Version, Rules, StringComparison.Ordinal)))
        {
            problems.Add(new("rules", $"There are no rules '{Rules}'."));
        }

        var membership = new EntryMembership { Track = "aaaaaaaaaa", Entry = "aaaaaaaaaa", Batch = 1 };
        problems.AddRange(RunSpecValidator.Validate(RunOf(Name, StandardSchedules.Constant(Steps, 1e-3), 0, membership) with { Name = Name }).Where(problem => problems.TrueForAll(known => !string.Equals(known.Path, problem.Path, StringComparison.Ordinal))));
        return problems;
    }
}
