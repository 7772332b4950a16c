using System.Text.Json.Serialization;

namespace Ntl.Domain.Experiments;

/// <summary>A predicted gain: baseline's final loss less the suggestion's.</summary>
/// <param name="Value">Nats/token; above 0 the suggestion is better.</param>
/// <param name="Low">Lower end of its 90 % interval; null where the fit had too little data for one.</param>
/// <param name="High">Upper end.</param>
public sealed record GainForecast(
    double Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Low,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? High);
