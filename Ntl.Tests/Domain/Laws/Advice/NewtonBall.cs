using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws.Advice;

/// <summary>What a schedule does to one river and one direction, by the recursion of every step: what closed forms are judged by.</summary>
internal static class NewtonBall
{
    /// <summary>L − L0 after rates, from D at the end of the warm-up and θ = 1 on.</summary>
    public static double ExcessLoss(StableDecayProblem problem, IEnumerable<double> rates)
    {
        var (time, heat) = (problem.StartTime, 1.0);
        foreach (var rate in rates)
        {
            var keep = Math.Exp(-problem.CoolingRate * rate);
            heat = heat * keep + rate / problem.PeakRate * (1 - keep);
            time += rate;
        }

        return problem.ExcessLoss(time, heat);
    }

    public static double ExcessLoss(StableDecayProblem problem, ScheduleSpec schedule)
    {
        var rates = new double[schedule.TotalSteps];
        schedule.CopyRates(0, rates);
        return ExcessLoss(problem, rates);
    }

    /// <summary>The least that free rates reach, found without any closed form: knots moved one after the other, each by ever smaller factors, as long as that helps.</summary>
    public static double LeastByBruteForce(StableDecayProblem problem, int knotCount)
    {
        // More knots where runs end, for every schedule worth having is flat before.
        double[] knots = [.. Enumerable.Range(0, knotCount).Select(i => 1 - Math.Pow(1 - (double)i / (knotCount - 1), 2))];
        double[] logs = [.. knots.Select(place => -3 * place)];
        var best = Loss();
        for (var factor = 1.0; factor > 1e-3; factor /= 2)
        {
            for (var improved = true; improved;)
            {
                improved = false;
                for (var i = 0; i < logs.Length; i++)
                {
                    improved |= Move(i, factor) || Move(i, -factor);
                }
            }
        }

        return best;

        bool Move(int i, double by)
        {
            var before = logs[i];
            logs[i] = Math.Min(0, before + by);
            var loss = Loss();
            if (loss < best - 1e-9)
            {
                best = loss;
                return true;
            }

            logs[i] = before;
            return false;
        }

        double Loss() => ExcessLoss(problem, Rates());

        IEnumerable<double> Rates()
        {
            var k = 0;
            for (var step = 0; step < problem.Steps; step++)
            {
                var place = (step + 0.5) / problem.Steps;
                while (k < knots.Length - 2 && knots[k + 1] <= place)
                {
                    k++;
                }

                yield return problem.PeakRate * Math.Exp(logs[k] + (logs[k + 1] - logs[k]) * (place - knots[k]) / (knots[k + 1] - knots[k]));
            }
        }
    }
}
