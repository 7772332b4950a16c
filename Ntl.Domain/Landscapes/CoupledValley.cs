using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Landscapes;

/// <summary>Two coupled modes, each in a bath of its own. Heat flows from the hotter to the colder.</summary>
/// <param name="Modes">Curvatures and coupling.</param>
/// <param name="FirstNoise">σ₁ ≥ 0, nats per unit of x; the first bath's temperature is ησ₁²/2.</param>
/// <param name="SecondNoise">σ₂ ≥ 0.</param>
public sealed record CoupledValley(CoupledModes Modes, double FirstNoise, double SecondNoise) : Landscape
{
    /// <summary>Measured: heat that the first bath gives to the modes, nats per unit of D; midpoint rule.</summary>
    public const int HeatFromFirstBath = 0;

    /// <summary>Measured: heat that the second bath gives to the modes, nats per unit of D.</summary>
    public const int HeatFromSecondBath = 1;

    /// <summary>Observed and measured last: the loss, nats.</summary>
    public const int Loss = 2;

    /// <inheritdoc/>
    public override int Coordinates => 2;

    internal override int NoiseChannels => 2;

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        Require(FirstNoise >= 0, $"{path}.firstNoise", "The noise σ₁", FirstNoise, "0 or more", problems);
        Require(SecondNoise >= 0, $"{path}.secondNoise", "The noise σ₂", SecondNoise, "0 or more", problems);
    }

    internal override EnsembleResult Run(EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EnsembleEngine.Run(new CoupledValleyKernel(this), spec, threads, progress, cancellationToken);
}
