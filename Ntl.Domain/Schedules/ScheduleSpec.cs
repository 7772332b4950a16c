using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>A learning-rate schedule: a pure, immutable function of the step, made of phases that follow one another.</summary>
/// <remarks>
/// Steps are zero-based, <c>[0, TotalSteps)</c>; rates are dimensionless. There is no state, so to resume is to evaluate. Two
/// schedules are equal when their canonical JSON is, and an instance is always valid.
/// </remarks>
[JsonConverter(typeof(ScheduleSpecJsonConverter))]
public sealed class ScheduleSpec : IEquatable<ScheduleSpec>
{
    /// <summary>The longest schedule, in steps.</summary>
    public const long MaximumSteps = 1_000_000_000;

    /// <summary>The most phases in one schedule.</summary>
    public const int MaximumPhases = 1_000;

    /// <summary>The highest learning rate; above it there is a slip of the pen.</summary>
    public const double MaximumRate = 1e6;

    /// <summary>The lowest learning rate above zero; keeps ratios of rates finite.</summary>
    public const double SmallestPositiveRate = 1e-30;

    private readonly double[] _sums; // Σ η before phase i; the last entry is D
    private readonly Lazy<string> _canonicalJson;
    private readonly Lazy<ScheduleHash> _hash;

    /// <summary>Joins phases into a schedule.</summary>
    /// <param name="phases">1 to <see cref="MaximumPhases"/> phases, in order.</param>
    /// <exception cref="InvalidScheduleException">A value is out of range; the exception lists every problem.</exception>
    public ScheduleSpec(params IEnumerable<SchedulePhase> phases)
        : this([.. phases], validate: true)
    {
    }

    private ScheduleSpec(ImmutableArray<SchedulePhase> phases, bool validate)
    {
        if (validate && Validate(phases) is { Count: > 0 } problems)
        {
            throw new InvalidScheduleException(problems);
        }

        var spans = ImmutableArray.CreateBuilder<PhaseSpan>(phases.Length);
        _sums = new double[phases.Length + 1];
        foreach (var phase in phases)
        {
            spans.Add(new(spans.Count, phase, TotalSteps));
            _sums[spans.Count] = _sums[spans.Count - 1] + phase.SumOfFirst(phase.Steps);
            TotalSteps += phase.Steps;
        }

        Phases = spans.MoveToImmutable();
        Peak = phases.Max(phase => phase.Peak);
        Minimum = phases.Min(phase => phase.Minimum);
        _canonicalJson = new(() => ScheduleJson.Write(this));
        _hash = new(() => ScheduleHash.Of(CanonicalJson));
    }

    /// <summary>The phases with their places.</summary>
    public ImmutableArray<PhaseSpan> Phases { get; }

    /// <summary>Length in steps.</summary>
    public long TotalSteps { get; }

    /// <summary>The highest rate of any step.</summary>
    public double Peak { get; }

    /// <summary>η_min, the lowest rate of any step, warm-up included.</summary>
    public double Minimum { get; }

    /// <summary>The rate of the last step.</summary>
    public double Final => LearningRate(TotalSteps - 1);

    /// <summary>Intrinsic time of the whole schedule, <c>D = Σ η</c>, warm-up included; in units of rate × step.</summary>
    public double IntrinsicTime => _sums[^1];

    /// <summary>The one JSON text of this schedule: fixed key order, no white space, shortest round-trip numbers.</summary>
    public string CanonicalJson => _canonicalJson.Value;

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>: the schedule's identity.</summary>
    public ScheduleHash Hash => _hash.Value;

    /// <summary>The schedule in words: "WSD: warm up 100 to 3e-3, hold 3e-3 for 700, 1−√ decay 200 to 0".</summary>
    public string Description => ScheduleDescription.Of(this);

    /// <summary>Says what is wrong with a list of phases; nothing when a schedule can be made of it.</summary>
    /// <param name="phases">The phases.</param>
    /// <param name="path">Path of the schedule in a larger document, e.g. <c>schedule</c>.</param>
    public static IReadOnlyList<SpecProblem> Validate(IReadOnlyList<SchedulePhase> phases, string path = "")
    {
        var problems = new List<SpecProblem>();
        var phasesPath = path.Length == 0 ? "phases" : $"{path}.phases";
        if (phases.Count is < 1 or > MaximumPhases)
        {
            problems.Add(new(phasesPath, $"A schedule has from 1 to {MaximumPhases} phases; this one has {phases.Count}."));
            return problems;
        }

        if (phases.Sum(FormulaSteps) is > ExpressionPhase.MaximumSteps and var formulaSteps && phases.Count > 1)
        {
            problems.Add(new(phasesPath, $"A schedule's formulas have at most {ExpressionPhase.MaximumSteps} steps together, since each is worked out; these have {formulaSteps}."));
            return problems;
        }

        for (var i = 0; i < phases.Count; i++)
        {
            phases[i].Validate($"{phasesPath}[{i}]", problems);
        }

        if (problems.Count == 0 && phases.Sum(phase => phase.Steps) is > MaximumSteps and var total)
        {
            problems.Add(new(phasesPath, $"A schedule has at most {MaximumSteps} steps; this one has {total}."));
        }

        return problems;
    }

    // Each step of a formula is worked out when a schedule is made of it.
    private static long FormulaSteps(SchedulePhase phase) => phase switch
    {
        ExpressionPhase => phase.Steps,
        FirstSteps cut => FormulaSteps(cut.Of),
        _ => 0,
    };

    /// <summary>Joins phases into a schedule, or says everything that is wrong with them.</summary>
    public static bool TryCreate(
        IReadOnlyList<SchedulePhase> phases,
        [NotNullWhen(true)] out ScheduleSpec? schedule,
        out IReadOnlyList<SpecProblem> problems)
    {
        problems = Validate(phases);
        schedule = problems.Count == 0 ? new([.. phases], validate: false) : null;
        return schedule is not null;
    }

    /// <summary>Reads a schedule's JSON strictly, or says everything that is wrong with it.</summary>
    /// <param name="json">Any text.</param>
    /// <param name="schedule">The schedule, when there are no problems.</param>
    /// <param name="problems">Every problem, with its field's path.</param>
    public static bool TryParse(
        string json,
        [NotNullWhen(true)] out ScheduleSpec? schedule,
        out IReadOnlyList<SpecProblem> problems)
    {
        var found = new List<SpecProblem>();
        schedule = ScheduleJson.Read(json, found);
        problems = found;
        return schedule is not null;
    }

    /// <summary>Reads a schedule's JSON strictly.</summary>
    /// <exception cref="InvalidScheduleException">The text is not a valid schedule; the exception lists every problem.</exception>
    public static ScheduleSpec Parse(string json) =>
        TryParse(json, out var schedule, out var problems) ? schedule : throw new InvalidScheduleException(problems);

    /// <summary>The learning rate of one optimizer update.</summary>
    /// <param name="step">Zero-based, in <c>[0, TotalSteps)</c>.</param>
    /// <returns>Finite, in <c>[Minimum, Peak]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is outside the schedule.</exception>
    public double LearningRate(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, TotalSteps);
        var span = PhaseAt(step);
        return span.Phase.RateAt(step - span.FirstStep);
    }

    /// <summary>Intrinsic time <c>D = Σ η</c> after a number of updates; its cost grows with the logarithm of the number of phases.</summary>
    /// <param name="steps">In <c>[0, TotalSteps]</c>; the rate of step <c>s</c> is counted from <c>s + 1</c> on.</param>
    /// <returns>Never falls with the step, but for the rounding of its last digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many steps.</exception>
    public double CumulativeRate(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, TotalSteps);
        if (steps == TotalSteps)
        {
            return IntrinsicTime;
        }

        var span = PhaseAt(steps);
        return _sums[span.Index] + span.Phase.SumOfFirst(steps - span.FirstStep);
    }

    /// <summary>The fewest steps after which intrinsic time has reached a value: the inverse of <see cref="CumulativeRate"/>.</summary>
    /// <param name="intrinsicTime">Any number; what lies beyond the schedule gives 0 or <see cref="TotalSteps"/>.</param>
    public long StepsToReach(double intrinsicTime)
    {
        var (low, high) = (0L, TotalSteps);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = CumulativeRate(middle) >= intrinsicTime ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>Writes the rates of consecutive steps.</summary>
    /// <param name="firstStep">Step of the first rate.</param>
    /// <param name="rates">Filled whole; <c>firstStep + rates.Length</c> must not pass <see cref="TotalSteps"/>.</param>
    public void CopyRates(long firstStep, Span<double> rates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstStep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstStep + rates.Length, TotalSteps, nameof(firstStep));
        while (!rates.IsEmpty)
        {
            var span = PhaseAt(firstStep);
            var count = (int)Math.Min(rates.Length, span.EndStep - firstStep);
            for (var i = 0; i < count; i++)
            {
                rates[i] = span.Phase.RateAt(firstStep - span.FirstStep + i);
            }

            firstStep += count;
            rates = rates[count..];
        }
    }

    /// <summary>The phase that a step belongs to.</summary>
    /// <param name="step">In <c>[0, TotalSteps)</c>.</param>
    public PhaseSpan PhaseAt(long step)
    {
        var (low, high) = (0, Phases.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Phases[middle].FirstStep <= step ? (middle, high) : (low, middle - 1);
        }

        return Phases[low];
    }

    /// <summary>The schedule cut after so many steps: whole phases kept, the last one cut. Rates, D and phases are the same at each step that is left, bit for bit.</summary>
    /// <param name="steps">In <c>[1, TotalSteps]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many steps, or none are to be left.</exception>
    public ScheduleSpec First(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, TotalSteps);
        var last = PhaseAt(steps - 1);
        return steps == TotalSteps ? this : new([.. Phases.Take(last.Index).Select(span => span.Phase), last.Phase.First(steps - last.FirstStep)]);
    }

    /// <summary>The schedule followed by more phases.</summary>
    /// <param name="phases">At least one.</param>
    /// <exception cref="InvalidScheduleException">A value is out of range, or the whole is too long; the exception lists every problem, its paths counting all phases.</exception>
    public ScheduleSpec Then(params IEnumerable<SchedulePhase> phases) => new([.. Phases.Select(span => span.Phase), .. phases]);

    /// <summary>A few points that draw the schedule: every corner that fits, both ends, both extremes, curves filled evenly.</summary>
    /// <param name="maximumPoints">≥ 2.</param>
    /// <returns>At most that many points, in step order; straight lines between them are close to the schedule.</returns>
    public IReadOnlyList<RatePoint> Sample(int maximumPoints) => ScheduleSampler.Sample(this, maximumPoints);

    /// <inheritdoc/>
    public bool Equals(ScheduleSpec? other) => other is not null && string.Equals(CanonicalJson, other.CanonicalJson, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScheduleSpec);

    /// <inheritdoc/>
    public override int GetHashCode() => CanonicalJson.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Description;
}
