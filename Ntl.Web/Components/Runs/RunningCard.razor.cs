using Microsoft.AspNetCore.Components;
using Ntl.Domain.Metrics;
using Ntl.Web.Live;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>A run that trains now: its loss as it falls, how far it is, how fast.</summary>
public sealed partial class RunningCard
{
    private const int PointsDrawn = 160;

    private const double SmoothingStrength = 0.9;

    private readonly List<(long Step, double Value)> _loss = [];
    private TimeWeightedSmoothing _smoothing;

    [Inject]
    private ISeriesQueries Series { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunRow Run { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _smoothing = new(TimeWeightedSmoothing.TimescaleOf(SmoothingStrength, Run.TotalSteps));
        var window = await Series.QueryAsync(
            new() { Run = Run.Id, Keys = [MetricKeys.TrainLoss.Value], MaxPoints = PointsDrawn },
            Ended);
        if (window?.Series is [var series])
        {
            foreach (var (step, value) in series.Steps.Zip(series.Y))
            {
                Add(step, value);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // The row carries the newest loss, so the little curve needs no subscription of its own.
        if (Run.TrainLoss is { } loss && Run.StepsDone > 0 && (_loss.Count == 0 || _loss[^1].Step < Run.StepsDone - 1))
        {
            Add(Run.StepsDone - 1, loss);
            if (_loss.Count > 2 * PointsDrawn)
            {
                _loss.RemoveAll(point => point.Step != Run.StepsDone - 1 && point.Step % 2 == 1);
            }
        }
    }

    private void Add(long step, double loss) => _loss.Add((step, _smoothing.Next(step, loss)));
}
