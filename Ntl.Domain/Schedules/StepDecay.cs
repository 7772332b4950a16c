using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>A staircase: <c>η(k) = max(floor, start·factor^⌊k/every⌋)</c>.</summary>
/// <param name="Steps">Length in steps.</param>
/// <param name="StartRate">The rate of the first stair.</param>
/// <param name="FloorRate">The rate that no stair falls below; ≥ 0, not above <paramref name="StartRate"/>.</param>
/// <param name="Factor">Ratio of a stair to the one before; above 0, at most 1.</param>
/// <param name="EverySteps">Length of a stair in steps; ≥ 1.</param>
public sealed record StepDecay(long Steps, double StartRate, double FloorRate, double Factor, long EverySteps) : SchedulePhase(Steps)
{
    private const int MostStairsDrawn = 1000;

    internal const string KindName = "stepDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override double EntryRate => StartRate;

    /// <inheritdoc/>
    public override double ExitRate => RateAt(Steps - 1);

    /// <inheritdoc/>
    public override string Description => $"×{RateText.Format(Factor)} every {EverySteps} for {Steps}";

    internal override bool NeverRises => true;

    /// <inheritdoc/>
    public override double RateAt(long step) => Math.Clamp(StartRate * Math.Pow(Factor, step / EverySteps), FloorRate, StartRate);

    /// <inheritdoc/>
    public override double SumOfFirst(long steps)
    {
        var wholeStairs = steps / EverySteps;
        var rest = steps % EverySteps;
        var falling = Math.Min(wholeStairs, StairsAboveFloor());
        var logFactor = Math.Log(Factor);
        var geometric = logFactor == 0 ? falling : PowerSum.ExpMinusOne(falling * logFactor) / PowerSum.ExpMinusOne(logFactor);
        var sum = EverySteps * (StartRate * geometric + FloorRate * (wholeStairs - falling));
        return rest == 0 ? sum : sum + rest * RateAt(steps - 1);
    }

    private protected override SchedulePhase CutAfter(long steps) => this with { Steps = steps };

    internal override IEnumerable<long> CornerSteps()
    {
        if (Steps / EverySteps > MostStairsDrawn)
        {
            yield break; // too fine to see: drawn as a curve
        }

        for (var edge = EverySteps; edge < Steps && RateAt(edge) < RateAt(edge - 1); edge += EverySteps)
        {
            yield return edge - 1;
            yield return edge;
        }
    }

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        PhaseRules.Steps(Steps, $"{path}.steps", problems);
        PhaseRules.Steps(EverySteps, $"{path}.everySteps", problems);
        if (PhaseRules.Rate(StartRate, $"{path}.startRate", problems) & PhaseRules.Rate(FloorRate, $"{path}.floorRate", problems) && FloorRate > StartRate)
        {
            problems.Add(new($"{path}.floorRate", $"The floor {RateText.Format(FloorRate)} must not be above the start rate {RateText.Format(StartRate)}."));
        }

        if (!(Factor > 0 && Factor <= 1))
        {
            problems.Add(new($"{path}.factor", $"The factor must be above 0 and at most 1, but is {RateText.Format(Factor)}."));
        }
    }

    private long StairsAboveFloor()
    {
        if (Factor == 1 || StartRate == 0)
        {
            return long.MaxValue;
        }

        var stairs = Math.Ceiling(Math.Log(FloorRate / StartRate) / Math.Log(Factor)); // +∞ for a floor of 0
        return stairs < long.MaxValue ? (long)stairs : long.MaxValue;
    }
}
