namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads schedulers of <c>torch.optim.lr_scheduler</c>: a class name with its parameters, the optimizer's rate as <c>lr</c>, and the number of updates as <c>steps</c>.</summary>
/// <remarks>
/// Step convention: <c>scheduler.step()</c> after each update, so update s (from 0) is made at the rate of <c>last_epoch = s</c>. PyTorch works most of these out by multiplying the rate of the step before;
/// what is meant, and imported, is the closed form, from which its roundings drift by a few last digits.
/// </remarks>
internal static class PyTorchReader
{
    private const int MostPhases = 900;

    private static readonly string[] s_noSchedules = ["LambdaLR", "MultiplicativeLR", "ReduceLROnPlateau", "ChainedScheduler", "SWALR"];

    private static readonly Dictionary<string, Func<ImportFields, PhaseList, double, Func<long, double>?>> s_readers = new(StringComparer.Ordinal)
    {
        ["StepLR"] = ReadStep,
        ["MultiStepLR"] = ReadMultiStep,
        ["ConstantLR"] = ReadConstant,
        ["LinearLR"] = ReadLinear,
        ["ExponentialLR"] = ReadExponential,
        ["PolynomialLR"] = ReadPolynomial,
        ["CosineAnnealingLR"] = ReadCosine,
        ["CosineAnnealingWarmRestarts"] = ReadWarmRestarts,
        ["OneCycleLR"] = ReadOneCycle,
        ["CyclicLR"] = ReadCyclic,
    };

    private static readonly string[] s_classFields = ["scheduler", "class", "class_name", "_target_", "type", "name"];
    private static readonly string[] s_rateFields = ["lr", "learning_rate", "initial_lr"];
    private static readonly string[] s_stepFields = ["steps", "max_steps", "num_steps", "num_training_steps"];

    // Parameters that change no rate.
    private static readonly string[] s_ignored = ["optimizer", "last_epoch", "verbose", "cycle_momentum", "base_momentum", "max_momentum"];

    public static bool IsName(string text) => NameOf(text) is var name && (s_readers.ContainsKey(name) || name is "SequentialLR" || s_noSchedules.Contains(name, StringComparer.Ordinal));

    public static void Read(ImportFields fields, ImportDraft draft)
    {
        var name = NameOf(fields.Text(s_classFields) ?? (fields.Has("schedulers") ? "SequentialLR" : ""));
        var isOneCycle = name is "OneCycleLR";
        var parameters = fields.Object("params", "parameters", "kwargs", "init_args") ?? fields;
        var rate = fields.Number(s_rateFields) ?? (isOneCycle || name is "CyclicLR" ? 0 : null);
        var steps = fields.Steps(1, s_stepFields) ?? (isOneCycle ? OneCycleSteps(parameters) : null);
        if (rate is null or < 0)
        {
            fields.Report("lr", "Give the optimizer's rate as lr; it must not be negative.");
        }

        if (steps is null && draft.Problems.Count == 0)
        {
            fields.Report("steps", "Give the number of updates as steps: a PyTorch scheduler does not know its end.");
        }

        if (draft.Problems.Count > 0)
        {
            return;
        }

        var list = new PhaseList(steps!.Value);
        var source = name is "SequentialLR" ? ReadSequence(parameters, list, rate!.Value) : ReadOne(name, fields, parameters, list, rate!.Value);
        draft.Phases = list.Phases;
        draft.Rate = source ?? draft.Rate;
        draft.Notes.Add("PyTorch: with scheduler.step() after each update, update s, from 0, has the rate of last_epoch = s. The closed form is taken; PyTorch multiplies from step to step and drifts from it in its last digits.");
        if (name is "PolynomialLR" || isOneCycle)
        {
            draft.Notes.Add("Past the scheduler's own end its last rate is held.");
        }
    }

    private static string NameOf(string text) => text.Trim()[(text.Trim().LastIndexOf('.') + 1)..];

    private static Func<long, double>? ReadOne(string name, ImportFields fields, ImportFields parameters, PhaseList list, double rate)
    {
        if (s_readers.TryGetValue(name, out var read))
        {
            var source = read(parameters, list, rate);
            parameters.End([.. s_ignored, .. s_classFields, .. s_rateFields, .. s_stepFields]);
            return source;
        }

        fields.Report("scheduler", name switch
        {
            "LambdaLR" or "MultiplicativeLR" => $"{name} runs a function of your own, which is no data: import its rates as CSV, or write its formula as a phase.",
            "ReduceLROnPlateau" => "ReduceLROnPlateau looks at the loss while it trains, so its rates cannot be known beforehand: it is a rule, not a schedule.",
            "ChainedScheduler" => "ChainedScheduler multiplies schedulers that run at once; Ntl's phases follow one another. Import its rates as CSV.",
            "SWALR" => "SWALR starts from whatever rate it finds: import its rates as CSV.",
            "SequentialLR" => "A SequentialLR within a SequentialLR is not read: list all its schedulers in one.",
            "" => $"Give the scheduler's class as scheduler; there are {string.Join(", ", s_readers.Keys)}, SequentialLR.",
            _ => $"There is no scheduler '{name}'; there are {string.Join(", ", s_readers.Keys)}, SequentialLR.",
        });
        return null;
    }

    private static Func<long, double>? ReadSequence(ImportFields fields, PhaseList list, double rate)
    {
        if (fields.Objects("schedulers") is not { Count: > 0 } parts || fields.Integers("milestones") is not { } milestones || milestones.Count != parts.Count - 1
            || milestones.Where((milestone, i) => milestone <= (i == 0 ? 0 : milestones[i - 1])).Any())
        {
            fields.Report("milestones", "Give schedulers, and milestones that rise from above 0, one fewer.");
            return null;
        }

        var total = list.Left;
        var sources = new List<(long First, Func<long, double>? Rate)>();
        for (var i = 0; i < parts.Count; i++)
        {
            var (first, end) = (i == 0 ? 0 : milestones[i - 1], i < milestones.Count ? milestones[i] : total);
            var own = new PhaseList(Math.Max(0, Math.Min(end, total) - first));
            var name = NameOf(parts[i].Text(s_classFields) ?? "");
            if (name is "OneCycleLR" or "CyclicLR")
            {
                parts[i].Report("scheduler", $"{name} sets the optimizer's own rate when it is made, so in a SequentialLR the others begin from it too. Import it alone.");
                continue;
            }

            sources.Add((first, ReadOne(name, parts[i], parts[i].Object("params", "parameters", "kwargs", "init_args") ?? parts[i], own, rate)));
            list.AddAll(own.Phases);
        }

        return step => sources.FindLast(part => part.First <= step) is var (first, source) && source is not null ? source(step - first) : double.NaN;
    }

    private static Func<long, double>? ReadStep(ImportFields fields, PhaseList list, double rate)
    {
        var (every, gamma) = (fields.Steps(1, "step_size"), fields.Number("gamma") ?? 0.1);
        if (every is not { } size)
        {
            fields.Report("step_size", "Give the length of a stair as step_size.");
            return null;
        }

        list.Add(gamma is > 0 and <= 1 ? new StepDecay(list.Left, rate, 0, gamma, size) : SourceShapes.Formula(list.Left, "lr*gamma^floor(k/size)", ("lr", rate), ("gamma", gamma), ("size", size)));
        return step => rate * Math.Pow(gamma, step / size);
    }

    private static Func<long, double>? ReadMultiStep(ImportFields fields, PhaseList list, double rate)
    {
        var (milestones, gamma) = (fields.Integers("milestones")?.Order().ToList(), fields.Number("gamma") ?? 0.1);
        if (milestones is null || milestones.Exists(milestone => milestone < 0))
        {
            fields.Report("milestones", "Give the steps at which the rate falls as milestones, none negative.");
            return null;
        }

        var at = 0L;
        foreach (var milestone in milestones)
        {
            list.Hold(milestone - at, RateAt(at));
            at = milestone;
        }

        list.HoldRest(RateAt(at));
        return RateAt;

        double RateAt(long step) => rate * Math.Pow(gamma, milestones.Count(milestone => milestone <= step));
    }

    private static Func<long, double>? ReadConstant(ImportFields fields, PhaseList list, double rate)
    {
        var (factor, steps) = (fields.Number("factor") ?? 1.0 / 3, fields.Steps(0, "total_iters") ?? 5);
        if (!IsFactor(fields, "factor", factor))
        {
            return null;
        }

        list.Hold(steps, rate * factor);
        list.HoldRest(rate);
        return step => step < steps ? rate * factor : rate;
    }

    private static Func<long, double>? ReadLinear(ImportFields fields, PhaseList list, double rate)
    {
        var (start, end, steps) = (fields.Number("start_factor") ?? 1.0 / 3, fields.Number("end_factor") ?? 1, fields.Steps(1, "total_iters") ?? 5);
        if (!(IsFactor(fields, "start_factor", start) & IsFactor(fields, "end_factor", end)))
        {
            return null;
        }

        list.Line(steps, rate * start, rate * end);
        list.HoldRest(rate * end);
        return step => rate * (start + (end - start) * Math.Min(steps, step) / steps);
    }

    private static Func<long, double>? ReadExponential(ImportFields fields, PhaseList list, double rate)
    {
        if (fields.Number("gamma") is not { } gamma || gamma < 0)
        {
            fields.Report("gamma", "Give the factor of each step as gamma; it must not be negative.");
            return null;
        }

        var end = rate * Math.Pow(gamma, list.Left);
        list.Add(gamma is > 0 and <= 1 && end >= ScheduleSpec.SmallestPositiveRate ? new ExponentialDecay(list.Left, rate, end) : SourceShapes.Formula(list.Left, "lr*gamma^k", ("lr", rate), ("gamma", gamma)));
        return step => rate * Math.Pow(gamma, step);
    }

    private static Func<long, double>? ReadPolynomial(ImportFields fields, PhaseList list, double rate)
    {
        var (steps, power) = (fields.Steps(1, "total_iters") ?? 5, fields.Number("power") ?? 1);
        list.Add(SourceShapes.Power(steps, rate, 0, power));
        list.HoldRest(0);
        return step => rate * Math.Pow(1 - (double)Math.Min(steps, step) / steps, power);
    }

    private static Func<long, double>? ReadCosine(ImportFields fields, PhaseList list, double rate)
    {
        var (steps, floor) = (fields.Steps(1, "T_max"), fields.Number("eta_min") ?? 0);
        if (steps is not { } half)
        {
            fields.Report("T_max", "Give the length of half a wave as T_max.");
            return null;
        }

        // Past T_max the cosine rises again.
        list.Add(list.Left <= half && floor <= rate
            ? new CosineDecay(half, rate, floor)
            : SourceShapes.Formula(list.Left, "floor_lr+(lr-floor_lr)*(1+cos(pi*k/half))/2", ("floor_lr", floor), ("lr", rate), ("half", half)));
        return step => floor + (rate - floor) * (1 + Math.Cos(Math.PI * step / half)) / 2;
    }

    private static Func<long, double>? ReadWarmRestarts(ImportFields fields, PhaseList list, double rate)
    {
        var (first, factor, floor) = (fields.Steps(1, "T_0"), fields.Steps(1, "T_mult") ?? 1, fields.Number("eta_min") ?? 0);
        if (first is not { } period)
        {
            fields.Report("T_0", "Give the length of the first wave as T_0.");
            return null;
        }

        if ((factor == 1 && list.Left / period > MostPhases) || floor > rate)
        {
            list.Add(SourceShapes.Formula(list.Left, "floor_lr+(lr-floor_lr)*(1+cos(pi*(k/period-floor(k/period))))/2", ("floor_lr", floor), ("lr", rate), ("period", period)));
        }

        for (var length = period; list.Left > 0; length *= factor)
        {
            list.Add(SourceShapes.HalfCosine(length, rate, floor));
        }

        return step =>
        {
            var (left, length) = (factor == 1 ? step % period : step, period);
            while (left >= length)
            {
                (left, length) = (left - length, length * factor);
            }

            return floor + (rate - floor) * (1 + Math.Cos(Math.PI * left / length)) / 2;
        };
    }

    private static long? OneCycleSteps(ImportFields fields) =>
        fields.Steps(1, "total_steps") ?? (fields.Steps(1, "epochs") is { } epochs && fields.Steps(1, "steps_per_epoch") is { } each ? Math.Min(epochs * each, ScheduleSpec.MaximumSteps) : null);

    private static Func<long, double>? ReadOneCycle(ImportFields fields, PhaseList list, double rate)
    {
        var (peak, total) = (fields.Number("max_lr"), OneCycleSteps(fields));
        var (share, shape) = (fields.Number("pct_start") ?? 0.3, fields.Text("anneal_strategy") ?? "cos");
        var (div, finalDiv, isThree) = (fields.Number("div_factor") ?? 25, fields.Number("final_div_factor") ?? 1e4, fields.Flag("three_phase") ?? false);
        if (peak is not { } top || total is not { } steps)
        {
            fields.Report("max_lr", "Give max_lr, and total_steps or both epochs and steps_per_epoch.");
            return null;
        }

        if (share is < 0 or > 1 || shape is not ("cos" or "linear") || !(div > 0) || !(finalDiv > 0))
        {
            fields.Report("pct_start", "pct_start is from 0 to 1, anneal_strategy cos or linear, div_factor and final_div_factor are above 0.");
            return null;
        }

        var start = top / div;
        var last = start / finalDiv;
        (double End, double From, double To)[] parts = isThree
            ? [(share * steps - 1, start, top), (2 * share * steps - 2, top, start), (steps - 1, start, last)]
            : [(share * steps - 1, start, top), (steps - 1, top, last)];
        var (begin, first) = (0.0, 0L);
        foreach (var (end, from, to) in parts)
        {
            var stop = Math.Min((long)Math.Floor(end), steps - 1);
            if (stop >= first && end > begin)
            {
                list.Formula(
                    stop - first + 1,
                    shape is "cos" ? "stop+(start-stop)/2*(cos(pi*((k+offset)/length))+1)" : "(stop-start)*((k+offset)/length)+start",
                    ("start", from), ("stop", to), ("offset", first - begin), ("length", end - begin));
                first = stop + 1;
            }

            begin = end;
        }

        list.HoldRest(last);
        return step =>
        {
            var from = 0.0;
            foreach (var (end, low, high) in parts)
            {
                if (step <= end)
                {
                    var t = (step - from) / (end - from);
                    return shape is "cos" ? high + (low - high) / 2 * (Math.Cos(Math.PI * t) + 1) : (high - low) * t + low;
                }

                from = end;
            }

            return last;
        };
    }

    private static Func<long, double>? ReadCyclic(ImportFields fields, PhaseList list, double rate)
    {
        var (low, high) = (fields.Number("base_lr"), fields.Number("max_lr"));
        var up = fields.Steps(1, "step_size_up") ?? 2000;
        var down = fields.Steps(1, "step_size_down") ?? up;
        var (mode, gamma) = (fields.Text("mode") ?? "triangular", fields.Number("gamma") ?? 1);
        if (low is not { } bottom || high is not { } top || top < bottom)
        {
            fields.Report("max_lr", "Give base_lr, and max_lr not below it.");
            return null;
        }

        if (mode is not ("triangular" or "triangular2" or "exp_range"))
        {
            fields.Report("mode", $"There is no mode '{mode}'; there are triangular, triangular2, exp_range. A scale_fn of your own is no data.");
            return null;
        }

        var cycle = up + down;
        var cycles = (list.Left + cycle - 1) / cycle;
        if (mode is not "exp_range" && 2 * cycles < PiecewisePoints.MaximumPoints)
        {
            list.Add(new PiecewisePoints([.. Enumerable.Range(0, (int)cycles).SelectMany(i => new RatePoint[] { new(i * cycle, bottom), new(i * cycle + up, bottom + (top - bottom) * Height(i)) }), new(cycles * cycle, bottom)]));
        }
        else
        {
            const string Triangle = "base_lr+(max_lr-base_lr)*min((k/cycle-floor(k/cycle))/ratio,(1-(k/cycle-floor(k/cycle)))/(1-ratio))";
            var scale = mode switch { "exp_range" => "*gamma^k", "triangular2" => "/2^floor(k/cycle)", _ => "" };
            list.Formula(list.Left, Triangle + scale, ("base_lr", bottom), ("max_lr", top), ("cycle", cycle), ("ratio", (double)up / cycle), ("gamma", gamma));
        }

        return step =>
        {
            var (x, ratio) = ((double)step / cycle - Math.Floor((double)step / cycle), (double)up / cycle);
            return bottom + (top - bottom) * (x <= ratio ? x / ratio : (x - 1) / (ratio - 1)) * (mode is "exp_range" ? Math.Pow(gamma, step) : Height(step / cycle));
        };

        double Height(long turn) => mode is "triangular2" ? Math.Pow(2, -turn) : 1;
    }

    private static bool IsFactor(ImportFields fields, string name, double factor)
    {
        var isOne = factor is >= 0 and <= 1;
        if (!isOne)
        {
            fields.Report(name, $"PyTorch wants a factor from 0 to 1, but it is {RateText.Format(factor)}.");
        }

        return isOne;
    }
}
