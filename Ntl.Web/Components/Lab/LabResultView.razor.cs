using Microsoft.AspNetCore.Components;
using Ntl.Domain.Laboratory;

namespace Ntl.Web.Components.Lab;

/// <summary>An experiment's plots and claims. Sent once for each result.</summary>
public sealed partial class LabResultView
{
    private LabResult? _shown;

    [Parameter, EditorRequired]
    public LabResult Result { get; set; } = null!;

    /// <summary>Of the card, for the names of saved files.</summary>
    [Parameter, EditorRequired]
    public string CardId { get; set; } = "";

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_shown, Result);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _shown = Result;
}
