using Microsoft.AspNetCore.Components;
using Ntl.Training.Data;

namespace Ntl.Web.Components.Datasets;

/// <summary>Why a file was not added, and the button that adds it all the same.</summary>
public sealed partial class DatasetDoubts
{
    /// <summary>What makes the file doubtful; empty shows nothing.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<DatasetWarning> Warnings { get; set; } = [];

    /// <summary>The person wants the file all the same.</summary>
    [Parameter, EditorRequired]
    public EventCallback Accepted { get; set; }
}
