using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Laws;

/// <summary>What runs must share for one law to hold for all of them: the model, the data, the batch and the update rule. Schedule, seed, precision and device may differ.</summary>
/// <param name="Key">Equal for runs of one family: the first 16 hex digits of a SHA-256.</param>
/// <param name="ModelName">As lists name it.</param>
/// <param name="DatasetName">Of the catalog.</param>
/// <param name="DatasetHash">SHA-256 of the data.</param>
/// <param name="TokensPerStep">Batch × context × accumulation.</param>
/// <param name="OptimizerName">The update rule.</param>
public sealed record CurveFamily(string Key, string ModelName, string DatasetName, string DatasetHash, long TokensPerStep, string OptimizerName)
{
    private const int KeyDigits = 16;

    /// <summary>The family of a run.</summary>
    public static CurveFamily Of(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var shared = JsonSerializer.Serialize(new { spec.Model, spec.Dataset.Hash, spec.Dataset.ValidationFraction, spec.TokensPerStep, spec.Optimizer });
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shared)))[..KeyDigits];
        return new(key, ModelNames.Of(spec.Model), spec.Dataset.Name, spec.Dataset.Hash, spec.TokensPerStep, spec.Optimizer.Kind.ToString());
    }
}
