using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Experiments;

/// <summary>Finds the members of a sweep that its rule stops.</summary>
/// <remarks>
/// Two members are comparable when they have the same seed, the same rung's step, a schedule of the same shape, and the other's peak is at least as high. A schedule that decays late looks bad early, so shapes are never
/// compared; and a hotter run may still cool, so that being above colder ones tells nothing. A colder run that is above hotter ones of its shape has both less heat to let out and less way to go.
/// A member is hopeless when, at a rung that at least half of its comparable members have come to and at least two, its loss is above the median of theirs by more than the rule's number of spreads.
/// The spread is pooled over the cells of its shape: the standard deviation between the seeds of one cell at that rung, of at least <see cref="FewestDegrees"/> degrees of freedom.
/// </remarks>
public static class SweepJudge
{
    /// <summary>Degrees of freedom below which the spread between seeds counts as unknown, and nothing is stopped.</summary>
    public const int FewestDegrees = 6;

    private const int FewestCompared = 2;

    private static readonly SweepKnob[] s_shapes = [SweepKnob.Schedule, SweepKnob.TotalSteps, SweepKnob.WarmupSteps, SweepKnob.DecayFraction, SweepKnob.DecayShape];

    /// <summary>The members to stop now, each at its first hopeless rung.</summary>
    /// <param name="rule">The sweep's.</param>
    /// <param name="members">All members of the sweep.</param>
    public static IReadOnlyList<SweepStop> Judge(SweepStopRule rule, IReadOnlyList<SweepStanding> members)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(members);
        List<SweepStop> stops = [];
        foreach (var shape in members.GroupBy(member => ShapeOf(member.Spec.Experiment!.Sweep!), StringComparer.Ordinal))
        {
            List<SweepStanding> group = [.. shape];
            foreach (var step in group.SelectMany(member => rule.Steps(member.Spec)).Distinct().Order())
            {
                AddStops(stops, rule, group, step);
            }
        }

        return [.. stops.DistinctBy(stop => stop.Id)];
    }

    private static string ShapeOf(SweepPlace place) => string.Join('\n', place.Settings.Where(setting => s_shapes.Contains(setting.Knob)).Select(setting => setting.Text));

    private static void AddStops(List<SweepStop> stops, SweepStopRule rule, List<SweepStanding> group, long step)
    {
        if (SpreadAt(group, step) is not { } spread)
        {
            return;
        }

        foreach (var seed in group.GroupBy(member => member.Spec.Seed))
        {
            foreach (var member in seed.Where(member => member.State == SweepState.Open && member.Losses.ContainsKey(step)))
            {
                var peak = member.Spec.Schedule.Peak;
                List<SweepStanding> others = [.. seed.Where(other => other.Id != member.Id && IsAsHot(other.Spec.Schedule.Peak, peak))];
                double[] losses = [.. others.Select(other => other.Losses.TryGetValue(step, out var known) ? known : double.NaN).Where(double.IsFinite)];
                var expected = others.Count(other => other.State != SweepState.EndedEarly || other.Losses.ContainsKey(step));
                if (losses.Length < FewestCompared || 2 * losses.Length < expected)
                {
                    continue;
                }

                var (loss, median) = (member.Losses[step], Median.Of(losses));
                if (loss - median > rule.Spreads * spread)
                {
                    stops.Add(new(member.Id, step, loss, median, spread, losses.Length, rule.Spreads));
                }
            }
        }
    }

    // Peaks that were scaled to the same value may differ in their last digits.
    private static bool IsAsHot(double other, double own) => other >= own * (1 - 1e-9);

    private static double? SpreadAt(List<SweepStanding> group, long step)
    {
        var (squares, degrees) = (0.0, 0);
        foreach (var cell in group.GroupBy(member => member.Spec.Experiment!.Sweep!.Cell, StringComparer.Ordinal))
        {
            double[] losses = [.. cell.Select(member => member.Losses.TryGetValue(step, out var loss) ? loss : double.NaN).Where(double.IsFinite)];
            if (losses.Length > 1)
            {
                var deviation = SampleMean.Of(losses).StandardDeviation;
                squares += deviation * deviation * (losses.Length - 1);
                degrees += losses.Length - 1;
            }
        }

        var spread = Math.Sqrt(squares / Math.Max(1, degrees));
        return degrees >= FewestDegrees && spread > 0 ? spread : null;
    }
}
