using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Composer;

namespace Ntl.Web.Components.Compose;

/// <summary>What stands in the numeric panel's fields, right or wrong, and the phase that it makes.</summary>
internal sealed class PhaseDraft
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    public PhaseDraft(SchedulePhase phase)
    {
        Phase = phase;
        Fields = FieldsOf(phase);
        foreach (var field in Fields)
        {
            _texts[field.Id] = TextOf(phase, field);
        }
    }

    /// <summary>The phase that the texts make; the last that they made while they make none.</summary>
    public SchedulePhase Phase { get; private set; }

    public ImmutableArray<PhaseField> Fields { get; }

    public string this[PhaseField field] => _texts[field.Id];

    public string? ProblemOf(string field) => _problems.GetValueOrDefault(field);

    /// <summary>Takes what was typed.</summary>
    /// <returns>The phase that it makes; null while a text is no number.</returns>
    public SchedulePhase? Type(PhaseField field, string text)
    {
        _texts[field.Id] = text;
        _problems.Clear();
        var phase = Read();
        return _problems.Count == 0 ? phase : null;
    }

    /// <summary>The phase is in the schedule now.</summary>
    public void Accept(SchedulePhase phase) => Phase = phase;

    /// <summary>Puts an edit's problems beside their fields.</summary>
    public void Refuse(IEnumerable<SpecProblem> problems)
    {
        foreach (var problem in problems)
        {
            var last = problem.Path[(problem.Path.LastIndexOf('.') + 1)..];
            var isOfConstant = problem.Path.Contains(".constants", StringComparison.Ordinal);
            var isOfPoint = problem.Path.Contains(".points[", StringComparison.Ordinal);
            var field = isOfConstant ? PhaseField.Constants.Id : isOfPoint ? PhaseField.Points.Id : Fields.Any(each => string.Equals(each.Id, last, StringComparison.Ordinal)) ? last : Fields[0].Id;
            _problems.TryAdd(field, problem.Message);
        }
    }

    /// <summary>A rate in its shortest text.</summary>
    public static string TextOf(double rate) => NumberFormat.RateField(rate);

    private static ImmutableArray<PhaseField> FieldsOf(SchedulePhase phase) => phase switch
    {
        ConstantRate => [PhaseField.Steps, PhaseField.Rate],
        PolynomialDecay => [PhaseField.Steps, PhaseField.StartRate, PhaseField.EndRate, PhaseField.Power],
        LinearRamp or RateDecay => [PhaseField.Steps, PhaseField.StartRate, PhaseField.EndRate],
        StepDecay => [PhaseField.Steps, PhaseField.StartRate, PhaseField.FloorRate, PhaseField.Factor, PhaseField.EverySteps],
        PiecewisePoints => [PhaseField.Points],
        ExpressionPhase => [PhaseField.Steps, PhaseField.Formula, PhaseField.Constants],
        _ => [PhaseField.Steps],
    };

    private static string TextOf(SchedulePhase phase, PhaseField field) => (field.Id, phase) switch
    {
        ("steps", _) => phase.Steps.ToString(CultureInfo.InvariantCulture),
        ("rate" or "startRate", _) => TextOf(phase.EntryRate),
        ("endRate", _) => TextOf(phase.ExitRate),
        ("floorRate", StepDecay stairs) => TextOf(stairs.FloorRate),
        ("power", PolynomialDecay decay) => TextOf(decay.Power),
        ("factor", StepDecay stairs) => TextOf(stairs.Factor),
        ("everySteps", StepDecay stairs) => stairs.EverySteps.ToString(CultureInfo.InvariantCulture),
        ("formula", ExpressionPhase formula) => formula.Formula,
        ("constants", ExpressionPhase formula) => string.Join(", ", formula.Constants.Select(constant => $"{constant.Key} = {TextOf(constant.Value)}")),
        ("points", PiecewisePoints points) => string.Join('\n', points.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Step} {TextOf(point.Rate)}"))),
        _ => "",
    };

    private SchedulePhase Read() => Phase switch
    {
        ConstantRate => new ConstantRate(Steps(), Rate("rate")),
        LinearRamp => new LinearRamp(Steps(), Rate("startRate"), Rate("endRate")),
        PolynomialDecay => new PolynomialDecay(Steps(), Rate("startRate"), Rate("endRate"), Rate("power")),
        RateDecay decay => decay with { Steps = Steps(), StartRate = Rate("startRate"), EndRate = Rate("endRate") },
        StepDecay => new StepDecay(Steps(), Rate("startRate"), Rate("floorRate"), Rate("factor"), Steps("everySteps")),
        PiecewisePoints => ReadPoints(),
        ExpressionPhase => new ExpressionPhase(Steps(), _texts["formula"], ReadConstants()),
        _ => BoundaryEdits.Resized(Phase, Math.Max(1, Steps())),
    };

    private long Steps(string field = "steps")
    {
        if (DraftNumbers.TryParse(_texts[field], out var value) && value == Math.Truncate(value) && Math.Abs(value) < 1e15)
        {
            return (long)value;
        }

        _problems[field] = _texts[field].Trim().Length == 0 ? "Give a number of steps." : $"Give a whole number; '{Shortened(_texts[field])}' is not one.";
        return 1;
    }

    private double Rate(string field)
    {
        if (DraftNumbers.TryParse(_texts[field], out var value))
        {
            return value;
        }

        _problems[field] = _texts[field].Trim().Length == 0 ? "Give a number." : $"Give a number such as 0.003 or 3e-3; '{Shortened(_texts[field])}' is not one.";
        return 0;
    }

    private Dictionary<string, double> ReadConstants()
    {
        var constants = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in _texts["constants"].Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || !DraftNumbers.TryParse(sides[1], out var value) || !constants.TryAdd(sides[0], value))
            {
                _problems["constants"] = $"Give names and numbers once each, such as 'peak = 3e-3, low = 0'; '{Shortened(part)}' is none.";
                break;
            }
        }

        return constants;
    }

    private PiecewisePoints ReadPoints()
    {
        var points = ImmutableArray.CreateBuilder<RatePoint>();
        foreach (var line in _texts["points"].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 2 || !DraftNumbers.TryParse(parts[0], out var step) || step != Math.Truncate(step) || Math.Abs(step) > 1e15 || !DraftNumbers.TryParse(parts[1], out var rate))
            {
                _problems["points"] = $"Each line holds a step and its learning rate, such as '100 3e-3'; '{Shortened(line)}' is not.";
                break;
            }

            points.Add(new((long)step, rate));
        }

        if (points.Count < 2 && _problems.Count == 0)
        {
            _problems["points"] = "Give two points at least: the first at step 0, the last at the phase's length.";
        }

        return new(points.ToImmutable());
    }

    private static string Shortened(string text)
    {
        const int Longest = 30;
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
