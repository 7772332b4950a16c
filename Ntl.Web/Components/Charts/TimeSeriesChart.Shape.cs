using System.Globalization;
using Ntl.Domain.Plots;
using Ntl.Web.Components.Runs;

namespace Ntl.Web.Components.Charts;

public sealed partial class TimeSeriesChart
{
    /// <summary>Everything about a chart but its points, in the chart module's words.</summary>
    internal sealed record Shape(
        string Title,
        string? Unit,
        string YTitle,
        bool IsRate,
        string Axis,
        bool LogX,
        bool LogY,
        bool FromZero,
        string? Group,
        int Height,
        string FileName,
        ChartWindow? ShownWindow,
        ChartWindow? ShownExtent,
        IReadOnlyList<ChartLine>? Lines,
        IReadOnlyList<ChartMark> ShownMarks)
    {
        private static readonly int[] s_dash = [5, 4];

        public double[]? Window => Ends(ShownWindow);

        public double[]? Extent => Ends(ShownExtent);

        public IEnumerable<object>? Series => Lines?.Select(line => new
        {
            line.Label,
            Color = string.Create(CultureInfo.InvariantCulture, $"--series-{line.Color}"),
            line.Stepped,
            Dash = line.Dashed ? s_dash : null,
        });

        public IEnumerable<object>? Marks => Lines is null ? null : ShownMarks
            .OrderBy(mark => mark.X)
            .Select(mark => new { mark.X, mark.Label, Kind = Lower(mark.Kind) });

        public static Shape Of(TimeSeriesChart chart) => new(
            chart.Title,
            chart.Unit,
            chart.AxisTitle ?? PlotDrawing.WithUnit(chart.Title.Length > 0 ? char.ToLowerInvariant(chart.Title[0]) + chart.Title[1..] : "", chart.Unit ?? ""),
            chart.IsRate,
            chart.AxisName ?? AxisNames.InUrl(chart.Axis),
            chart.LogX,
            chart.LogY,
            chart.FromZero,
            chart.Group,
            chart.Height,
            chart.FileName ?? chart.Title,
            chart.Window,
            chart.Extent,
            chart.Lines,
            chart.Marks);

        /// <summary>Only what differs: a change of lines or axis clears the points, a change of marks must not.</summary>
        public Dictionary<string, object?> ChangesFrom(Shape sent)
        {
            var changes = new Dictionary<string, object?>(StringComparer.Ordinal);
            Add("title", Title, sent.Title);
            Add("unit", Unit, sent.Unit);
            Add("yTitle", YTitle, sent.YTitle);
            Add("isRate", IsRate, sent.IsRate);
            Add("axis", Axis, sent.Axis);
            Add("logX", LogX, sent.LogX);
            Add("logY", LogY, sent.LogY);
            Add("fromZero", FromZero, sent.FromZero);
            Add("fileName", FileName, sent.FileName);
            AddIf(ShownExtent != sent.ShownExtent, "extent", Extent);
            AddIf(Lines is not null && !Lines.SequenceEqual(sent.Lines ?? []), "series", Series);
            AddIf(Lines is not null && !ShownMarks.SequenceEqual(sent.ShownMarks), "marks", Marks);
            return changes;

            void Add(string name, object? now, object? before) => AddIf(!Equals(now, before), name, now);

            void AddIf(bool differs, string name, object? now)
            {
                if (differs)
                {
                    changes.Add(name, now);
                }
            }
        }

        public bool Equals(Shape? other) => other is not null && ChangesFrom(other).Count == 0;

        public override int GetHashCode() => HashCode.Combine(Title, Axis, Lines?.Count);

        private static double[]? Ends(ChartWindow? window) => window is { } ends ? [ends.From, ends.To] : null;

        private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
    }
}
