using System.Text.Json.Serialization;

namespace Ntl.Domain.Runs;

/// <summary>The number format that a step computes in. Master weights and optimizer state are always 32-bit.</summary>
public enum Precision
{
    /// <summary>32-bit everywhere.</summary>
    Float32,

    /// <summary>bfloat16 in linear layers and attention; residual, layer norm and loss in 32 bits.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}
