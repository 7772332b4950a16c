using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>A curve as lists to pick from name it.</summary>
/// <param name="Ref">The curve.</param>
/// <param name="Name">For people.</param>
/// <param name="Detail">Schedule and model, or file and length.</param>
public sealed record NamedCurve(CurveRef Ref, string Name, string Detail);
