namespace Ntl.Training.Engine;

/// <summary>Training has left the finite numbers.</summary>
/// <param name="step">Where.</param>
/// <param name="loss">The step's mean loss.</param>
/// <param name="gradientNorm">The norm of its gradient.</param>
public sealed class NonFiniteException(long step, double loss, double gradientNorm)
    : Exception(FormattableString.Invariant(
        $"At step {step} the {(double.IsFinite(loss) ? "gradient's norm" : "loss")} is {(double.IsFinite(loss) ? gradientNorm : loss)}: training has diverged. A lower learning rate, a longer warm-up or gradient clipping may help."))
{
    /// <summary>The step whose loss or gradient is not finite; no update was made from it.</summary>
    public long Step { get; } = step;
}
