using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>One piece of a schedule: a pure function of the step counted from the phase's own first step.</summary>
/// <remarks>
/// <para>Plain data: a phase may hold values that make no sense until <see cref="ScheduleSpec"/> has validated it.</para>
/// <para>
/// Step convention. A phase of n steps covers local steps <c>k = 0 … n − 1</c>. A decay starts at its start rate, at
/// <c>k = 0</c>, and would reach its end rate at <c>k = n</c>, the first step of whatever follows; this is what nanoGPT, llm.c and
/// Hugging Face do after warm-up, and a decay to zero so wastes no step at rate zero. A <see cref="LinearRamp"/> is the exception:
/// it stands at <c>(k + 1)/n</c> of its way, so that the first step of a warm-up from zero already moves, and its last step is at the peak.
/// </para>
/// </remarks>
public abstract record SchedulePhase
{
    private protected SchedulePhase(long steps) => Steps = steps;

    /// <summary>The shape's name in JSON, in URLs and in the composer, e.g. <c>cosineDecay</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Length in steps; 1 to <see cref="ScheduleSpec.MaximumSteps"/>.</summary>
    public long Steps { get; init; }

    /// <summary>The rate that the phase comes from; joined without a jump when it equals the previous phase's <see cref="ExitRate"/>.</summary>
    public abstract double EntryRate { get; }

    /// <summary>The rate that the phase arrives at, on its last step (<see cref="LinearRamp"/>, <see cref="ConstantRate"/>) or one step later.</summary>
    public abstract double ExitRate { get; }

    /// <summary>The highest rate of any of the phase's steps.</summary>
    public virtual double Peak => Math.Max(RateAt(0), RateAt(Steps - 1));

    /// <summary>The lowest rate of any of the phase's steps.</summary>
    public virtual double Minimum => Math.Min(RateAt(0), RateAt(Steps - 1));

    /// <summary>The phase in words, without its place in a schedule: "cosine decay 900 to 3e-4".</summary>
    public abstract string Description { get; }

    /// <summary>Whether straight lines between <see cref="CornerSteps"/> draw the phase exactly.</summary>
    internal virtual bool IsStraight => false;

    /// <summary>Whether no step's rate is above the one before.</summary>
    internal virtual bool NeverRises => false;

    /// <summary>The learning rate at one step of the phase.</summary>
    /// <param name="step">Local step, in <c>[0, Steps)</c>.</param>
    /// <returns>Finite and ≥ 0 for a valid phase.</returns>
    public abstract double RateAt(long step);

    /// <summary>Σ of the rates of the phase's first <paramref name="steps"/> steps, in constant time.</summary>
    /// <param name="steps">In <c>[0, Steps]</c>.</param>
    public abstract double SumOfFirst(long steps);

    /// <summary>The phase cut short: the same rate and the same sum at each step that is left, bit for bit.</summary>
    /// <param name="steps">Steps to keep; in <c>[1, Steps]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many steps, or none are to be left.</exception>
    public SchedulePhase First(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Steps);
        return steps == Steps ? this : CutAfter(steps);
    }

    /// <summary>The first <paramref name="steps"/> steps, in <c>[1, Steps)</c>; overridden where the kind itself can say them.</summary>
    private protected virtual SchedulePhase CutAfter(long steps) => new FirstSteps(steps, this);

    /// <summary>Adds what is wrong with the phase's own values.</summary>
    internal abstract void Validate(string path, ICollection<SpecProblem> problems);

    /// <summary>Local steps where the curve bends or jumps inside the phase; its first and last steps not included.</summary>
    internal virtual IEnumerable<long> CornerSteps() => CornersOfFirst(Steps);

    /// <summary>Those of the phase cut after so many steps; every extreme of what is left is among them, or is its first or last step.</summary>
    internal virtual IEnumerable<long> CornersOfFirst(long steps) => steps == Steps ? [] : CornerSteps().Where(step => step < steps - 1);

    /// <summary>Local steps between which straight lines draw a curve that may rise, the strongest bend first; neither end among them.</summary>
    internal virtual IEnumerable<long> BendSteps() => [];
}
