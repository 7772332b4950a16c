using System.Collections.Immutable;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>When a sweep stops a hopeless member early: at a rung its validation loss is far above those of comparable members.</summary>
/// <param name="Rungs">Shares of a member's steps at which it is judged, rising, each in (0, 1); 1 to 5.</param>
/// <param name="Spreads">How far above the median, in standard deviations between seeds, is hopeless; 3 to 100.</param>
/// <remarks>Early rungs that drop what is behind are those of successive halving (Jamieson and Talwalkar 2016, arXiv:1502.07943). This rule keeps no fixed share: without a gap it drops nothing.</remarks>
public sealed record SweepStopRule(ImmutableArray<double> Rungs, double Spreads = SweepStopRule.DefaultSpreads)
{
    /// <summary>Spreads unless a person says otherwise.</summary>
    public const double DefaultSpreads = 5;

    /// <summary>Begins the reason of every run that the rule stopped.</summary>
    public const string ReasonStart = "Stopped by the sweep's rule";

    private const double FewestSpreads = 3;
    private const double MostSpreads = 100;
    private const int MostRungs = 5;

    /// <summary>A quarter and a half of the way, five spreads.</summary>
    public static SweepStopRule Default { get; } = new([0.25, 0.5]);

    /// <summary>What is wrong with it, by field: <c>rungs</c>, <c>spreads</c>; empty when nothing is.</summary>
    public IReadOnlyList<SpecProblem> Problems()
    {
        List<SpecProblem> problems = [];
        if (Rungs.IsDefault || Rungs.Length is < 1 or > MostRungs || Rungs.Any(rung => rung is not (> 0 and < 1)) || Rungs.Zip(Rungs.Skip(1), (low, high) => high <= low).Any(falls => falls))
        {
            problems.Add(new("rungs", FormattableString.Invariant($"Give 1 to {MostRungs} rising shares of the steps between 0 and 1, such as 0.25 and 0.5.")));
        }

        if (Spreads is not (>= FewestSpreads and <= MostSpreads))
        {
            problems.Add(new("spreads", FormattableString.Invariant($"Between {FewestSpreads} and {MostSpreads} spreads above the median; fewer would stop members that chance alone put there. It is {Spreads}.")));
        }

        return problems;
    }

    /// <summary>The steps at which a member is judged: those of its validations at or next after each rung, and before its end.</summary>
    /// <param name="spec">The member's spec.</param>
    public IReadOnlyList<long> Steps(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var interval = spec.ValidationIntervalSteps;
        return [.. Rungs
            .Select(rung => (long)Math.Ceiling(Math.Ceiling(rung * spec.TotalSteps) / interval) * interval)
            .Where(step => step > 0 && step < spec.TotalSteps)
            .Distinct()];
    }
}
