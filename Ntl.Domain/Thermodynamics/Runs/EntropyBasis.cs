namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What a change of entropy was computed from.</summary>
public enum EntropyBasis
{
    /// <summary>The temperature alone: at a curvature that does not change.</summary>
    Temperature,

    /// <summary>Temperature and mean curvature of each layer.</summary>
    Layers,

    /// <summary>Temperature and the spectrum of the curvature.</summary>
    Spectrum,
}
