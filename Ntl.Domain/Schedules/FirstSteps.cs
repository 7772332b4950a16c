using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>The first steps of a longer phase: where a run branches off within it. Each rate and each sum is the whole phase's, bit for bit.</summary>
/// <remarks>Made by <see cref="SchedulePhase.First"/>. A curve cut short is no shorter curve of the same kind: its formula goes on counting the whole phase's steps.</remarks>
/// <param name="Steps">Steps kept; fewer than the whole phase's.</param>
/// <param name="Of">The whole phase; not itself cut.</param>
public sealed record FirstSteps(long Steps, SchedulePhase Of) : SchedulePhase(Steps)
{
    internal const string KindName = "firstSteps";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override double EntryRate => Of.EntryRate;

    /// <inheritdoc/>
    public override double ExitRate => Of is LinearRamp ? RateAt(Steps - 1) : RateAt(Steps);

    /// <inheritdoc/>
    public override double Peak => Extremes().Max();

    /// <inheritdoc/>
    public override double Minimum => Extremes().Min();

    /// <inheritdoc/>
    public override string Description => $"the first {Steps} of {Of.Description}";

    internal override bool IsStraight => Of.IsStraight;

    internal override bool NeverRises => Of.NeverRises;

    /// <inheritdoc/>
    public override double RateAt(long step) => Of.RateAt(step);

    /// <inheritdoc/>
    public override double SumOfFirst(long steps) => Of.SumOfFirst(steps);

    private protected override SchedulePhase CutAfter(long steps) => this with { Steps = steps };

    internal override IEnumerable<long> CornerSteps() => Of.CornersOfFirst(Steps);

    internal override IEnumerable<long> BendSteps() => Of.BendSteps().Where(step => step < Steps - 1);

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        PhaseRules.Steps(Steps, $"{path}.steps", problems);
        if (Of is FirstSteps)
        {
            problems.Add(new($"{path}.of", "A phase is cut once: give the whole phase and the steps that are left of it."));
            return;
        }

        Of.Validate($"{path}.of", problems);
        if (Steps >= Of.Steps)
        {
            problems.Add(new($"{path}.steps", $"A cut phase keeps fewer steps than the whole one's {Of.Steps}, but keeps {Steps}."));
        }
    }

    private IEnumerable<double> Extremes() => [RateAt(0), RateAt(Steps - 1), .. CornerSteps().Select(RateAt)];
}
