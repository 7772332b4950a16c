using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>An entry's seeds, their mean and its interval on the axis that all rows of the board share.</summary>
public sealed partial class LossStrip
{
    private const int Width = 190;
    private const int Height = 24;
    private const int Middle = Height / 2;
    private const int Edge = 5;

    [Parameter, EditorRequired]
    public BoardRow Row { get; set; } = null!;

    /// <summary>Finite losses of its seeds, nats per token.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<double> Losses { get; set; } = [];

    /// <summary>What the axis shows, nats per token.</summary>
    [Parameter, EditorRequired]
    public Interval Axis { get; set; }

    private string Label => string.Create(
        CultureInfo.InvariantCulture,
        $"{Losses.Count} seeds from {BoardWords.Loss(Losses.DefaultIfEmpty(double.NaN).Min())} to {BoardWords.Loss(Losses.DefaultIfEmpty(double.NaN).Max())}, mean {BoardWords.Loss(Row.Mean)}, interval {BoardWords.Interval(Row.Interval)} nats per token");

    private string Place(double loss) => Number(At(loss));

    private string Span(Interval interval) => Number(Math.Max(1, At(interval.High) - At(interval.Low)));

    private double At(double loss) => Edge + ((Width - (2 * Edge)) * Math.Clamp((loss - Axis.Low) / Math.Max(Axis.High - Axis.Low, 1e-12), 0, 1));

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
