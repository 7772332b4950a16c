namespace Ntl.Domain.Landscapes;

/// <summary>A landscape under an optimiser. All else that an ensemble does is the same code for all of them, and compiled once.</summary>
internal abstract class Stepper
{
    /// <inheritdoc cref="IKernel.Advance"/>
    public abstract void Advance(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, bool isMeasuring);
}
