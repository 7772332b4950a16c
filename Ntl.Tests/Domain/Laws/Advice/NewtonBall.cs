using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws.Advice;

/// <summary>What a schedule does to one river and one direction, by the recursion of every step: what closed forms are judged by.</summary>
internal static class NewtonBall
{
    /// <summary>L − L0 after a schedule, from D at the end of the warm-up and θ = 1 on.</summary>
    public static double ExcessLoss(StableDecayProblem problem, ScheduleSpec schedule)
    {
        var rates = new double[schedule.TotalSteps];
        schedule.CopyRates(0, rates);
        return ExcessLoss(problem, rates, new double[rates.Length]);
    }

    /// <summary>The least that any rates reach, every step free below the peak, found by going down the slopes and knowing no closed form.</summary>
    public static double LeastByBruteForce(StableDecayProblem problem)
    {
        double[] logs = [.. Enumerable.Range(0, (int)problem.Steps).Select(step => -3 * Math.Pow((double)step / problem.Steps, 3))];
        var (before, slopesBefore) = (logs, new double[logs.Length]);
        var best = double.PositiveInfinity;
        var length = 1.0;
        for (var iteration = 0; iteration < 1_000; iteration++)
        {
            double[] rates = [.. logs.Select(log => problem.PeakRate * Math.Exp(log))];
            var slopes = new double[rates.Length];
            best = Math.Min(best, ExcessLoss(problem, rates, slopes));
            for (var i = 0; i < slopes.Length; i++)
            {
                slopes[i] *= rates[i]; // of the logarithm
            }

            // Barzilai and Borwein's length, from how much the slopes changed over the last move.
            var (moved, bent) = (0.0, 0.0);
            for (var i = 0; i < logs.Length && iteration > 0; i++)
            {
                moved += (logs[i] - before[i]) * (logs[i] - before[i]);
                bent += (logs[i] - before[i]) * (slopes[i] - slopesBefore[i]);
            }

            length = bent > 0 ? moved / bent : Math.Min(2 * length, 1e4);
            (before, slopesBefore) = (logs, slopes);
            logs = [.. logs.Select((log, i) => Math.Clamp(log - Math.Clamp(length * slopes[i], -0.5, 0.5), -12, 0))];
        }

        return best;
    }

    // Forward for the loss, backward for its slope in every rate.
    private static double ExcessLoss(StableDecayProblem problem, double[] rates, double[] slopes)
    {
        var (time, heat) = (problem.StartTime, 1.0);
        var heats = new double[rates.Length];
        for (var i = 0; i < rates.Length; i++)
        {
            heats[i] = heat;
            var keep = Math.Exp(-problem.CoolingRate * rates[i]);
            heat = heat * keep + rates[i] / problem.PeakRate * (1 - keep);
            time += rates[i];
        }

        var river = -problem.RiverExponent * problem.RiverLoss * Math.Pow(time, -problem.RiverExponent - 1);
        var price = problem.ThermalLoss;
        for (var i = rates.Length - 1; i >= 0; i--)
        {
            var keep = Math.Exp(-problem.CoolingRate * rates[i]);
            slopes[i] = river + price * ((1 - keep) / problem.PeakRate + problem.CoolingRate * keep * (rates[i] / problem.PeakRate - heats[i]));
            price *= keep;
        }

        return problem.ExcessLoss(time, heat);
    }
}
