using System.Globalization;
using System.Text;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Web.LossLaws;

/// <summary>A world in which Newton's law holds to the last digit but for a little seeded noise: what fits must find and suggestions must gain.</summary>
internal static class LawWorld
{
    public const double Cold = 1.5;
    public const double River = 0.3;
    public const double Exponent = 0.5;
    public const double Heat = 0.25;
    public const double Kappa = 40;
    public const double Peak = 2e-3;
    public const double Noise = 2e-4;

    public const long Steps = 400;
    public const long Warmup = 20;

    /// <summary>Schedules that differ, as a person would choose them to fit a law.</summary>
    public static IReadOnlyList<(string Name, ScheduleSpec Schedule)> Schedules { get; } =
    [
        ("constant", StandardSchedules.Constant(Steps, Peak, Warmup)),
        ("cosine", StandardSchedules.Cosine(Steps, Peak, 0.1 * Peak, Warmup)),
        ("late linear", StandardSchedules.WarmupStableDecay(Steps, Peak, DecayShape.Linear, 80, 0.05 * Peak, Warmup)),
        ("early drop", new ScheduleSpec(new LinearRamp(Warmup, 0, Peak), new ConstantRate(180, Peak), new ConstantRate(200, 0.2 * Peak))),
    ];

    /// <summary>The loss after each number of updates, from none to all.</summary>
    public static double[] Losses(ScheduleSpec schedule, int seed = 0)
    {
        var random = new Random(seed);
        var (losses, time, heat) = (new double[schedule.TotalSteps + 1], 0.0, 0.0);
        losses[0] = 5.5;
        for (var step = 0L; step < schedule.TotalSteps; step++)
        {
            var rate = schedule.LearningRate(step);
            time += rate;
            var kept = Math.Exp(-Kappa * rate);
            heat = (heat * kept) + (rate / Peak * (1 - kept));
            losses[step + 1] = Cold + (River * Math.Pow(time, -Exponent)) + (Heat * heat) + (Noise * (random.NextDouble() - 0.5) * Math.Sqrt(12));
        }

        return losses;
    }

    /// <summary>The same as a file: a row each fourth step.</summary>
    public static string Csv(ScheduleSpec schedule, int seed = 0)
    {
        var (losses, csv) = (Losses(schedule, seed), new StringBuilder("step,lr,loss\n"));
        for (var step = Warmup; step < schedule.TotalSteps; step += 4)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{step},{schedule.LearningRate(step):R},{losses[step + 1]:R}\n");
        }

        return csv.ToString();
    }
}
