using System.Text.Json.Serialization;

namespace Ntl.Domain.Experiments;

/// <summary>What a fitted law said of a run before it was queued, kept with the run so that it cannot be said otherwise afterwards.</summary>
/// <param name="Fit">The stored fit; 1 to 120 characters.</param>
/// <param name="Law">The law's name, for people; 1 to 120 characters.</param>
/// <param name="FinalLoss">Predicted loss at the end; nats/token.</param>
/// <param name="Low">Lower end of its 90 % band; null where the fit had too little data for a band.</param>
/// <param name="High">Upper end.</param>
public sealed record RunForecast(
    string Fit,
    string Law,
    double FinalLoss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Low,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? High)
{
    private const int LongestText = 120;

    /// <summary>What the suggestion was predicted to gain over the baseline; null for a baseline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GainForecast? Gain { get; init; }

    internal bool IsSound =>
        Fit is { Length: >= 1 and <= LongestText } && Law is { Length: >= 1 and <= LongestText } && Array.TrueForAll([FinalLoss, Low ?? 0, High ?? 0, Gain?.Value ?? 0, Gain?.Low ?? 0, Gain?.High ?? 0], double.IsFinite);
}
