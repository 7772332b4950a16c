namespace Ntl.Domain.Laws;

/// <summary>What came of a fit.</summary>
/// <param name="Place">The best point of the grid.</param>
/// <param name="Numbers">The law's numbers that are not linear, there or polished beside it.</param>
/// <param name="Exponent">α.</param>
/// <param name="Misfit">Weighted sum of squares, smoothness included.</param>
/// <param name="Law">The law of these numbers.</param>
internal sealed record GridResult(GridPlace Place, double[] Numbers, double Exponent, double Misfit, LossLaw Law);
