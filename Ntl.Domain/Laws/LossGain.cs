using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>What a law expects a schedule to gain over another.</summary>
/// <param name="Gain">Baseline's final loss − schedule's, nats/token; above zero the schedule is better.</param>
/// <param name="Low">Lower end of its 90 % band; null where the fit has too little data for a band.</param>
/// <param name="High">Upper end.</param>
/// <param name="Cautions">What must be said beside it; never empty.</param>
public sealed record LossGain(double Gain, double? Low, double? High, ImmutableArray<string> Cautions);
