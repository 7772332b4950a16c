namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads functions of <c>optax.schedules</c> with their parameters, alone or joined by <c>join_schedules</c>.</summary>
/// <remarks>
/// Step convention: the count is the number of updates made before, so update s (from 0) has the rate of count s, and a joined schedule counts from its own boundary. optax works in single precision by default; what is
/// meant, and imported, is its formula in double precision.
/// </remarks>
internal static class OptaxReader
{
    private static readonly string[] s_nameFields = ["type", "schedule", "schedule_type", "name", "_target_"];
    private static readonly string[] s_stepFields = ["steps", "total_steps", "num_steps", "max_steps"];

    private static readonly Dictionary<string, Func<ImportFields, OptaxCurve?>> s_readers = new(StringComparer.Ordinal)
    {
        ["constant_schedule"] = fields => Rates(fields, "value") is [var value] ? OptaxCurve.Constant(value) : null,
        ["linear_schedule"] = fields => Rates(fields, "init_value", "end_value") is [var start, var end] ? Transition(fields, start, end, 1) : null,
        ["polynomial_schedule"] = ReadPolynomial,
        ["cosine_decay_schedule"] = ReadCosine,
        ["exponential_decay"] = fields => Rates(fields, "init_value") is [var start] ? Exponential(fields, start) : null,
        ["piecewise_constant_schedule"] = ReadStairs,
        ["piecewise_interpolate_schedule"] = ReadInterpolation,
        ["linear_onecycle_schedule"] = ReadLinearOneCycle,
        ["cosine_onecycle_schedule"] = ReadCosineOneCycle,
        ["warmup_constant_schedule"] = ReadWarmupConstant,
        ["warmup_cosine_decay_schedule"] = ReadWarmupCosine,
        ["warmup_exponential_decay_schedule"] = ReadWarmupExponential,
        ["sgdr_schedule"] = ReadRestarts,
        ["join_schedules"] = ReadJoined,
    };

    public static bool IsName(string text) => s_readers.ContainsKey(NameOf(text));

    public static void Read(ImportFields fields, ImportDraft draft)
    {
        var given = fields.Steps(1, s_stepFields);
        var curve = ReadCurve(fields, isWhole: true);
        if (draft.Problems.Count > 0 || curve is null)
        {
            return;
        }

        if ((given ?? curve.Length) is not (> 0 and <= ScheduleSpec.MaximumSteps and var steps))
        {
            fields.Report("steps", $"Give the number of updates as steps, from 1 to {ScheduleSpec.MaximumSteps}: this schedule has no end of its own.");
            return;
        }

        var list = new PhaseList(steps);
        curve.Lay(list);
        draft.Phases = list.Phases;
        draft.Rate = curve.Rate;
        draft.NameField = fields.Find(s_nameFields)?.Name ?? "type";
        draft.Notes.Add("optax: the rate of update s, from 0, is schedule(s): a warm-up from 0 has rate 0 at its first update, and a joined schedule counts from its boundary. Imported as it is, in double precision; optax itself rounds to single precision by default.");
        if (given is null)
        {
            draft.Notes.Add($"No steps are given: the schedule's own length of {steps} is taken.");
        }
    }

    private static string NameOf(string text)
    {
        var name = text.Trim();
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static OptaxCurve? ReadCurve(ImportFields fields, bool isWhole = false)
    {
        var name = NameOf(fields.Text(s_nameFields) ?? (fields.Has("schedules") ? "join_schedules" : ""));
        if (!s_readers.TryGetValue(name, out var read))
        {
            fields.Report("type", $"There is no schedule '{name}'; there are {string.Join(", ", s_readers.Keys)}.");
            return null;
        }

        var parameters = fields.Object("params", "parameters", "kwargs") ?? fields;
        var curve = read(parameters);
        if (curve is not null)
        {
            parameters.End([.. s_nameFields, .. isWhole ? s_stepFields : []]);
        }

        return curve;
    }

    private static OptaxCurve? ReadPolynomial(ImportFields fields)
    {
        if (Rates(fields, "init_value", "end_value") is not [var start, var end] || Required(fields, "power") is not [var power])
        {
            return null;
        }

        if (power < 0)
        {
            fields.Report("power", "A negative power is infinite at the end of the transition.");
            return null;
        }

        return Transition(fields, start, end, power);
    }

    private static OptaxCurve? ReadJoined(ImportFields fields)
    {
        if (fields.Objects("schedules") is not { Count: > 0 } parts)
        {
            fields.Require("schedules", "Give the list of schedules to join.");
            return null;
        }

        if ((fields.Integers("boundaries") ?? []) is var boundaries && (boundaries.Count != parts.Count - 1
            || boundaries.Where((boundary, i) => boundary < (i == 0 ? 0 : boundaries[i - 1]) || boundary > ScheduleSpec.MaximumSteps).Any()))
        {
            fields.Report(
                "boundaries",
                $"Give one boundary fewer than schedules, none negative and none below the one before; there are {boundaries.Count} for {parts.Count} schedules.");
            return null;
        }

        var curves = parts.Select(part => ReadCurve(part)).ToList();
        return curves.Contains(null) ? null : OptaxCurve.Joined(curves!, boundaries);
    }

    private static OptaxCurve? Transition(ImportFields fields, double start, double end, double power)
    {
        var (steps, begin) = (fields.Integer("transition_steps"), Math.Max(0, fields.Integer("transition_begin") ?? 0));
        if (steps is not { } length || length > ScheduleSpec.MaximumSteps)
        {
            fields.Require("transition_steps", "Give the length as transition_steps.");
            return null;
        }

        return length <= 0 ? OptaxCurve.Constant(start) : Power(length, start, end, power).After(begin);
    }

    private static OptaxCurve Power(long steps, double start, double end, double power) => new(
        steps,
        list =>
        {
            list.Add(SourceShapes.Power(steps, start, end, power));
            list.HoldRest(power == 0 ? start : end); // 0⁰ is 1, so a power of 0 stays where it begins
        },
        step => (start - end) * Math.Pow(1 - (double)Math.Min(step, steps) / steps, power) + end);

    private static OptaxCurve? ReadCosine(ImportFields fields)
    {
        var steps = fields.Steps(1, "decay_steps");
        if (steps is null)
        {
            fields.Require("decay_steps", "Give the length as decay_steps, above 0.");
        }

        return Rates(fields, "init_value") is [var start] && steps is { } length && Exponent(fields) is { } exponent
            ? Cosine(length, start, fields.Number("alpha") ?? 0, exponent)
            : null;
    }

    private static double? Exponent(ImportFields fields)
    {
        var exponent = fields.Number("exponent") ?? 1;
        if (exponent < 0)
        {
            fields.Report("exponent", "A negative exponent is infinite at the end of the decay.");
            return null;
        }

        return exponent;
    }

    private static OptaxCurve Cosine(long steps, double start, double alpha, double exponent) => new(
        steps,
        list =>
        {
            list.Add(exponent == 1 && alpha is >= 0 and <= 1
                ? new CosineDecay(steps, start, alpha * start)
                : SourceShapes.Formula(steps, "start*((1-alpha)*(0.5*(1+cos(pi*t)))^exponent+alpha)", ("start", start), ("alpha", alpha), ("exponent", exponent)));
            list.HoldRest(start * ((1 - alpha) * Math.Pow(0, exponent) + alpha));
        },
        step => start * ((1 - alpha) * Math.Pow(0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, steps) / steps)), exponent) + alpha));

    private static OptaxCurve? Exponential(ImportFields fields, double start)
    {
        if (Required(fields, "decay_rate") is not [var rate])
        {
            return null;
        }

        if (rate < 0)
        {
            fields.Report("decay_rate", "The rate at which it decays must not be negative: optax gives no number between its powers.");
            return null;
        }

        var (steps, begin) = (fields.Integer("transition_steps"), Math.Max(0, fields.Integer("transition_begin") ?? 0));
        var (isStaircase, end) = (fields.Flag("staircase") ?? false, fields.Number("end_value"));
        if (steps is not { } length)
        {
            fields.Require("transition_steps", "Give the length of a transition as transition_steps.");
            return null;
        }

        if (length <= 0 || rate == 0)
        {
            return OptaxCurve.Constant(start);
        }

        return new OptaxCurve(null, list => list.Add(Phase(list.Left)), Rate).After(begin);

        SchedulePhase Phase(long left)
        {
            var last = start * Math.Pow(rate, (double)left / length);
            return isStaircase && rate is > 0 and <= 1 && (end is null || (rate < 1 && end <= start)) ? new StepDecay(left, start, end ?? 0, rate, length)
                : !isStaircase && rate is > 0 and <= 1 && end is null && last >= ScheduleSpec.SmallestPositiveRate ? new ExponentialDecay(left, start, last)
                : SourceShapes.Formula(
                    left,
                    (end is null, rate < 1, isStaircase) switch
                    {
                        (true, _, true) => "start*rate^floor(k/length)",
                        (true, _, false) => "start*rate^(k/length)",
                        (_, true, true) => "max(start*rate^floor(k/length),stop)",
                        (_, true, false) => "max(start*rate^(k/length),stop)",
                        (_, _, true) => "min(start*rate^floor(k/length),stop)",
                        (_, _, false) => "min(start*rate^(k/length),stop)",
                    },
                    ("start", start), ("rate", rate), ("length", length), ("stop", end ?? 0));
        }

        double Rate(long step)
        {
            var p = (double)step / length;
            var value = start * Math.Pow(rate, isStaircase ? Math.Floor(p) : p);
            return end is not { } limit ? value : rate < 1 ? Math.Max(value, limit) : Math.Min(value, limit);
        }
    }

    private static OptaxCurve? ReadStairs(ImportFields fields)
    {
        if (Rates(fields, "init_value") is not [var start] || Scales(fields) is not { } stairs)
        {
            return null;
        }

        return new(
            null,
            list =>
            {
                foreach (var (at, next) in stairs.Select(stair => stair.Step).Prepend(0).Zip(stairs.Select(stair => stair.Step).Append(long.MaxValue)))
                {
                    list.Hold(Math.Min(next - at, list.Left), Rate(at));
                }
            },
            Rate);

        double Rate(long step) => stairs.Where(stair => stair.Step <= step).Aggregate(start, (rate, stair) => rate * stair.Value);
    }

    private static OptaxCurve? ReadInterpolation(ImportFields fields)
    {
        var shape = fields.Text("interpolate_type");
        if (shape is not ("linear" or "cosine"))
        {
            fields.Report("interpolate_type", "It is linear or cosine.");
            return null;
        }

        return Rates(fields, "init_value") is [var start] && Scales(fields) is { } scales ? Interpolated(shape, start, scales) : null;
    }

    private static IReadOnlyList<(long Step, double Value)>? Scales(ImportFields fields)
    {
        var scales = fields.ByStep("boundaries_and_scales") ?? [];
        if (scales.Any(scale => scale.Value < 0))
        {
            fields.Report("boundaries_and_scales", "A scale must not be negative.");
            return null;
        }

        return scales;
    }

    // A part between equal boundaries has no steps; only its scale counts, as in optax.
    private static OptaxCurve Interpolated(string shape, double start, IReadOnlyList<(long Step, double Value)> boundaries)
    {
        var curves = new List<OptaxCurve>();
        var (at, value) = (0L, start);
        foreach (var (step, scale) in boundaries)
        {
            var (from, to, length) = (value, value * scale, step - at);
            curves.Add(new(
                length,
                list => list.Add(shape is "linear" ? SourceShapes.Power(length, from, to, 1) : SourceShapes.HalfCosine(length, from, to)),
                k => shape is "linear" ? (to - from) * ((double)k / length) + from : to + (from - to) / 2 * (Math.Cos(Math.PI * ((double)k / length)) + 1)));
            (at, value) = (step, to);
        }

        curves.Add(OptaxCurve.Constant(value) with { Length = 0 });
        return OptaxCurve.Joined(curves, [.. boundaries.Select(boundary => boundary.Step)]);
    }

    private static OptaxCurve? ReadLinearOneCycle(ImportFields fields) =>
        OneCycle(fields, "linear", (start, final, div, finalDiv, steps) => [((long)(start * steps), div), ((long)(final * steps), 1 / div), (steps, 1 / finalDiv)]);

    private static OptaxCurve? ReadCosineOneCycle(ImportFields fields) =>
        OneCycle(fields, "cosine", (start, _, div, finalDiv, steps) => [((long)(start * steps), div), (steps, 1 / (div * finalDiv))]);

    private static OptaxCurve? OneCycle(
        ImportFields fields, string shape, Func<double, double, double, double, long, IReadOnlyList<(long Step, double Scale)>> boundaries)
    {
        var before = fields.Problems.Count;
        var (start, final) = (fields.Number("pct_start") ?? 0.3, shape is "linear" ? fields.Number("pct_final") ?? 0.85 : 1);
        var (div, finalDiv) = (fields.Number("div_factor") ?? 25, fields.Number("final_div_factor") ?? 1e4);
        var steps = fields.Steps(1, "transition_steps");
        if (steps is null)
        {
            fields.Require("transition_steps", "Give the length as transition_steps, above 0.");
        }

        foreach (var (field, share) in new[] { ("pct_start", start), ("pct_final", final) })
        {
            if (share is not (>= 0 and <= 1))
            {
                fields.Report(field, "It is a share of transition_steps, from 0 to 1.");
            }
        }

        foreach (var (field, factor) in new[] { ("div_factor", div), ("final_div_factor", finalDiv) })
        {
            if (!(factor > 0))
            {
                fields.Report(field, "optax divides by it and takes no negative scale, so it must be above 0.");
            }
        }

        if (Rates(fields, "peak_value") is not [var peak] || steps is not { } length || fields.Problems.Count > before)
        {
            return null;
        }

        // optax keeps its boundaries in a dict: of two at one step the later counts.
        var scales = new SortedDictionary<long, double>();
        foreach (var (step, scale) in boundaries(start, final, div, finalDiv, length))
        {
            scales[step] = scale;
        }

        return Interpolated(shape, peak / div, [.. scales.Select(pair => (pair.Key, pair.Value))]);
    }

    // optax makes it a linear_schedule, which of no steps stays at its first value.
    private static OptaxCurve? ReadWarmupConstant(ImportFields fields) => Warmup(fields) is not var (start, peak, steps) ? null
        : steps == 0 ? OptaxCurve.Constant(start)
        : Warmup(start, peak, steps, OptaxCurve.Constant(peak));

    private static OptaxCurve? ReadWarmupCosine(ImportFields fields)
    {
        var (decay, end) = (fields.Steps(1, "decay_steps"), fields.Number("end_value") ?? 0);
        if (Warmup(fields) is not var (start, peak, warmup) || Exponent(fields) is not { } exponent)
        {
            return null;
        }

        if (decay is not { } whole || whole <= warmup)
        {
            fields.Report("decay_steps", "Give the whole length, warm-up included, as decay_steps; it must be above warmup_steps.");
            return null;
        }

        return Warmup(start, peak, warmup, Cosine(whole - warmup, peak, peak == 0 ? 0 : end / peak, exponent));
    }

    private static OptaxCurve? ReadWarmupExponential(ImportFields fields) =>
        Warmup(fields) is var (start, peak, warmup) && Exponential(fields, peak) is { } decay ? Warmup(start, peak, warmup, decay) : null;

    private static OptaxCurve? ReadRestarts(ImportFields fields)
    {
        if (fields.Objects("cosine_kwargs") is not { Count: > 0 } waves)
        {
            fields.Require("cosine_kwargs", "Give the parameters of each wave as cosine_kwargs.");
            return null;
        }

        var curves = waves.Select(ReadWarmupCosine).ToList();
        foreach (var (wave, _) in waves.Zip(curves).Where(pair => pair.Second is not null))
        {
            wave.End();
        }

        var ends = curves.Aggregate(new List<long>(), (ends, curve) => [.. ends, ends.LastOrDefault() + (curve?.Length ?? 0)]);
        return curves.Contains(null) ? null : OptaxCurve.Joined(curves!, ends[..^1]);
    }

    private static (double Start, double Peak, long Steps)? Warmup(ImportFields fields)
    {
        var steps = fields.Steps(0, "warmup_steps");
        if (steps is null)
        {
            fields.Require("warmup_steps", "Give the length of the warm-up as warmup_steps.");
        }

        return Rates(fields, "init_value", "peak_value") is [var start, var peak] && steps is { } count ? (start, peak, count) : null;
    }

    private static OptaxCurve Warmup(double start, double peak, long steps, OptaxCurve then) =>
        steps == 0 ? then : OptaxCurve.Joined([Power(steps, start, peak, 1), then], [steps]);

    // Parameters that are learning rates themselves.
    private static double[]? Rates(ImportFields fields, params string[] names)
    {
        var before = fields.Problems.Count;
        var rates = Required(fields, names);
        for (var i = 0; i < names.Length && rates is not null; i++)
        {
            if (rates[i] is not (>= 0 and <= ScheduleSpec.MaximumRate))
            {
                fields.Report(names[i], $"A learning rate is from 0 to {RateText.Format(ScheduleSpec.MaximumRate)}, but it is {RateText.Format(rates[i])}.");
            }
        }

        return fields.Problems.Count > before ? null : rates;
    }

    private static double[]? Required(ImportFields fields, params string[] names)
    {
        var values = names.Select(name => fields.Number(name)).ToList();
        for (var i = 0; i < names.Length; i++)
        {
            if (values[i] is null && !fields.Has(names[i]))
            {
                fields.Report(names[i], "This parameter is missing.");
            }
        }

        return values.Contains(null) ? null : [.. values.Select(value => value!.Value)];
    }
}
