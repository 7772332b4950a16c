namespace Ntl.Domain.Laws;

/// <summary>The laws that predict a loss from a schedule.</summary>
public enum LawKind
{
    /// <summary>A power of D = Σ η alone: the river without a valley.</summary>
    PowerLaw,

    /// <summary>River, and a valley that is always in equilibrium with the rate of now.</summary>
    Equilibrium,

    /// <summary>River, and a valley of one cooling rate (Newton's law).</summary>
    Newton,

    /// <summary>River, and a valley with a spectrum of heat capacities over cooling rates.</summary>
    Spectrum,

    /// <summary>The spectrum, beside a river whose clock is a power of the rate.</summary>
    RiverSpectrum,

    /// <summary>The momentum law of Tissue et al. 2024, arXiv:2408.11029.</summary>
    Tissue,

    /// <summary>The Multi-Power Law of Luo et al. 2025, arXiv:2503.12811.</summary>
    MultiPower,

    /// <summary>The spectrum over a bath that adapts to the rate, beside a slowed river.</summary>
    AdaptiveSpectrum,

    /// <summary>The ansatz of the Functional Scaling Law of Li et al. 2025, arXiv:2509.19189.</summary>
    FunctionalScaling,

    /// <summary>A valley that sees the rate relative to a remembered one, beside a braked river: carries over between peaks.</summary>
    PeakTransfer,
}
