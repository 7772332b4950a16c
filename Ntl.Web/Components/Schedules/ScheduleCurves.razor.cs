using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Schedules;

/// <summary>A schedule's curve, or two over each other.</summary>
public sealed partial class ScheduleCurves
{
    private const int PointsDrawn = 700;

    private static readonly (SeriesAxis Axis, string Title)[] s_axes = [(SeriesAxis.Step, "Step"), (SeriesAxis.LearningRateSum, "D")];

    private TimeSeriesChart? _chart;
    private (ScheduleSpec First, ScheduleSpec? Second, SeriesAxis Axis)? _drawn;
    private SeriesAxis _axis;
    private ChartLine[] _lines = [];
    private ChartMark[] _marks = [];
    private ChartWindow? _extent;

    [Parameter, EditorRequired]
    public ScheduleSpec First { get; set; } = null!;

    /// <summary>The first one's name in the legend.</summary>
    [Parameter]
    public string FirstLabel { get; set; } = "η";

    /// <summary>Drawn over the first one, dashed; null for one curve alone.</summary>
    [Parameter]
    public ScheduleSpec? Second { get; set; }

    [Parameter]
    public string SecondLabel { get; set; } = "";

    [Parameter]
    public string FileName { get; set; } = "schedule";

    /// <inheritdoc/>
    protected override void OnParametersSet() => Place();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_chart is null || (_drawn is { } drawn && First.Equals(drawn.First) && Equals(Second, drawn.Second) && _axis == drawn.Axis))
        {
            return;
        }

        _drawn = (First, Second, _axis);
        await _chart.ReplaceAsync([.. Schedules().Select((schedule, line) => PointsOf(schedule, line))]);
    }

    private void Choose(SeriesAxis axis)
    {
        _axis = axis;
        Place();
    }

    private void Place()
    {
        ChartLine[] lines = Second is null ? [new(FirstLabel, 2)] : [new(FirstLabel, 2), new(SecondLabel, 1, Dashed: true)];
        if (!lines.SequenceEqual(_lines))
        {
            // Other lines begin without points.
            (_lines, _drawn) = (lines, null);
        }

        _marks = [.. First.Phases.Skip(1).Select(span => new ChartMark(PlaceOf(First, span.FirstStep), RunWords.Title(span.Phase), ChartMarkKind.Phase))];
        _extent = new(0, Schedules().Max(schedule => PlaceOf(schedule, schedule.TotalSteps)));
    }

    private IEnumerable<ScheduleSpec> Schedules() => Second is null ? [First] : [First, Second];

    private ChartPoints PointsOf(ScheduleSpec schedule, int line)
    {
        var points = schedule.Sample(PointsDrawn);
        return new(line, [.. points.Select(point => point.Step)], [.. points.Select(point => PlaceOf(schedule, point.Step))], [.. points.Select(point => point.Rate)], null, points.Count);
    }

    private double PlaceOf(ScheduleSpec schedule, long step) => _axis == SeriesAxis.LearningRateSum ? schedule.CumulativeRate(step) : step;
}
