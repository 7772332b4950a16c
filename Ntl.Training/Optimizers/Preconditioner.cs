using static TorchSharp.torch;

namespace Ntl.Training.Optimizers;

/// <summary>How an optimizer weighs a gradient: by a diagonal, or by its sign alone.</summary>
/// <remarks>
/// A diagonal P holds every direction at a thermal loss of ¼ηP_iσ_i², a sign rule at C(1)ησ_i (Liu et al. 2025, arXiv:2505.10559; <see cref="Ntl.Domain.Thermodynamics.UpdateRule"/>).
/// So a sign rule counts as 4C(1)σ_i where a diagonal counts as P_iσ_i², and both as ¼η Tr PΣ.
/// </remarks>
public sealed class Preconditioner : IDisposable
{
    private Preconditioner(Tensor? diagonal, double lossPerDeviation)
    {
        Diagonal = diagonal?.DetachFromDisposeScope();
        LossPerDeviation = lossPerDeviation;
    }

    /// <summary>P, above 0: (P) in the order of the arena, or (1) where all are equal; null for a sign rule.</summary>
    public Tensor? Diagonal { get; }

    /// <summary>C(1) of a sign rule: stationary thermal loss per unit of rate and of noise σ; NaN for a diagonal.</summary>
    public double LossPerDeviation { get; }

    /// <summary>A gradient times a diagonal.</summary>
    /// <param name="diagonal">(P) or (1), above 0; owned from now on.</param>
    public static Preconditioner Linear(Tensor diagonal) => new(diagonal, double.NaN);

    /// <summary>The sign of a gradient, or of an average of gradients.</summary>
    /// <param name="lossPerDeviation">C(1); above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The constant is not positive.</exception>
    public static Preconditioner Sign(double lossPerDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lossPerDeviation);
        return new(null, lossPerDeviation);
    }

    /// <inheritdoc/>
    public void Dispose() => Diagonal?.Dispose();
}
