using System.Collections.Frozen;
using System.Globalization;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Composer;

/// <summary>Makes the schedule that a draft describes, or says what is wrong with it in the words of the draft's own fields.</summary>
internal static class ScheduleReader
{
    private static readonly FrozenDictionary<string, string> s_warmup = Fields(("steps", DraftField.Warmup), ("endRate", DraftField.Peak));
    private static readonly FrozenDictionary<string, string> s_hold = Fields(("steps", DraftField.Steps), ("rate", DraftField.Peak));
    private static readonly FrozenDictionary<string, string> s_decay = Fields(
        ("steps", DraftField.Steps),
        ("startRate", DraftField.Peak),
        ("endRate", DraftField.Final),
        ("floorRate", DraftField.Final),
        ("power", DraftField.Power),
        ("factor", DraftField.Factor),
        ("everySteps", DraftField.Every));

    private static readonly FrozenDictionary<string, string> s_lastDecay = Fields(
        ("steps", DraftField.DecaySteps), ("startRate", DraftField.Peak), ("endRate", DraftField.Final));

    public static ScheduleSpec? Read(RunDraft draft, DraftNumbers numbers, ICollection<FieldProblem> problems)
    {
        var before = problems.Count;
        var schedule = draft[DraftField.Shape] switch
        {
            ScheduleShape.Phases => ReadJson(draft[DraftField.Phases], problems),
            ScheduleShape.Points => Join([(ReadPoints(draft[DraftField.Points], numbers), Fields())], DraftField.Points, problems),
            _ => ReadPhases(draft, numbers, problems) is { } phases ? Join(phases, DraftField.Shape, problems) : null,
        };
        return problems.Count == before ? schedule : null;
    }

    // Null where there are no steps to lay phases over; whatever else were said would blame other fields.
    private static List<(SchedulePhase, FrozenDictionary<string, string>)>? ReadPhases(RunDraft draft, DraftNumbers numbers, ICollection<FieldProblem> problems)
    {
        var steps = numbers.Whole(DraftField.Steps);
        var warmup = numbers.Whole(DraftField.Warmup);
        var peak = numbers.Real(DraftField.Peak);
        var phases = new List<(SchedulePhase, FrozenDictionary<string, string>)>();
        if (steps is < 1 or > ScheduleSpec.MaximumSteps)
        {
            problems.Add(new(DraftField.Steps, Invariant($"A run has from 1 to {ScheduleSpec.MaximumSteps} steps, but this says {steps}.")));
            return null;
        }

        if (warmup < 0)
        {
            problems.Add(new(DraftField.Warmup, Invariant($"The warm-up cannot be negative, but this says {warmup} steps.")));
            return null;
        }

        if (warmup != 0)
        {
            phases.Add((new LinearRamp(warmup, 0, peak), s_warmup));
        }

        var rest = steps - warmup;
        if (rest <= 0)
        {
            problems.Add(new(DraftField.Warmup, Invariant($"The warm-up must be shorter than the run's {steps} steps.")));
            return phases;
        }

        if (string.Equals(draft[DraftField.Shape], ScheduleShape.WarmupStableDecay, StringComparison.Ordinal))
        {
            var decaySteps = numbers.Whole(DraftField.DecaySteps);
            if (decaySteps > rest)
            {
                problems.Add(new(DraftField.DecaySteps, Invariant($"After the warm-up {rest} steps are left; the decay cannot take {decaySteps}.")));
                return phases;
            }

            if (decaySteps < rest)
            {
                phases.Add((new ConstantRate(rest - decaySteps, peak), s_hold));
            }

            phases.Add((StandardSchedules.Decay(numbers.Choice<DecayShape>(DraftField.Decay), decaySteps, peak, numbers.Real(DraftField.Final)), s_lastDecay));
        }
        else
        {
            phases.Add((ReadRest(draft, numbers, rest, peak), s_decay));
        }

        return phases;
    }

    private static SchedulePhase ReadRest(RunDraft draft, DraftNumbers numbers, long steps, double peak)
    {
        double Final() => numbers.Real(DraftField.Final);
        return draft[DraftField.Shape] switch
        {
            "cosine" => new CosineDecay(steps, peak, Final()),
            "linear" => new LinearDecay(steps, peak, Final()),
            "hyperbolic" => new HyperbolicDecay(steps, peak, Final()),
            "exponential" => new ExponentialDecay(steps, peak, Final()),
            "polynomial" => new PolynomialDecay(steps, peak, Final(), numbers.Real(DraftField.Power)),
            "step" => new StepDecay(steps, peak, Final(), numbers.Real(DraftField.Factor), numbers.Whole(DraftField.Every)),
            "inverse-sqrt" => new InverseSquareRootDecay(steps, peak, peak / Math.Sqrt(1 + (steps / Timescale(numbers)))),
            _ => new ConstantRate(steps, peak),
        };
    }

    private static double Timescale(DraftNumbers numbers)
    {
        var timescale = numbers.Real(DraftField.Timescale);
        if (timescale > 0)
        {
            return timescale;
        }

        numbers.Report(DraftField.Timescale, "The timescale must be above 0 steps.");
        return 1;
    }

    private static PiecewisePoints ReadPoints(string text, DraftNumbers numbers)
    {
        var points = new List<RatePoint>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 2 && DraftNumbers.TryParse(parts[0], out var step) && step == Math.Truncate(step) && DraftNumbers.TryParse(parts[1], out var rate))
            {
                points.Add(new((long)step, rate));
            }
            else
            {
                numbers.Report(DraftField.Points, $"Each line holds a step and its learning rate, such as '100 3e-3'; '{line}' is not.");
                break;
            }
        }

        return new([.. points]);
    }

    private static ScheduleSpec? ReadJson(string json, ICollection<FieldProblem> problems)
    {
        if (ScheduleSpec.TryParse(json, out var schedule, out var found))
        {
            return schedule;
        }

        problems.Add(new(DraftField.Phases, string.Join('\n', found.Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}"))));
        return null;
    }

    private static ScheduleSpec? Join(
        List<(SchedulePhase Phase, FrozenDictionary<string, string> Fields)> phases,
        string whole,
        ICollection<FieldProblem> problems)
    {
        ScheduleSpec.TryCreate([.. phases.Select(pair => pair.Phase)], out var schedule, out var found);
        foreach (var problem in found)
        {
            var (index, property) = Split(problem.Path);
            var field = index < phases.Count && phases[index].Fields.TryGetValue(property, out var own) ? own : whole;
            problems.Add(new(field, problem.Message));
        }

        return schedule;
    }

    // phases[2].steps → (2, steps)
    private static (int Index, string Property) Split(string path)
    {
        var open = path.IndexOf('[', StringComparison.Ordinal);
        var close = path.IndexOf(']', StringComparison.Ordinal);
        return open >= 0 && close > open && int.TryParse(path.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (index, path[(close + 1)..].TrimStart('.'))
            : (0, path);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static FrozenDictionary<string, string> Fields(params (string Property, string Field)[] pairs) =>
        pairs.ToFrozenDictionary(pair => pair.Property, pair => pair.Field, StringComparer.Ordinal);
}
