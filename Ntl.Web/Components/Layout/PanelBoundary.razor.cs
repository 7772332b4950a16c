using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components.Layout;

/// <summary>Keeps an error of one chart or panel from taking the page down.</summary>
public sealed partial class PanelBoundary
{
    [Inject]
    private ILogger<PanelBoundary> Logger { get; set; } = null!;

    /// <summary>The panel, as the subject of a sentence: "This chart".</summary>
    [Parameter]
    public string What { get; set; } = "This panel";

    /// <summary>The run that the panel shows, for the log; null outside a run's page.</summary>
    [Parameter]
    public string? RunId { get; set; }

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        LogFailure(Logger, exception, What, RunId);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed to render, run {RunId}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string what, string? runId);
}
