using System.Collections.Immutable;
using System.Globalization;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>What another schedule has otherwise, phase by phase, in words.</summary>
public static class ScheduleDifference
{
    /// <summary>Says how to come from one schedule to another.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <returns>A line for each phase that differs, and one for the length; empty when the two are equal.</returns>
    public static ImmutableArray<string> InWords(ScheduleSpec from, ScheduleSpec to)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var (left, right) in Align(from, to))
        {
            if (OfPhase(left, right) is { } line)
            {
                lines.Add(line);
            }
        }

        if (from.TotalSteps != to.TotalSteps)
        {
            lines.Add($"in all {Count(to.TotalSteps)} steps instead of {Count(from.TotalSteps)}");
        }

        return lines.ToImmutable();
    }

    private static string? OfPhase(PhaseSpan? left, PhaseSpan? right) => (left, right) switch
    {
        ({ } one, { } two) when one.Phase.Equals(two.Phase) => null,
        ({ } one, { } two) => $"phase {two.Index + 1}, {PhaseNames.Of(two.Phase)}: {string.Join(", ", Changes(one.Phase, two.Phase))}",
        ({ } one, null) => $"without phase {one.Index + 1}, {one.Phase.Description}",
        (null, { } two) => $"with phase {two.Index + 1}, {two.Phase.Description}",
        _ => null,
    };

    private static IEnumerable<string> Changes(SchedulePhase one, SchedulePhase two)
    {
        var isSameKind = string.Equals(one.Kind, two.Kind, StringComparison.Ordinal);
        var same = !isSameKind;
        if (!isSameKind)
        {
            yield return $"instead of {PhaseNames.Of(one)}";
        }

        if (one.Steps != two.Steps)
        {
            same = true;
            yield return $"{Count(two.Steps)} steps instead of {Count(one.Steps)}";
        }

        if (one.EntryRate != two.EntryRate)
        {
            same = true;
            yield return $"from {RateText.Format(two.EntryRate)} instead of {RateText.Format(one.EntryRate)}";
        }

        if (one.ExitRate != two.ExitRate && two is not ConstantRate)
        {
            same = true;
            yield return $"to {RateText.Format(two.ExitRate)} instead of {RateText.Format(one.ExitRate)}";
        }

        if (!same)
        {
            yield return "another curve between the same ends";
        }
    }

    // The alignment with the fewest phases added, left out or changed in kind; equal phases cost nothing, and a decay changes its shape more easily than it becomes a hold.
    private static List<(PhaseSpan? Left, PhaseSpan? Right)> Align(ScheduleSpec from, ScheduleSpec to)
    {
        var (rows, columns) = (from.Phases.Length, to.Phases.Length);
        var costs = new double[rows + 1, columns + 1];
        for (var i = rows; i >= 0; i--)
        {
            for (var j = columns; j >= 0; j--)
            {
                costs[i, j] = (i < rows, j < columns) switch
                {
                    (false, false) => 0,
                    (true, false) => 1 + costs[i + 1, j],
                    (false, true) => 1 + costs[i, j + 1],
                    _ => Math.Min(Pair(i, j) + costs[i + 1, j + 1], 1 + Math.Min(costs[i + 1, j], costs[i, j + 1])),
                };
            }
        }

        var pairs = new List<(PhaseSpan?, PhaseSpan?)>();
        for (var (i, j) = (0, 0); i < rows || j < columns;)
        {
            if (i < rows && j < columns && costs[i, j] == Pair(i, j) + costs[i + 1, j + 1])
            {
                pairs.Add((from.Phases[i++], to.Phases[j++]));
            }
            else if (i < rows && costs[i, j] == 1 + costs[i + 1, j])
            {
                pairs.Add((from.Phases[i++], null));
            }
            else
            {
                pairs.Add((null, to.Phases[j++]));
            }
        }

        return pairs;

        double Pair(int i, int j)
        {
            var (one, two) = (from.Phases[i].Phase, to.Phases[j].Phase);
            return one.Equals(two) ? 0 : string.Equals(one.Kind, two.Kind, StringComparison.Ordinal) ? 0.5 : one is RateDecay && two is RateDecay ? 0.8 : 1.2;
        }
    }

    private static string Count(long steps) => steps.ToString(CultureInfo.InvariantCulture);
}
