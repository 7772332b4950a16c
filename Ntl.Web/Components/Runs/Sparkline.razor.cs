using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Runs;

/// <summary>A small picture of one series against the whole run: how far it has come, and how it fell.</summary>
public sealed partial class Sparkline
{
    private const int Width = 300;
    private const int Height = 64;

    [Parameter, EditorRequired]
    public IReadOnlyList<(long Step, double Value)> Points { get; set; } = [];

    /// <summary>Steps at the right edge.</summary>
    [Parameter, EditorRequired]
    public long TotalSteps { get; set; }

    /// <summary>What the line measures, for those who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    private string Label => Points.Count == 0
        ? $"{Title}: no points yet"
        : $"{Title}: from {Format.Number(Points[0].Value)} to {Format.Number(Points[^1].Value)} at step {Format.Count(Points[^1].Step)}";

    private string Line => Draw(close: false);

    private string Area => Draw(close: true);

    private string Draw(bool close)
    {
        var finite = Points.Where(point => double.IsFinite(point.Value)).ToList();
        if (finite.Count == 0)
        {
            return "";
        }

        var low = finite.Min(point => point.Value);
        var high = finite.Max(point => point.Value);
        var span = high > low ? high - low : 1;
        var text = new StringBuilder();
        foreach (var (step, value) in finite)
        {
            text.Append(text.Length == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{X(step):0.#} {3 + ((Height - 6) * (high - value) / span):0.#}");
        }

        return close ? text.Append(CultureInfo.InvariantCulture, $"L{X(finite[^1].Step):0.#} {Height}L{X(finite[0].Step):0.#} {Height}Z").ToString() : text.ToString();
    }

    private double X(long step) => Width * (double)step / Math.Max(1, TotalSteps);
}
