using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Plots;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>One panel of a run's thermodynamics: what it is, what it says now, what to see, and when not to trust it.</summary>
/// <param name="Id">Unique among the panels, for a URL.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Reading">What it says now, with numbers; where nothing can be measured, why, and what would change that.</param>
/// <param name="Plots">Empty where nothing can be measured.</param>
/// <param name="Formula">LaTeX, without delimiters.</param>
/// <param name="Source">Where formula and claim come from.</param>
/// <param name="Caveats">What limits the reading now, a sentence each; may be empty.</param>
public sealed record ThermoPanel(
    string Id, string Title, string Reading, ImmutableArray<Plot> Plots, string Formula, string Source, ImmutableArray<string> Caveats)
{
    /// <summary>What the panel's quantities take for granted, in the order in which it was asked.</summary>
    public ImmutableArray<Premise> Premises { get; init; } = [];

    /// <summary>Whether there is anything to see.</summary>
    public bool IsMeasured => !Plots.IsEmpty;

    /// <summary>The panel with what it takes for granted.</summary>
    internal ThermoPanel Under(IEnumerable<Premise> premises) => this with { Premises = [.. premises] };
}
