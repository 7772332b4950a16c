using Microsoft.AspNetCore.Components;
using Ntl.Web.Experiments;

namespace Ntl.Web.Components.Experiments;

/// <summary>The runs of an experiment as the tree that they branch in.</summary>
public sealed partial class ExperimentTree
{
    private const int DeepestDrawn = 4;

    [Parameter, EditorRequired]
    public ExperimentDetail Detail { get; set; } = null!;
}
