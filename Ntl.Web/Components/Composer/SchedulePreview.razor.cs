using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Charts;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Composer;

/// <summary>The schedule as it will run, from the very function that the trainer evaluates.</summary>
public sealed partial class SchedulePreview
{
    private const int PointsDrawn = 700;

    private static readonly ChartLine[] s_lines = [new("η", 2)];
    private static readonly (SeriesAxis Axis, string Title)[] s_axes = [(SeriesAxis.Step, "Step"), (SeriesAxis.Tokens, "Tokens"), (SeriesAxis.LearningRateSum, "D")];

    private TimeSeriesChart? _chart;
    private ScheduleSpec? _drawn;
    private long _drawnTokensPerStep;
    private SeriesAxis _drawnAxis;
    private SeriesAxis _axis;
    private ChartMark[] _marks = [];
    private ChartWindow? _extent;

    /// <summary>What to draw; null while it is wrong, and the last right one stays.</summary>
    [Parameter]
    public ScheduleSpec? Schedule { get; set; }

    /// <summary>Tokens of one step, for the axis of tokens.</summary>
    [Parameter]
    public long TokensPerStep { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Place();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_chart is null || Schedule is null || (Schedule.Equals(_drawn) && TokensPerStep == _drawnTokensPerStep && _axis == _drawnAxis))
        {
            return;
        }

        (_drawn, _drawnTokensPerStep, _drawnAxis) = (Schedule, TokensPerStep, _axis);
        var points = Schedule.Sample(PointsDrawn);
        await _chart.ReplaceAsync(
        [
            new(0, [.. points.Select(point => point.Step)], [.. points.Select(point => PlaceOf(point.Step))], [.. points.Select(point => point.Rate)], null, points.Count),
        ]);
    }

    private void ChooseAxis(SeriesAxis axis)
    {
        _axis = axis;
        Place();
    }

    private void Place()
    {
        if (Schedule is null)
        {
            return;
        }

        _marks = [.. Schedule.Phases.Skip(1).Select(span => new ChartMark(PlaceOf(span.FirstStep), RunWords.Title(span.Phase), ChartMarkKind.Phase))];
        _extent = new(0, PlaceOf(Schedule.TotalSteps));
    }

    private double PlaceOf(long step) => _axis switch
    {
        SeriesAxis.Tokens => (double)step * TokensPerStep,
        SeriesAxis.LearningRateSum => Schedule!.CumulativeRate(step),
        _ => step,
    };

    private string Pressed(SeriesAxis axis) => axis == _axis ? "true" : "false";

    private IEnumerable<(string Name, string Hint, string Value)> Facts()
    {
        if (Schedule is not { } schedule)
        {
            yield break;
        }

        yield return ("Steps", "Optimizer updates", Format.Count(schedule.TotalSteps));
        yield return ("Tokens", "Steps × batch × context × accumulation", Format.Compact((double)schedule.TotalSteps * TokensPerStep));
        yield return ("Peak η", "Highest rate of any step", Format.Rate(schedule.Peak));
        yield return ("η min", "Lowest rate of any step, warm-up included", Format.Rate(schedule.Minimum));
        yield return ("Final η", "Rate of the last step", Format.Rate(schedule.Final));
        yield return ("D", "Intrinsic time: the sum of the rate over all steps", Format.Number(schedule.IntrinsicTime));
    }
}
