using Ntl.Domain.Runs;
using Ntl.Web.Live;

namespace Ntl.Web.Components.Runs;

/// <summary>Where a step stands on an axis: for marks and for the planned schedule, which are known by their steps.</summary>
internal sealed class StepPlaces(RunSpec spec, SeriesAxis axis)
{
    private readonly List<long> _steps = [];
    private readonly List<double> _seconds = [];

    public SeriesAxis Axis => axis;

    /// <summary>Learns when steps were done; time is known only for what has been trained.</summary>
    public void Learn(IReadOnlyList<long> steps, IReadOnlyList<double> seconds)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (_steps.Count == 0 || steps[i] > _steps[^1])
            {
                _steps.Add(steps[i]);
                _seconds.Add(seconds[i]);
            }
        }
    }

    /// <summary>The place of a step, or null when it is not known.</summary>
    /// <param name="step">Updates done, in [0, total].</param>
    public double? Of(long step) => axis switch
    {
        SeriesAxis.Tokens => (double)step * spec.TokensPerStep,
        SeriesAxis.LearningRateSum => spec.Schedule.CumulativeRate(Math.Clamp(step, 0, spec.TotalSteps)),
        SeriesAxis.Elapsed => SecondsAt(step),
        _ => step,
    };

    private double? SecondsAt(long step)
    {
        if (_steps.Count == 0 || step > _steps[^1] + 1)
        {
            return null;
        }

        var index = _steps.BinarySearch(step);
        return _seconds[Math.Clamp(index >= 0 ? index : ~index, 0, _steps.Count - 1)];
    }
}
