using System.Runtime.InteropServices;

namespace Ntl.Domain.Laws;

/// <summary>A predicted loss with its 90 % band.</summary>
/// <param name="Updates">After so many updates.</param>
/// <param name="Loss">nats/token.</param>
/// <param name="Low">Lower end; null where the fit has too little data for a band.</param>
/// <param name="High">Upper end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ForecastPoint(long Updates, double Loss, double? Low, double? High);
