using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>A monotone fall from a start rate, at the first step, towards an end rate, reached one step after the last.</summary>
/// <param name="Steps">Length n in steps.</param>
/// <param name="StartRate">The rate at the first step.</param>
/// <param name="EndRate">The floor, which the phase would reach at local step n; ≥ 0, not above <paramref name="StartRate"/>.</param>
public abstract record RateDecay(long Steps, double StartRate, double EndRate) : SchedulePhase(Steps)
{
    /// <inheritdoc/>
    public override double EntryRate => StartRate;

    /// <inheritdoc/>
    public override double ExitRate => EndRate;

    /// <inheritdoc/>
    public override string Description => $"{ShapeName} decay {Steps} to {RateText.Format(EndRate)}";

    /// <summary>The shape in words: "cosine", "1−√".</summary>
    public abstract string ShapeName { get; }

    /// <summary>Whether the shape needs an end rate above zero: a ratio of rates, or a reciprocal, enters its formula.</summary>
    private protected virtual bool NeedsPositiveEnd => false;

    internal sealed override bool NeverRises => true;

    /// <inheritdoc/>
    public sealed override double RateAt(long step) =>
        step == 0 || StartRate == EndRate ? StartRate : Math.Clamp(Interpolate(step), EndRate, StartRate);

    /// <inheritdoc/>
    public sealed override double SumOfFirst(long steps) =>
        StartRate == EndRate || steps < 2 ? StartRate * steps : SumInterpolated(steps);

    /// <summary>The rate at a step in <c>[1, n)</c>, with <c>StartRate &gt; EndRate</c>; rounding may carry it outside the two.</summary>
    private protected abstract double Interpolate(long step);

    /// <summary>Σ of the first steps' rates, for <paramref name="steps"/> in <c>[2, n]</c> and <c>StartRate &gt; EndRate</c>.</summary>
    private protected abstract double SumInterpolated(long steps);

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        PhaseRules.Steps(Steps, $"{path}.steps", problems);
        var startIsSound = PhaseRules.Rate(StartRate, $"{path}.startRate", problems);
        var endIsSound = PhaseRules.Rate(EndRate, $"{path}.endRate", problems);
        if (!startIsSound || !endIsSound)
        {
            return;
        }

        if (EndRate > StartRate)
        {
            problems.Add(new($"{path}.endRate", $"A decay falls: the end rate {RateText.Format(EndRate)} must not be above the start rate {RateText.Format(StartRate)}."));
        }

        if (NeedsPositiveEnd && EndRate == 0)
        {
            problems.Add(new($"{path}.endRate", $"A decay of shape {ShapeName} never reaches zero: give an end rate above 0."));
        }
    }
}
