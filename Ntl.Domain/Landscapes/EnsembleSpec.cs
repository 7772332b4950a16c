using System.Collections.Immutable;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Landscapes;

/// <summary>An ensemble: many replicas of one optimiser on one landscape under one schedule. Equal specs give equal bits.</summary>
public sealed record EnsembleSpec
{
    /// <summary>The most replicas.</summary>
    public const int MaximumReplicas = 1_000_000;

    /// <summary>The most steps.</summary>
    public const int MaximumSteps = 10_000_000;

    /// <summary>The most replicas × steps × coordinates: some minutes on one core.</summary>
    public const double MaximumWork = 1e11;

    /// <summary>The most records.</summary>
    public const int MaximumRecords = 10_000;

    /// <summary>The loss and the noise of its gradient.</summary>
    public required Landscape Landscape { get; init; }

    /// <summary>The optimiser.</summary>
    public EnsembleOptimizer Optimizer { get; init; } = EnsembleOptimizer.Sgd;

    /// <summary>η of every step.</summary>
    public required ScheduleSpec Schedule { get; init; }

    /// <summary>How many replicas, each with noise of its own; 1 to <see cref="MaximumReplicas"/>.</summary>
    public int Replicas { get; init; } = 1024;

    /// <summary>Key of all noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where replicas start; null for the origin.</summary>
    public EnsembleStart? Start { get; init; }

    /// <summary>After how many steps to record means over replicas: rising, each in [0, total steps]. Empty for none.</summary>
    public ImmutableArray<long> RecordAt { get; init; } = [];

    /// <summary>First step of the window over which the landscape's measures are averaged, to the end; null for no measuring.</summary>
    public long? MeasureFrom { get; init; }

    /// <summary>Says all that is wrong with it; nothing when it can run.</summary>
    public IReadOnlyList<SpecProblem> Validate()
    {
        List<SpecProblem> problems = [];
        Landscape.Validate("landscape", problems);
        Optimizer.Validate("optimizer", problems);
        if (Replicas is < 1 or > MaximumReplicas)
        {
            problems.Add(new("replicas", FormattableString.Invariant($"An ensemble has from 1 to {MaximumReplicas:N0} replicas; this one has {Replicas:N0}.")));
        }

        if (Schedule.TotalSteps > MaximumSteps)
        {
            problems.Add(new("schedule", FormattableString.Invariant($"An ensemble takes at most {MaximumSteps:N0} steps; this schedule has {Schedule.TotalSteps:N0}.")));
        }

        if ((double)Replicas * Schedule.TotalSteps * Landscape.Coordinates > MaximumWork)
        {
            problems.Add(new("replicas", FormattableString.Invariant($"{Replicas:N0} replicas × {Schedule.TotalSteps:N0} steps × {Landscape.Coordinates} coordinates is more than {NumberFormat.Number(MaximumWork, 2)}: take fewer replicas or steps.")));
        }

        if (Start is { } start && (start.Mean.Length != Landscape.Coordinates || start.Spread.Length != Landscape.Coordinates
            || !start.Mean.All(double.IsFinite) || !start.Spread.All(spread => spread >= 0 && double.IsFinite(spread))))
        {
            problems.Add(new("start", $"A start gives a finite mean and a spread of 0 or more for each of the {Landscape.Coordinates} coordinates."));
        }

        if (RecordAt.Length > MaximumRecords || RecordAt.Any(step => step < 0 || step > Schedule.TotalSteps) || RecordAt.Zip(RecordAt.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            problems.Add(new("recordAt", FormattableString.Invariant($"Records are at most {MaximumRecords}, at rising numbers of steps from 0 to {Schedule.TotalSteps}.")));
        }

        if (MeasureFrom is { } from && (from < 0 || from >= Schedule.TotalSteps))
        {
            problems.Add(new("measureFrom", FormattableString.Invariant($"The measuring window starts at a step in [0, {Schedule.TotalSteps}); this one at {from}.")));
        }

        return problems;
    }

    /// <summary>Numbers of steps for <see cref="RecordAt"/>: both ends and evenly between.</summary>
    /// <param name="totalSteps">Length of the schedule.</param>
    /// <param name="records">How many at most, ≥ 2.</param>
    public static ImmutableArray<long> Evenly(long totalSteps, int records) =>
        [.. Enumerable.Range(0, records).Select(i => (long)Math.Round((double)totalSteps * i / (records - 1))).Distinct()];
}
