using System.Collections.Immutable;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Landscapes;

/// <summary>
/// A two-layer linear net W₂W₁ that learns a noisy linear teacher from fresh batches: l = ½·|W₂W₁x − (Ax + ε)|². Its symmetry W₂M⁻¹·MW₁ lets the
/// entropic force drive the layers to gradient balance.
/// </summary>
/// <remarks>
/// Ziyin, Xu, Chuang 2025, arXiv:2505.12387. Inputs x_j have the standard deviations <see cref="InputScales"/>, targets the noise <see cref="TargetNoise"/>.
/// Coordinates are W₁ (hidden × inputs) row by row, then W₂ (outputs × hidden).
/// </remarks>
/// <param name="Teacher">A, row by row: outputs × inputs.</param>
/// <param name="InputScales">Standard deviation of each input.</param>
/// <param name="TargetNoise">Standard deviation of each target's noise.</param>
/// <param name="Hidden">Width of the hidden layer.</param>
/// <param name="BatchSize">Samples of a step.</param>
public sealed record TwoLayerNet(
    ImmutableArray<double> Teacher, ImmutableArray<double> InputScales, ImmutableArray<double> TargetNoise, int Hidden, int BatchSize) : Landscape
{
    /// <summary>The most inputs, outputs, hidden units or samples.</summary>
    public const int MaximumWidth = 16;

    /// <summary>Observed and measured: |W₁|² − |W₂|², kept by gradient flow.</summary>
    public const int NormDifference = 0;

    /// <summary>Observed and measured: the mean batch loss, nats (observed: the loss of the weights without the targets' noise).</summary>
    public const int Loss = 1;

    /// <summary>Measured: |g₁|², the squared gradient of W₁.</summary>
    public const int FirstGradient = 2;

    /// <summary>Measured: |g₂|².</summary>
    public const int SecondGradient = 3;

    /// <summary>Measured from here on: g₁g₁ᵀ − g₂ᵀg₂, then g₁g₁ᵀ + g₂ᵀg₂; hidden × hidden entries each.</summary>
    public const int BalanceMatrices = 4;

    /// <inheritdoc/>
    public override int Coordinates => Hidden * (InputScales.Length + TargetNoise.Length);

    internal override int NoiseChannels => BatchSize * (InputScales.Length + TargetNoise.Length);

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        foreach (var (name, width) in new[] { ("hidden", Hidden), ("batchSize", BatchSize), ("inputScales", InputScales.Length), ("targetNoise", TargetNoise.Length) })
        {
            if (width is < 1 or > MaximumWidth)
            {
                problems.Add(new($"{path}.{name}", $"A net's widths and its batch are from 1 to {MaximumWidth}; here is {width}."));
            }
        }

        if (Teacher.Length != InputScales.Length * TargetNoise.Length || !Teacher.All(double.IsFinite))
        {
            problems.Add(new($"{path}.teacher", $"The teacher has {TargetNoise.Length} × {InputScales.Length} finite entries; here are {Teacher.Length}."));
        }

        if (!InputScales.Concat(TargetNoise).All(scale => scale >= 0 && double.IsFinite(scale)))
        {
            problems.Add(new($"{path}.inputScales", "Standard deviations are finite and not negative."));
        }
    }

    internal override EnsembleResult Run(EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EnsembleEngine.Run(new TwoLayerNetKernel(this), spec, threads, progress, cancellationToken);
}
