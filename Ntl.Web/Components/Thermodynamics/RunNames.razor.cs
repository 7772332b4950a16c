using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;

namespace Ntl.Web.Components.Thermodynamics;

/// <summary>The runs that a number is about, as links.</summary>
public sealed partial class RunNames
{
    private const int MostNamed = 4;

    [Parameter, EditorRequired]
    public ImmutableArray<RunId> Runs { get; set; }

    /// <summary>What they are called; one that is missing goes by its id.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<RunId, string> Names { get; set; } = null!;
}
