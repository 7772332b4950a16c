using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Annealing;

/// <summary>The schedule that makes every next variance as small as one step can.</summary>
/// <remarks>
/// <para>
/// V after a step is a parabola in the step's rate, <c>V − 2η⟨xu⟩ + η²⟨u²⟩</c>, lowest at <c>η* = ⟨xu⟩/⟨u²⟩</c>; for gradient descent
/// <c>aV/(a²V + σ²)</c>. Where the lowest V grows with the V before it, as for gradient descent and sign descent, a colder start never hurts and the greedy
/// schedule is the best of all. With momentum it is greedy only.
/// </para>
/// <para>The 1/t decay of Liu et al. 2025, arXiv:2505.10559; from equilibrium at η₀ the first step is at η₀/2.</para>
/// </remarks>
public static class GreedyAnnealing
{
    /// <summary>The greedy rates of one direction.</summary>
    /// <param name="rule">The optimizer.</param>
    /// <param name="mode">The direction.</param>
    /// <param name="start">Moments before the first step.</param>
    /// <param name="steps">Number of rates; at least 0.</param>
    /// <returns>Rates ≥ 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public static double[] Rates(UpdateRule rule, ValleyMode mode, ValleyMoments start, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var rates = new double[steps];
        var moments = start;
        for (var step = 0; step < steps; step++)
        {
            moments = rule.Refresh(moments, mode);
            rates[step] = moments.BestRate;
            moments = moments.Move(rates[step]);
        }

        return rates;
    }
}
