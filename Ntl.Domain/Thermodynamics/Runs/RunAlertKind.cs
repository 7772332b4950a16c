namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>What an alert is about.</summary>
public enum RunAlertKind
{
    /// <summary>A loss, rate or probe is not a number.</summary>
    NotFinite,

    /// <summary>The validation loss is above that of a uniform guess.</summary>
    Diverged,

    /// <summary>No step for long, or a loss that falls no more.</summary>
    Stall,

    /// <summary>The temperature rises though the rate does not.</summary>
    Heating,

    /// <summary>The rate began to fall while the valley was still warming up.</summary>
    EarlyDecay,

    /// <summary>The sharpest direction is beyond the rate's stability edge.</summary>
    Unstable,

    /// <summary>The entropy of system and bath falls by more than noise explains.</summary>
    EntropyFalls,
}
