namespace Ntl.Web.Laws;

/// <summary>A curve that a saved fit was made of.</summary>
/// <param name="Curve">Its name in URLs.</param>
/// <param name="Name">For people.</param>
/// <param name="Measure">What its losses were.</param>
public sealed record FitSource(CurveRef Curve, string Name, string Measure);
