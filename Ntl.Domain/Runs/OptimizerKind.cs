using System.Text.Json.Serialization;

namespace Ntl.Domain.Runs;

/// <summary>The update rule.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019, arXiv:1711.05101).</summary>
    [JsonStringEnumMemberName("adamw")]
    AdamW,

    /// <summary>Stochastic gradient descent with heavy-ball momentum (Polyak 1964).</summary>
    Sgd,

    /// <summary>Sign of an interpolated momentum (Chen et al. 2023, arXiv:2302.06675).</summary>
    Lion,
}
