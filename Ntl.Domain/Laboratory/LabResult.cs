using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Plots;

namespace Ntl.Domain.Laboratory;

/// <summary>What an experiment showed. Every number in it is finite.</summary>
/// <param name="Plots">In reading order.</param>
/// <param name="Claims">Judged as if no replica had diverged.</param>
/// <param name="Outcome">Whether replicas diverged.</param>
public sealed record LabResult(ImmutableArray<Plot> Plots, ImmutableArray<Claim> Claims, LabOutcome Outcome)
{
    /// <summary>Each judged for the numbers now on screen; where replicas diverged, a mean of those that stayed judges nothing.</summary>
    public ImmutableArray<Claim> Claims { get; } = Outcome.DivergedShare == 0
        ? Claims
        : [.. Claims.Select(claim =>
            claim with { Verdict = ClaimVerdict.Inconclusive,
                Why = "Replicas diverged; the mean of those that did not decides nothing." })];
}
