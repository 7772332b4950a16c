namespace Ntl.Domain.Laws;

/// <summary>What came of a fit.</summary>
/// <param name="Place">The best point of the grid.</param>
/// <param name="Misfit">Weighted sum of squares of the law, smoothness included.</param>
/// <param name="Law">The law at that point, or polished beside it.</param>
internal sealed record GridResult(GridPlace Place, double Misfit, LossLaw Law);
