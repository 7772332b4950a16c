using System.Collections.Immutable;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Experiments;

/// <summary>A standard experiment, laid out as runs to be queued.</summary>
/// <param name="Id">The experiment's identity, in every member.</param>
/// <param name="Kind">Which experiment.</param>
/// <param name="Members">In an order in which each one's checkpoint is there before it starts.</param>
public sealed record ExperimentPlan(string Id, ExperimentKind Kind, ImmutableArray<ExperimentMember> Members)
{
    /// <summary>Updates of all members, the trunk's not counted.</summary>
    public long TotalSteps => Members.Sum(member => member.Steps);

    /// <summary>Floating-point operations of all members.</summary>
    public double TotalFlops => Members.Sum(member => RunCost.TotalFlops(member.Spec));

    /// <summary>A run to branch experiments off: a small GPT (0.83 million parameters), warmed up and then held at one rate without weight decay or clipping.</summary>
    /// <param name="dataset">Byte-level text.</param>
    /// <param name="steps">Of the run, 200 or more; its last checkpoint is kept.</param>
    /// <param name="rate">η of the hold; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few steps.</exception>
    /// <exception cref="InvalidScheduleException">The rate is no rate.</exception>
    public static RunSpec StandardTrunk(DatasetSpec dataset, long steps = 1_000, double rate = 1e-3)
    {
        const long FewestSteps = 200;
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, FewestSteps);
        return new()
        {
            Name = FormattableString.Invariant($"Trunk at {NumberFormat.Rate(rate)}"),
            Model = new() { LayerCount = 4, HeadCount = 4, EmbeddingWidth = 128, ContextLength = 64, VocabularySize = 256, HasBias = false },
            Dataset = dataset,
            Schedule = StandardSchedules.Constant(steps, rate, warmupSteps: steps / 10),
            Optimizer = new() { WeightDecay = 0, GradientClip = null },
            BatchSize = 8,
            GradientAccumulationSteps = 4,
            Seed = 1,
            ValidationIntervalSteps = 25,
            ValidationBatches = 64,
            Probes = new() { NoiseIntervalSteps = 5, ColdHorizonSteps = 100, CurvatureIntervalSteps = 250, ConductionIntervalSteps = 500, RiverWindowSteps = 200 },
            KeptCheckpointIntervalSteps = steps,
        };
    }

    /// <summary>Lays out an experiment.</summary>
    /// <param name="kind">Which; one of <see cref="ExperimentKinds.OffACheckpoint"/>.</param>
    /// <param name="trunk">The checkpoint that it branches off; the rate of its last step is the experiment's η.</param>
    /// <param name="options">Sizes; null for the kind's own.</param>
    /// <param name="newId">Draws identities, of the experiment and its members.</param>
    /// <exception cref="ArgumentOutOfRangeException">The checkpoint's step, or a size, is outside its range, or the rate there is 0.</exception>
    /// <exception cref="InvalidScheduleException">A rate is too high, or the whole too long.</exception>
    public static ExperimentPlan Create(ExperimentKind kind, ExperimentTrunk trunk, ExperimentOptions? options, Func<RunId> newId)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        ArgumentNullException.ThrowIfNull(newId);
        if (!ExperimentKinds.IsOffACheckpoint(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such experiment branches off a checkpoint.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(trunk.Step, 1, nameof(trunk));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trunk.Step, trunk.Spec.TotalSteps, nameof(trunk));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trunk.Spec.Schedule.LearningRate(trunk.Step - 1), nameof(trunk));
        options ??= new();
        if (options.Problem() is { } problem)
        {
            throw new ArgumentOutOfRangeException(nameof(options), problem);
        }

        var layout = new ExperimentLayout(kind, newId().Value, trunk, options, newId);
        layout.AddMembers();
        return new(layout.Id, kind, [.. layout.Members]);
    }

    /// <summary>Steps of the trunk that make as many tokens as all members: larger batches count more.</summary>
    /// <param name="trunk">The trunk's spec.</param>
    public double EquivalentSteps(RunSpec trunk)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        return Members.Sum(member => member.Steps * (double)member.Spec.TokensPerStep / trunk.TokensPerStep);
    }
}
