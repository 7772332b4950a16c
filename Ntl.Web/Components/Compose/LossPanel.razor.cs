using Microsoft.AspNetCore.Components;
using Ntl.Domain.Laws;
using Ntl.Domain.Plots;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Compose;

/// <summary>The loss that a chosen fit expects of the schedule, with its band, its error bar at the end and what must be said beside it.</summary>
public sealed partial class LossPanel
{
    private Plot? _plot;
    private LossForecast? _drawn;
    private IReadOnlyList<(string Name, LossForecast Forecast)>? _drawnOthers;

    /// <summary>The fits to choose from; null while they are read.</summary>
    [Parameter]
    public IReadOnlyList<FitChoice>? Choices { get; set; }

    /// <summary>The chosen fit.</summary>
    [Parameter]
    public string? FitId { get; set; }

    [Parameter]
    public EventCallback<string?> FitChanged { get; set; }

    /// <summary>What the fit expects of the schedule; null until it is known.</summary>
    [Parameter]
    public LossForecast? Forecast { get; set; }

    /// <summary>What it expects of the schedules compared.</summary>
    [Parameter]
    public IReadOnlyList<(string Name, LossForecast Forecast)> Others { get; set; } = [];

    /// <summary>Whether the forecast is of the schedule a moment ago.</summary>
    [Parameter]
    public bool IsStale { get; set; }

    /// <summary>Why there is no forecast.</summary>
    [Parameter]
    public string? Problem { get; set; }

    private string FitText => FitId ?? "";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(Forecast, _drawn) || _drawnOthers is null || !Others.SequenceEqual(_drawnOthers))
        {
            (_drawn, _drawnOthers) = (Forecast, Others);
            _plot = Forecast is null ? null : Draw(Forecast);
        }
    }

    private static string TitleOf(FitChoice choice) =>
        $"{choice.Name} · {choice.Law}, mean error {Format.Number(choice.TrainError, 2)}{(choice.ModelName is null ? "" : $", {choice.ModelName} on {choice.DatasetName}")}";

    private Plot Draw(LossForecast forecast) => new(
        "Loss", "steps", "", "loss", "nats/token", LogX: false, LogY: false,
        [Curve("this schedule", forecast, hasBand: true), .. Others.Select(other => Curve(other.Name, other.Forecast, hasBand: false))]);

    private static PlotCurve Curve(string name, LossForecast forecast, bool hasBand)
    {
        var points = forecast.Points.Where(point => double.IsFinite(point.Loss) && double.IsFinite(point.Low ?? 0) && double.IsFinite(point.High ?? 0)).ToList();
        hasBand &= forecast.FinalLow is not null;
        return new(name, CurveRole.Theory, [.. points.Select(point => (double)point.Updates)], [.. points.Select(point => point.Loss)])
        {
            Lower = hasBand ? [.. points.Select(point => point.Low ?? double.NaN)] : [],
            Upper = hasBand ? [.. points.Select(point => point.High ?? double.NaN)] : [],
        };
    }
}
