using Microsoft.AspNetCore.Components;
using Ntl.Domain.Experiments;

namespace Ntl.Web.Components.Experiments;

/// <summary>What an experiment showed: sentences, what is missing, plots, claims, figures. Sent once for each report.</summary>
public sealed partial class ExperimentReportView
{
    private ExperimentReport? _shown;

    [Parameter, EditorRequired]
    public ExperimentReport Report { get; set; } = null!;

    /// <summary>Begins the names of saved files.</summary>
    [Parameter, EditorRequired]
    public string FilePrefix { get; set; } = "";

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_shown, Report);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _shown = Report;
}
