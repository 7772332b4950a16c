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

    private static readonly Dictionary<string, Func<PyTorchPart, Func<long, double>?>> s_readers = new(StringComparer.Ordinal)
    {
        ["StepLR"] = ReadStep,
        ["MultiStepLR"] = ReadMultiStep,
        ["ConstantLR"] = ReadConstant,
        ["LinearLR"] = ReadLinear,
        ["ExponentialLR"] = ReadExponential,
        ["PolynomialLR"] = ReadPolynomial,
        ["CosineAnnealingLR"] = ReadCosine,
        ["CosineAnnealingWarmRestarts"] = ReadWarmRestarts,
        ["OneCycleLR"] = PyTorchOneCycle.Read,
        ["CyclicLR"] = PyTorchCyclic.Read,
    };

    private static readonly string[] s_classFields = ["scheduler", "class", "class_name", "_target_", "type", "name"];
    private static readonly string[] s_partFields = ["schedulers", "_schedulers"];
    private static readonly string[] s_milestoneFields = ["milestones", "_milestones"];
    private static readonly string[] s_rateFields = ["lr", "learning_rate", "initial_lr"];
    private static readonly string[] s_stepFields = ["steps", "max_steps", "num_steps", "num_training_steps"];

    // Parameters that change no rate, and what a state_dict holds of a scheduler that has made no step.
    private static readonly string[] s_ignored =
        ["optimizer", "verbose", "cycle_momentum", "base_momentum", "max_momentum", .. PyTorchState.Fields];

    public static bool IsName(string text) => NameOf(text) is var name && (s_readers.ContainsKey(name) || name is "SequentialLR" || s_noSchedules.Contains(name, StringComparer.Ordinal));

    public static void Read(ImportFields fields, ImportDraft draft)
    {
        var name = NameOf(fields.Text(s_classFields) ?? (fields.Find(s_partFields) is null ? "" : "SequentialLR"));
        if (name.Length == 0)
        {
            PyTorchState.Check(fields);
            fields.Report("scheduler", $"Give the scheduler's class as scheduler: a state does not say it. There are {string.Join(", ", s_readers.Keys)}, SequentialLR.");
            return;
        }

        var isOneCycle = name is "OneCycleLR";
        var parameters = ParametersOf(fields);
        PyTorchState.Check(fields);
        if (!ReferenceEquals(parameters, fields))
        {
            PyTorchState.Check(parameters);
        }

        var rate = fields.Number(s_rateFields) ?? PyTorchState.BaseRate(parameters) ?? (isOneCycle || name is "CyclicLR" ? 0 : null);
        PyTorchState.CheckBaseRate(parameters, rate);
        var given = fields.Steps(1, s_stepFields);
        var steps = given ?? (fields.Find(s_stepFields) is null && draft.Problems.Count == 0 ? Length(name, parameters) : null);
        if (rate is null or < 0)
        {
            fields.Report(
                fields.Find(s_rateFields)?.Name ?? "lr", "Give the optimizer's learning rate as lr, the rate that the scheduler starts from; it must not be negative.");
        }

        if (steps is null && draft.Problems.Count == 0)
        {
            fields.Report("steps", "Give the number of updates as steps: this PyTorch scheduler does not know its end.");
        }

        if (draft.Problems.Count > 0)
        {
            return;
        }

        var list = new PhaseList(steps!.Value);
        var source = name is "SequentialLR"
            ? ReadSequence(fields, parameters, list, rate!.Value, draft.Notes)
            : ReadOne(name, fields, new(parameters, list, rate!.Value, draft.Notes));
        draft.Phases = list.Phases;
        draft.Rate = source ?? draft.Rate;
        draft.NameField = fields.Find(s_classFields)?.Name ?? "scheduler";
        if (draft.Problems.Count == 0)
        {
            PyTorchState.CheckLastRate(parameters, draft.Rate(0));
        }

        draft.Notes.Insert(0, "PyTorch: with scheduler.step() after each update, update s, from 0, has the rate of last_epoch = s. "
            + "The closed form is taken; PyTorch multiplies from step to step and drifts from it in its last digits.");
        if (given is null)
        {
            draft.Notes.Add($"No number of updates is given: the scheduler's own length of {steps} is taken.");
        }
    }

    // Where a scheduler comes to its end; null for one that goes on or stays.
    private static long? Length(string name, ImportFields parameters) => name switch
    {
        "OneCycleLR" => PyTorchOneCycle.StepsOf(parameters),
        "CosineAnnealingLR" => parameters.Steps(1, "T_max"),
        "PolynomialLR" => parameters.Steps(1, "total_iters"),
        "SequentialLR" when parameters.Objects(s_partFields) is [.., var last] && parameters.Integers(s_milestoneFields) is [.., var begin] =>
            begin + Length(NameOf(last.Text(s_classFields) ?? ""), ParametersOf(last)),
        _ => null,
    };

    private static ImportFields ParametersOf(ImportFields fields) => fields.Object("params", "parameters", "kwargs", "init_args") ?? fields;

    private static string NameOf(string text) => text.Trim()[(text.Trim().LastIndexOf('.') + 1)..];

    private static Func<long, double>? ReadOne(string name, ImportFields fields, PyTorchPart part)
    {
        if (s_readers.TryGetValue(name, out var read))
        {
            var source = read(part);
            if (source is not null)
            {
                part.Fields.End([.. s_ignored, .. s_classFields, .. s_rateFields, .. s_stepFields]);
            }

            return source;
        }

        fields.Report(fields.Find(s_classFields)?.Name ?? "scheduler", name switch
        {
            "LambdaLR" or "MultiplicativeLR" => $"{name} runs a function of your own, which cannot be read: import its rates as CSV, or write its formula as a phase.",
            "ReduceLROnPlateau" => "ReduceLROnPlateau looks at the loss while it trains, so its rates cannot be known beforehand: it is a rule, not a schedule.",
            "ChainedScheduler" => "ChainedScheduler multiplies schedulers that run at once; Ntl's phases follow one another. Import its rates as CSV.",
            "SWALR" => "SWALR starts from whatever rate it finds: import its rates as CSV.",
            "SequentialLR" => "A SequentialLR within a SequentialLR is not read: list all its schedulers in one.",
            "" => $"Give the scheduler's class as scheduler; there are {string.Join(", ", s_readers.Keys)}, SequentialLR.",
            _ => $"There is no scheduler '{name}'; there are {string.Join(", ", s_readers.Keys)}, SequentialLR.",
        });
        return null;
    }

    private static Func<long, double>? ReadSequence(ImportFields fields, ImportFields parameters, PhaseList list, double rate, List<string> notes)
    {
        var milestoneField = parameters.Find(s_milestoneFields)?.Name ?? "milestones";
        if (parameters.Objects(s_partFields) is not { Count: > 0 } parts)
        {
            fields.Report("schedulers", "Give the list of schedulers, each with its class as scheduler.");
            return null;
        }

        if ((parameters.Integers(s_milestoneFields) ?? []) is var milestones && (milestones.Count != parts.Count - 1
            || milestones.Where((milestone, i) => milestone < (i == 0 ? 0 : milestones[i - 1])).Any()))
        {
            parameters.Report(
                milestoneField,
                $"Give one milestone fewer than schedulers, none negative and none below the one before; there are {milestones.Count} for {parts.Count} schedulers.");
            return null;
        }

        parameters.End([.. s_ignored, .. s_classFields, .. s_rateFields, .. s_stepFields]);
        if (milestones is [0, ..])
        {
            notes.Add("A milestone of 0 leaves the first scheduler no updates. PyTorch is imported as it means to be; its versions before the fix of issue 185872 "
                + "start from the first scheduler's rate instead, and the rates after it are wrong too.");
        }

        var total = list.Left;
        var sources = new List<(long First, Func<long, double>? Rate)>();
        for (var i = 0; i < parts.Count; i++)
        {
            var (first, end) = (i == 0 ? 0 : milestones[i - 1], i < milestones.Count ? milestones[i] : total);
            var own = new PhaseList(Math.Max(0, Math.Min(end, total) - first));
            var name = NameOf(parts[i].Text(s_classFields) ?? "");
            PyTorchState.Check(parts[i]);
            PyTorchState.CheckBaseRate(parts[i], rate);
            if (name is "OneCycleLR" or "CyclicLR")
            {
                parts[i].Report("scheduler", $"{name} sets the optimizer's own rate when it is made, so in a SequentialLR the others begin from it too. Import it alone.");
                continue;
            }

            if (first >= total)
            {
                notes.Add($"Scheduler {i + 1} of the sequence, {name}, would begin at update {first}, after the last of the {total} updates: it has none.");
            }
            else if (own.Left == 0 && i > 0)
            {
                notes.Add($"Scheduler {i + 1} of the sequence, {name}, has no updates: its milestones are both {first}.");
            }

            sources.Add((first, ReadOne(name, parts[i], new(ParametersOf(parts[i]), own, rate, notes) { IsLater = first > 0 || i > 0 })));
            list.AddAll(own.Phases);
        }

        return step => sources.FindLast(part => part.First <= step) is var (first, source) && source is not null ? source(step - first) : double.NaN;
    }

    private static Func<long, double>? ReadStep(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (every, gamma) = (fields.Steps(1, "step_size"), fields.Number("gamma") ?? 0.1);
        if (every is not { } size)
        {
            fields.Require("step_size", "Give the number of updates between two falls as step_size, at least 1.");
            return null;
        }

        list.Add(gamma is > 0 and <= 1 ? new StepDecay(list.Left, rate, 0, gamma, size) : SourceShapes.Formula(list.Left, "lr*gamma^floor(k/size)", ("lr", rate), ("gamma", gamma), ("size", size)));
        return step => rate * Math.Pow(gamma, step / size);
    }

    private static Func<long, double>? ReadMultiStep(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (milestones, gamma) = (Milestones(fields)?.Order().ToList(), fields.Number("gamma") ?? 0.1);
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

    // A list, or what a state_dict makes of it: how often each milestone is in the list.
    private static IEnumerable<long>? Milestones(ImportFields fields) =>
        fields.Find("milestones")?.Value.ValueKind == System.Text.Json.JsonValueKind.Object
            ? fields.ByStep("milestones")?.SelectMany(pair => Enumerable.Repeat(pair.Step, (int)Math.Clamp(pair.Value, 0, 100)))
            : fields.Integers("milestones");

    private static Func<long, double>? ReadConstant(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (factor, steps) = (fields.Number("factor") ?? 1.0 / 3, fields.Steps(0, "total_iters") ?? 5);
        if (!IsFactor(fields, "factor", factor))
        {
            return null;
        }

        if (factor == 0 && steps > 0 && steps < list.Left)
        {
            fields.Report("factor", "PyTorch divides by the factor where its updates end, so it cannot be 0.");
            return null;
        }

        // PyTorch looks for the update at which the factor ends. With none, a scheduler that begins the training never comes to it.
        if (steps == 0 && !part.IsLater)
        {
            part.Notes.Add("ConstantLR with total_iters 0: PyTorch applies the factor at the first update and never takes it back.");
            list.HoldRest(rate * factor);
            return _ => rate * factor;
        }

        list.Hold(steps, rate * factor);
        list.HoldRest(rate);
        return step => step < steps ? rate * factor : rate;
    }

    private static Func<long, double>? ReadLinear(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (start, end, steps) = (fields.Number("start_factor") ?? 1.0 / 3, fields.Number("end_factor") ?? 1, fields.Steps(0, "total_iters") ?? 5);
        if (!(IsFactor(fields, "start_factor", start) & IsFactor(fields, "end_factor", end)))
        {
            return null;
        }

        if (start == 0)
        {
            fields.Report("start_factor", "PyTorch divides by the first factor, so start_factor must be above 0.");
            return null;
        }

        if (steps == 0)
        {
            return AtOnce(part, start, "stays at lr·start_factor");
        }

        list.Line(steps, rate * start, rate * end);
        list.HoldRest(rate * end);
        return step => rate * (start + (end - start) * Math.Min(steps, step) / steps);
    }

    private static Func<long, double>? ReadExponential(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        if (fields.Number("gamma") is not { } gamma || gamma < 0)
        {
            fields.Report("gamma", "Give the factor of each update as gamma; it must not be negative.");
            return null;
        }

        var end = rate * Math.Pow(gamma, list.Left);
        list.Add(gamma is > 0 and <= 1 && end >= ScheduleSpec.SmallestPositiveRate ? new ExponentialDecay(list.Left, rate, end) : SourceShapes.Formula(list.Left, "lr*gamma^k", ("lr", rate), ("gamma", gamma)));
        return step => rate * Math.Pow(gamma, step);
    }

    private static Func<long, double>? ReadPolynomial(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (steps, power) = (fields.Steps(0, "total_iters") ?? 5, fields.Number("power") ?? 1);
        if (power <= 0)
        {
            fields.Report("power", "A power of 0 or below never comes to an end rate of 0: give a power above 0.");
            return null;
        }

        if (steps == 0)
        {
            return AtOnce(part, 1, "stays at lr");
        }

        if (steps < list.Left)
        {
            part.Notes.Add($"PolynomialLR ends after {steps} updates; its last rate, 0, is held, as in PyTorch.");
        }

        list.Add(SourceShapes.Power(steps, rate, 0, power));
        list.HoldRest(0);
        return step => rate * Math.Pow(1 - (double)Math.Min(steps, step) / steps, power);
    }

    // A length of 0: PyTorch keeps the rate of the first update for good, but divides by the length where the scheduler begins later.
    private static Func<long, double>? AtOnce(PyTorchPart part, double factor, string words)
    {
        if (part.IsLater && part.List.Left > 0)
        {
            part.Fields.Report("total_iters", "PyTorch divides by total_iters where a scheduler follows another: give at least 1.");
            return null;
        }

        part.Notes.Add($"total_iters is 0: PyTorch {words} at every update.");
        part.List.HoldRest(part.Rate * factor);
        return _ => part.Rate * factor;
    }

    private static Func<long, double>? ReadCosine(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (steps, floor) = (fields.Steps(list.Left > 0 ? 1 : 0, "T_max"), fields.Number("eta_min") ?? 0);
        if (steps is not { } half)
        {
            fields.Require("T_max", "Give the number of updates from the highest rate to the lowest as T_max, at least 1.");
            return null;
        }

        if (half == 0)
        {
            return _ => rate;
        }

        if (list.Left > half + 1)
        {
            part.Notes.Add($"Past T_max, from update {half} of the scheduler on, the cosine rises again, as in PyTorch.");
        }

        list.Add(list.Left <= half && floor <= rate
            ? new CosineDecay(half, rate, floor)
            : SourceShapes.Formula(list.Left, "floor_lr+(lr-floor_lr)*(1+cos(pi*k/half))/2", ("floor_lr", floor), ("lr", rate), ("half", half)));
        return step => floor + (rate - floor) * (1 + Math.Cos(Math.PI * step / half)) / 2;
    }

    private static Func<long, double>? ReadWarmRestarts(PyTorchPart part)
    {
        var (fields, list, rate) = (part.Fields, part.List, part.Rate);
        var (first, factor, floor) = (fields.Steps(1, "T_0"), fields.Steps(1, "T_mult") ?? 1, fields.Number("eta_min") ?? 0);
        if (first is not { } period)
        {
            fields.Require("T_0", "Give the number of updates of the first wave as T_0, at least 1.");
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
