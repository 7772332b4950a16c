using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules;

/// <summary>A power of what is left: <c>η(k) = end + (start − end)·(1 − k/n)^power</c>.</summary>
/// <param name="Steps">Length n in steps.</param>
/// <param name="StartRate">The rate at the first step.</param>
/// <param name="EndRate">The floor; ≥ 0, not above <paramref name="StartRate"/>.</param>
/// <param name="Power">Above 0, at most <see cref="MaximumPower"/>; 1 is linear, 2 ends gently, ½ ends steeply.</param>
public sealed record PolynomialDecay(long Steps, double StartRate, double EndRate, double Power) : RateDecay(Steps, StartRate, EndRate)
{
    /// <summary>The highest power; above it the decay is a cliff.</summary>
    public const double MaximumPower = 10;

    internal const string KindName = "polynomialDecay";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string ShapeName => $"power-{RateText.Format(Power)}";

    private protected override double Interpolate(long step) =>
        EndRate + (StartRate - EndRate) * Math.Pow((double)(Steps - step) / Steps, Power);

    private protected override double SumInterpolated(long steps) =>
        EndRate * steps + (StartRate - EndRate) * (PowerSum.Sum(Steps - steps + 1, steps, Power) / Math.Pow(Steps, Power));

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        base.Validate(path, problems);
        if (!(Power > 0 && Power <= MaximumPower))
        {
            problems.Add(new($"{path}.power", $"The power must be above 0 and at most {RateText.Format(MaximumPower)}, but is {RateText.Format(Power)}."));
        }
    }
}
