using System.Runtime.InteropServices;

namespace Ntl.Domain.Thermodynamics;

/// <summary>Second moments of one valley direction x and of the last update u, where a step is <c>x ← x − η u</c>.</summary>
/// <param name="Variance">V = ⟨x²⟩; parameter².</param>
/// <param name="Overlap">⟨x u⟩; what a step of rate η takes from V is twice η times this.</param>
/// <param name="UpdateSquare">⟨u²⟩; what a step adds to V is η² times this.</param>
/// <param name="GradientSquare">The optimizer's running mean of g², which only adaptive rules read; nats²/parameter².</param>
/// <remarks>
/// Raw moments: they hold whatever the mean of x. For a linear rule they close on themselves, so that a path of them is exact
/// under any schedule; no distribution is assumed.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValleyMoments(double Variance, double Overlap, double UpdateSquare, double GradientSquare)
{
    /// <summary>⟨x m⟩ with a momentum m that is not the update itself, as Lion's; parameter × unit of m.</summary>
    public double MemoryOverlap { get; init; }

    /// <summary>⟨m²⟩ of such a momentum.</summary>
    public double MemorySquare { get; init; }

    /// <summary>⟨m u⟩ of such a momentum and the last update.</summary>
    public double MemoryUpdate { get; init; }

    /// <summary>An optimizer at rest, its momentum empty, over a valley of a given spread.</summary>
    /// <param name="variance">V; at least 0, parameter².</param>
    /// <param name="mode">The direction.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative or not finite.</exception>
    public static ValleyMoments AtRest(double variance, ValleyMode mode) =>
        new(Require.NotNegative(variance), 0, 0, mode.GradientSquare(variance));

    /// <summary>The rate that makes the next variance smallest, ⟨xu⟩/⟨u²⟩, and 0 when no rate does; for moments with a fresh update.</summary>
    /// <remarks>The next V is a parabola in the rate of the step, for every rule.</remarks>
    public double BestRate => Overlap > 0 ? Overlap / UpdateSquare : 0;

    /// <summary>The moments after the step <c>x ← x − η u</c>.</summary>
    /// <param name="rate">η; at least 0.</param>
    /// <returns>The variance is ∞ from where it no longer fits a double: divergence, never NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public ValleyMoments Move(double rate)
    {
        Require.NotNegative(rate);
        var variance = Variance - 2 * rate * Overlap + rate * rate * UpdateSquare;
        return this with
        {
            Variance = double.IsNaN(variance) ? double.PositiveInfinity : variance, // ∞ − ∞
            Overlap = Overlap - rate * UpdateSquare,
            MemoryOverlap = MemoryOverlap - rate * MemoryUpdate,
        };
    }
}
