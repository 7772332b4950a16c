using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>The same rate at every step.</summary>
/// <param name="Steps">Length in steps.</param>
/// <param name="Rate">The learning rate; ≥ 0.</param>
public sealed record ConstantRate(long Steps, double Rate) : SchedulePhase(Steps)
{
    internal const string KindName = "constantRate";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override double EntryRate => Rate;

    /// <inheritdoc/>
    public override double ExitRate => Rate;

    /// <inheritdoc/>
    public override string Description => $"hold {RateText.Format(Rate)} for {Steps}";

    internal override bool IsStraight => true;

    /// <inheritdoc/>
    public override double RateAt(long step) => Rate;

    /// <inheritdoc/>
    public override double SumOfFirst(long steps) => Rate * steps;

    private protected override SchedulePhase CutAfter(long steps) => this with { Steps = steps };

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        PhaseRules.Steps(Steps, $"{path}.steps", problems);
        PhaseRules.Rate(Rate, $"{path}.rate", problems);
    }
}
