namespace Ntl.Domain.Annealing;

/// <summary>How a valley stands to its bath.</summary>
public enum CoolingState
{
    /// <summary>Colder than its bath: heat flows in.</summary>
    Warming,

    /// <summary>As hot as its bath, within a tenth.</summary>
    Equilibrium,

    /// <summary>Hotter than its bath, about as much as along the best anneal, or less.</summary>
    Cooling,

    /// <summary>Much hotter than its bath: the rate fell faster than the heat could leave.</summary>
    OutOfEquilibrium,
}
