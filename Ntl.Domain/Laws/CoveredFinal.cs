namespace Ntl.Domain.Laws;

/// <summary>A final loss that a fit had not seen, beside the band that it was given.</summary>
/// <param name="Kind">The law.</param>
/// <param name="Study">How the curve was kept out of the fit.</param>
/// <param name="Curve">The curve's name.</param>
/// <param name="PeakDistance">|ln| of its peak's ratio to the nearest fitted peak; 0 within the fitted peaks.</param>
/// <param name="Measured">The last loss measured, or the known truth of a simulated run; nats/token.</param>
/// <param name="Predicted">The law's loss there.</param>
/// <param name="Low">Lower end of the 90 % band.</param>
/// <param name="High">Upper end.</param>
public sealed record CoveredFinal(LawKind Kind, CoverageStudy Study, string Curve, double PeakDistance, double Measured, double Predicted, double Low, double High)
{
    /// <summary>Whether the band holds the final loss.</summary>
    public bool IsInside => Measured >= Low && Measured <= High;
}
