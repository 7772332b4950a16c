using System.Globalization;
using Ntl.Web.Components.Charts;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Runs;

/// <summary>How a run's page shows its curves, as its URL says it.</summary>
public sealed record RunView
{
    public const double DefaultSmoothing = 0.8;
    public const double StrongestSmoothing = 0.995;

    public SeriesAxis Axis { get; init; }

    public bool IsLog { get; init; }

    /// <summary>Strength of the smoothing, in [0, <see cref="StrongestSmoothing"/>].</summary>
    public double Smoothing { get; init; } = DefaultSmoothing;

    /// <summary>The zoomed part of the x axis; null shows all.</summary>
    public ChartWindow? Window { get; init; }

    /// <summary>Reads a URL's query; what it does not understand it leaves at the default.</summary>
    public static RunView FromQuery(Func<string, string?> query) => new()
    {
        Axis = AxisNames.FromUrl(query("axis")),
        IsLog = query("y") is "log",
        Smoothing = Number(query("smooth")) is { } strength ? Math.Clamp(strength, 0, StrongestSmoothing) : DefaultSmoothing,
        Window = Number(query("from")) is { } from && Number(query("to")) is { } to && to > from ? new(from, to) : null,
    };

    /// <summary>The query that reads as this view; defaults left out.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Axis != SeriesAxis.Step)
        {
            yield return new("axis", AxisNames.InUrl(Axis));
        }

        if (IsLog)
        {
            yield return new("y", "log");
        }

        if (Smoothing != DefaultSmoothing)
        {
            yield return new("smooth", Text(Smoothing));
        }

        if (Window is { } window)
        {
            yield return new("from", Text(window.From));
            yield return new("to", Text(window.To));
        }
    }

    private static string Text(double value) => value.ToString("G7", CultureInfo.InvariantCulture);

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
