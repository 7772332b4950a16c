namespace Ntl.Domain.Laws;

/// <summary>How well a law meets one curve.</summary>
/// <param name="Name">The curve's.</param>
/// <param name="MeanError">Mean |predicted − measured|; nats/token.</param>
/// <param name="MeasuredFinal">The last loss that was measured, averaged with its near past where the log is dense; nats/token.</param>
/// <param name="PredictedFinal">The law's loss at the same place.</param>
public sealed record CurveScore(string Name, double MeanError, double MeasuredFinal, double PredictedFinal)
{
    /// <summary>Predicted − measured at the end; nats/token.</summary>
    public double FinalError => PredictedFinal - MeasuredFinal;
}
