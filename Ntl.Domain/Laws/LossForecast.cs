using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>The loss curve that a law expects of a schedule.</summary>
/// <param name="Points">In step order, from where the law was fitted; the last one is the end.</param>
/// <param name="FinalLoss">nats/token.</param>
/// <param name="FinalLow">Lower end of its 90 % band: the parameters' uncertainty and the law's own error together. Null where the fit has too little data for a band.</param>
/// <param name="FinalHigh">Upper end.</param>
/// <param name="Cautions">Why it may be wrong beyond its band, sentences; empty where nothing is known.</param>
public sealed record LossForecast(ImmutableArray<ForecastPoint> Points, double FinalLoss, double? FinalLow, double? FinalHigh, ImmutableArray<string> Cautions);
