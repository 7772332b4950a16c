namespace Ntl.Domain.Laws;

/// <summary>The linear parameters of a law at given others.</summary>
/// <param name="Misfit">Weighted sum of squares, smoothness included.</param>
/// <param name="RiverScale">A.</param>
/// <param name="ColdLoss">L₀.</param>
/// <param name="Heats">The valley's coefficients.</param>
internal sealed record LinearFit(double Misfit, double RiverScale, double ColdLoss, double[] Heats);
