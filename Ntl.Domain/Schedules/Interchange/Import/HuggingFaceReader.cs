namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads the schedules of Hugging Face's <c>transformers.optimization</c> by the names of <c>SchedulerType</c>.</summary>
/// <remarks>
/// Step convention: <c>LambdaLR</c>, so update s (from 0) is made at <c>peak·f(s)</c>. Warm-up is <c>s/warmup</c>: the first update has rate 0 and moves nothing, where Ntl's own ramp is at <c>(s + 1)/warmup</c>;
/// the one exception is <c>cosine_warmup_with_min_lr</c>. A decay of n steps is at <c>k/n</c>, as ours.
/// </remarks>
internal static class HuggingFaceReader
{
    private const double DefaultRate = 5e-5;
    private const string Plateau = "reduce_lr_on_plateau";
    private static readonly string[] s_rateFields = ["learning_rate", "lr", "base_lr"];
    private static readonly string[] s_stepFields = ["max_steps", "num_training_steps", "total_steps", "steps"];
    private static readonly string[] s_nameFields = ["lr_scheduler_type", "name", "scheduler_type", "type"];

    // A warm-up that is no whole number (0.1·steps) has its end between two updates: the decay begins so far past it.
    private const string ShiftedCosine = "peak*max(0,(0.5*(1+cos(pi*cycles*2*((k+offset)/rest))))*(1-floor_ratio)+floor_ratio)";
    private const string WholeCosine = "peak*max(0,(0.5*(1+cos(pi*cycles*2*t)))*(1-floor_ratio)+floor_ratio)";

    private static readonly Dictionary<string, Func<Wish, Func<long, double>?>> s_readers = new(StringComparer.Ordinal)
    {
        ["linear"] = ReadLinear,
        ["cosine"] = ReadCosine,
        ["cosine_with_restarts"] = ReadRestarts,
        ["polynomial"] = ReadPolynomial,
        ["constant"] = ReadConstant,
        ["constant_with_warmup"] = ReadConstantWithWarmup,
        ["inverse_sqrt"] = ReadInverseSquareRoot,
        ["cosine_with_min_lr"] = ReadCosineWithFloor,
        ["cosine_warmup_with_min_lr"] = ReadShiftedCosine,
        ["warmup_stable_decay"] = ReadWarmupStableDecay,
    };

    public static bool IsName(string text) => s_readers.ContainsKey(NameOf(text)) || NameOf(text) is Plateau;

    public static void Read(ImportFields fields, ImportDraft draft)
    {
        var nameField = fields.Find(s_nameFields)?.Name ?? "lr_scheduler_type";
        if (FindReader(fields, nameField, draft) is not var (name, read))
        {
            return;
        }

        var peak = fields.Number(s_rateFields);
        if (fields.Find(s_rateFields) is null)
        {
            draft.Notes.Add("No learning_rate is given: Hugging Face's default of 5e-5 is taken.");
        }
        else if (peak is not (null or > 0))
        {
            fields.Report(fields.Find(s_rateFields)!.Value.Name, $"The peak rate must be above 0, but is {RateText.Format(peak.Value)}.");
        }

        var steps = fields.Integer(s_stepFields);
        if (steps is null or <= 0 or > ScheduleSpec.MaximumSteps)
        {
            fields.Report(
                fields.Find(s_stepFields)?.Name ?? "max_steps",
                $"Give the number of updates, from 1 to {ScheduleSpec.MaximumSteps}, as max_steps or num_training_steps: epochs alone do not say it.");
            return;
        }

        var warmup = Warmup(fields, steps.Value, draft.Notes);
        var options = fields.Object("lr_scheduler_kwargs", "scheduler_specific_kwargs");
        CheckAgreement(fields, s_stepFields);
        CheckAgreement(fields, s_rateFields);
        if (draft.Problems.Count > 0)
        {
            return;
        }

        var wish = new Wish(name, peak ?? DefaultRate, steps.Value, warmup, options ?? Nothing(draft), new PhaseList(steps.Value), draft);
        var rate = read(wish);
        if (rate is not null)
        {
            wish.Options.End();
        }

        draft.Phases = wish.List.Phases;
        draft.Rate = rate ?? draft.Rate;
        draft.NameField = nameField;
        draft.Notes.Insert(0, name is "cosine_warmup_with_min_lr"
            ? "Hugging Face, LambdaLR: update s, from 0, has the rate peak·f(s). This schedule's warm-up is at (s + 1)/warm-up, as Ntl's, and its cosine one step ahead of the others."
            : "Hugging Face, LambdaLR: update s, from 0, has the rate peak·f(s), and warm-up is at s/warm-up: its first update has rate 0. Imported as it is; Ntl's own warm-up is one step ahead, at (s + 1)/warm-up.");
    }

    private static (string Name, Func<Wish, Func<long, double>?> Read)? FindReader(ImportFields fields, string nameField, ImportDraft draft)
    {
        var given = fields.Text(s_nameFields);
        if (given is null)
        {
            draft.Notes.Add("No lr_scheduler_type is given: Hugging Face's default, linear, is taken.");
        }

        var name = NameOf(given ?? "linear");
        CheckState(fields);
        if (name is Plateau)
        {
            fields.Report(nameField, "reduce_lr_on_plateau looks at the loss while it trains, so its rates cannot be known beforehand: it is a rule, not a schedule.");
            return null;
        }

        if (!s_readers.TryGetValue(name, out var read))
        {
            fields.Report(nameField, $"There is no schedule called '{name}'; there are {string.Join(", ", s_readers.Keys)}.");
            return null;
        }

        return (name, read);
    }

    private static ImportFields Nothing(ImportDraft draft)
    {
        using var empty = System.Text.Json.JsonDocument.Parse("{}");
        return new(empty.RootElement.Clone(), "lr_scheduler_kwargs", draft.Problems);
    }

    private static string NameOf(string text) => text.StartsWith("SchedulerType.", StringComparison.OrdinalIgnoreCase)
        ? text["SchedulerType.".Length..].ToLowerInvariant()
        : text.Trim().ToLowerInvariant();

    // A trainer_state.json, or get_…(last_epoch=…): half a training, whose schedule would begin anew.
    private static void CheckState(ImportFields fields)
    {
        foreach (var field in new[] { "global_step", "last_epoch" })
        {
            if (fields.Integer(field) is > 0 and var step)
            {
                fields.Report(
                    field,
                    $"This is the state of a training after {step} updates, but a schedule is imported from its first update on. "
                        + $"Leave out {field} for the whole schedule; for the rest alone, import its rates as CSV.");
            }
        }
    }

    // One value under two names must be the same under both.
    private static void CheckAgreement(ImportFields fields, string[] names)
    {
        var given = names.Where(fields.Has).ToList();
        foreach (var name in given.Skip(1))
        {
            if (fields.Number(name) is { } value && value != fields.Number(given[0]))
            {
                fields.Report(name, $"It is not the same as {given[0]}: leave one of them out.");
            }
        }
    }

    // warmup_steps is TrainingArguments': below 1 a ratio of all steps (transformers 5), rounded up; cut to a whole number otherwise.
    // num_warmup_steps goes to the schedule's function as it is, fractions and all.
    private static double Warmup(ImportFields fields, long steps, List<string> notes)
    {
        if (fields.Number("num_warmup_steps") is { } exact)
        {
            if (exact < 0 || exact > ScheduleSpec.MaximumSteps)
            {
                fields.Report("num_warmup_steps", $"It must be from 0 to {ScheduleSpec.MaximumSteps}, but is {RateText.Format(exact)}.");
            }
            else if (exact != Math.Floor(exact))
            {
                notes.Add($"A warm-up of {RateText.Format(exact)} updates ends between two of them: Hugging Face's functions do not round it, and nor is it rounded here.");
            }

            if ((fields.Number("warmup_steps") ?? 0) != 0 || (fields.Number("warmup_ratio") ?? 0) != 0)
            {
                fields.Report("num_warmup_steps", "The warm-up is given twice: leave out either num_warmup_steps or warmup_steps and warmup_ratio.");
            }

            return exact;
        }

        var (given, ratio) = (fields.Number("warmup_steps") ?? 0, fields.Number("warmup_ratio") ?? 0);
        if (ratio is < 0 or > 1)
        {
            fields.Report("warmup_ratio", "It is a ratio from 0 to 1 of all steps.");
        }
        else if (given < 0 || given > ScheduleSpec.MaximumSteps)
        {
            fields.Report("warmup_steps", $"It is a number of steps from 0 to {ScheduleSpec.MaximumSteps}, or below 1 a ratio of all steps.");
        }
        else if (given > 0 && ratio > 0)
        {
            fields.Report(
                "warmup_ratio", "warmup_steps and warmup_ratio are both given: transformers 4 takes the steps, transformers 5 the ratio. Leave one of them out.");
        }
        else if (given >= 1)
        {
            if (given != Math.Floor(given))
            {
                notes.Add($"warmup_steps of {RateText.Format(given)} is cut to {Math.Floor(given)}, as transformers 5 does; transformers 4 refuses it.");
            }

            return Math.Floor(given);
        }
        else if (given > 0)
        {
            notes.Add($"warmup_steps below 1 is a ratio, as in transformers 5: {Math.Ceiling(steps * given)} of {steps} steps, rounded up.");
        }

        return Math.Ceiling(steps * (given > 0 ? given : ratio));
    }

    private static Func<long, double> ReadConstant(Wish wish)
    {
        wish.List.HoldRest(wish.Peak);
        if (wish.Warmup > 0)
        {
            wish.Draft.Notes.Add("The schedule 'constant' takes no warm-up, so the one given is left out, as Hugging Face does.");
        }

        return _ => wish.Peak;
    }

    private static Func<long, double> ReadConstantWithWarmup(Wish wish)
    {
        wish.WarmUp();
        wish.List.HoldRest(wish.Peak);
        return wish.AfterWarmup(_ => 1);
    }

    private static Func<long, double> ReadLinear(Wish wish)
    {
        wish.WarmUp();
        wish.List.Line(wish.List.Left, wish.Peak * (wish.Rest - wish.Offset) / wish.Rest, 0);
        return wish.AfterWarmup(k => Math.Max(0, (wish.Rest - k) / wish.Rest));
    }

    private static Func<long, double> ReadCosine(Wish wish) => Cosine(wish, wish.Options.Number("num_cycles") ?? 0.5, 0);

    private static Func<long, double>? ReadCosineWithFloor(Wish wish)
    {
        var cycles = wish.Options.Number("num_cycles") ?? 0.5;
        return wish.FloorRatio() is { } floor ? Cosine(wish, cycles, floor) : null;
    }

    private static Func<long, double> Cosine(Wish wish, double cycles, double floor)
    {
        wish.WarmUp();
        if (wish.Offset > 0)
        {
            wish.List.Formula(
                wish.List.Left, ShiftedCosine,
                ("peak", wish.Peak), ("cycles", cycles), ("floor_ratio", floor), ("offset", wish.Offset), ("rest", wish.Rest));
        }
        else if (cycles == 0.5)
        {
            wish.CosineTo((long)wish.Rest, floor);
        }
        else
        {
            wish.List.Formula((long)wish.Rest, WholeCosine, ("peak", wish.Peak), ("cycles", cycles), ("floor_ratio", floor));
        }

        return wish.AfterWarmup(k => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * (k / wish.Rest))) * (1 - floor) + floor));
    }

    private static Func<long, double> ReadRestarts(Wish wish)
    {
        const int MostWaves = 900;
        var cycles = wish.Options.Number("num_cycles") ?? 1;
        wish.WarmUp();
        if (wish.Offset == 0 && cycles is >= 1 and <= MostWaves && cycles == Math.Floor(cycles) && wish.Rest % cycles == 0)
        {
            wish.List.AddAll(Enumerable.Repeat(new CosineDecay((long)(wish.Rest / cycles), wish.Peak, 0), (int)cycles));
        }
        else
        {
            wish.List.Formula(
                wish.List.Left, "peak*max(0,0.5*(1+cos(pi*(cycles*((k+offset)/rest)-floor(cycles*((k+offset)/rest))))))",
                ("peak", wish.Peak), ("cycles", cycles), ("offset", wish.Offset), ("rest", wish.Rest));
        }

        return wish.AfterWarmup(k => k >= wish.Rest ? 0 : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (cycles * (k / wish.Rest) - Math.Floor(cycles * (k / wish.Rest)))))));
    }

    private static Func<long, double>? ReadPolynomial(Wish wish)
    {
        var end = wish.Options.Number("lr_end") ?? 1e-7;
        var power = wish.Options.Number("power") ?? 1;
        if (!(wish.Peak > end))
        {
            wish.Options.Report("lr_end", $"The end rate {RateText.Format(end)} must be below the peak rate {RateText.Format(wish.Peak)}.");
            return null;
        }

        wish.WarmUp();
        if (wish.Offset > 0)
        {
            wish.List.Formula(
                wish.List.Left, "(start-stop)*(1-(k+offset)/rest)^power+stop",
                ("start", wish.Peak), ("stop", end), ("power", power), ("offset", wish.Offset), ("rest", wish.Rest));
        }
        else
        {
            wish.List.Add(SourceShapes.Power((long)wish.Rest, wish.Peak, end, power));
        }

        return wish.AfterWarmup(k => ((wish.Peak - end) * Math.Pow(1 - k / wish.Rest, power) + end) / wish.Peak);
    }

    private static Func<long, double>? ReadInverseSquareRoot(Wish wish)
    {
        const int DefaultTimescale = 10_000;
        var timescale = wish.Options.Number("timescale") ?? (wish.Warmup > 0 ? wish.Warmup : DefaultTimescale);
        if (!(timescale > 0))
        {
            wish.Options.Report("timescale", "The timescale must be above 0.");
            return null;
        }

        if (wish.Options.Has("timescale"))
        {
            wish.Draft.Notes.Add("timescale is taken, as get_inverse_sqrt_schedule does; get_scheduler and Trainer leave it out for this schedule.");
        }

        wish.WarmUp();
        if (wish.Offset > 0)
        {
            wish.List.Formula(
                wish.List.Left, "peak*(1/sqrt((k+offset+scale)/scale))", ("peak", wish.Peak), ("offset", wish.Offset), ("scale", timescale));
        }
        else if (wish.List.Left is > 0 and var rest)
        {
            wish.List.Add(new InverseSquareRootDecay(rest, wish.Peak, wish.Peak / Math.Sqrt(1 + rest / timescale)));
        }

        return wish.AfterWarmup(k => 1 / Math.Sqrt((k + timescale) / timescale));
    }

    private static Func<long, double>? ReadShiftedCosine(Wish wish)
    {
        var cycles = wish.Options.Number("num_cycles") ?? 0.5;
        var start = wish.Options.Number("warmup_lr_rate");
        if (wish.FloorRatio() is not { } floor || !wish.HasWholeWarmup())
        {
            return null;
        }

        if (start is < 0 or > 1)
        {
            wish.Options.Report("warmup_lr_rate", "The rate that warm-up starts from is a ratio from 0 to 1 of the peak.");
            return null;
        }

        var (peak, warmup) = (wish.Peak, wish.WarmupUpdates);
        switch (start)
        {
            case null:
                wish.List.Add(new LinearRamp(warmup, 0, peak));
                break;
            case { } ratio when warmup > 1:
                wish.List.Line(warmup - 1, ratio * peak, peak);
                wish.List.Hold(1, peak);
                break;
            case { } ratio:
                wish.List.Hold(warmup, ratio * peak);
                break;
        }

        wish.List.Formula(
            (long)wish.Rest, "peak*max(0,(0.5*(1+cos(pi*cycles*2*((k+1)/n))))*(1-floor_ratio)+floor_ratio)", ("peak", peak), ("cycles", cycles), ("floor_ratio", floor));
        return step => peak * (step < warmup
            ? start is { } from ? from + (1 - from) * step / Math.Max(1, warmup - 1) : (step + 1.0) / warmup
            : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * ((step - warmup + 1.0) / wish.Rest))) * (1 - floor) + floor));
    }

    private static Func<long, double>? ReadWarmupStableDecay(Wish wish)
    {
        if (!wish.HasWholeWarmup())
        {
            return null;
        }

        var options = wish.Options;
        var decay = options.Steps(0, "num_decay_steps");
        var floor = options.Number("min_lr_ratio") ?? 0;
        var cycles = options.Number("num_cycles") ?? 0.5;
        var (warmupShape, decayShape) = (options.Text("warmup_type") ?? "linear", options.Text("decay_type") ?? "cosine");
        var stable = options.Steps(0, "num_stable_steps") ?? wish.Steps - wish.WarmupUpdates - (decay ?? 0);
        if (decay is null)
        {
            options.Require("num_decay_steps", "Give the number of decay steps.");
        }

        foreach (var (field, shape) in new[] { ("warmup_type", warmupShape), ("decay_type", decayShape) })
        {
            if (shape is not ("linear" or "cosine" or "1-sqrt"))
            {
                options.Report(field, $"There is no shape '{shape}'; there are linear, cosine, 1-sqrt.");
            }
        }

        if (floor is < 0 or > 1)
        {
            options.Report("min_lr_ratio", "The floor is a ratio from 0 to 1 of the peak.");
        }

        if (stable < 0)
        {
            options.Report("num_decay_steps", "Warm-up and decay have more steps together than the training.");
        }

        return decay is { } steps && wish.Draft.Problems.Count == 0 ? WarmupStableDecay(wish, stable, steps, floor, cycles, warmupShape, decayShape) : null;
    }

    private static Func<long, double> WarmupStableDecay(Wish wish, long stable, long decay, double floor, double cycles, string warmupShape, string decayShape)
    {
        var (peak, warmup, list) = (wish.Peak, wish.WarmupUpdates, wish.List);
        var rise = warmupShape is "cosine" ? "0.5*(1-cos(pi*t))" : "1-sqrt(1-t)";
        if (warmupShape is "linear")
        {
            list.Line(warmup, floor * peak, peak);
        }
        else if (warmup > 0)
        {
            list.Formula(warmup, $"peak*(({rise})*(1-floor_ratio)+floor_ratio)", ("peak", peak), ("floor_ratio", floor));
        }

        list.Hold(stable, peak);
        switch (decayShape)
        {
            case "linear":
                list.Line(decay, peak, floor * peak);
                break;
            case "1-sqrt" when decay > 0:
                list.Add(new OneMinusSquareRootDecay(decay, peak, floor * peak));
                break;
            case "cosine" when cycles == 0.5:
                wish.CosineTo(decay, floor);
                break;
            case "cosine" when decay > 0:
                list.Formula(decay, WholeCosine, ("peak", peak), ("cycles", cycles), ("floor_ratio", floor));
                break;
        }

        list.HoldRest(floor * peak);
        return step =>
        {
            var t = step < warmup ? (double)step / warmup : (double)(step - warmup - stable) / Math.Max(1, decay);
            var factor = step < warmup
                ? warmupShape switch { "linear" => t, "cosine" => 0.5 * (1 - Math.Cos(Math.PI * t)), _ => 1 - Math.Sqrt(1 - t) }
                : decayShape switch { "linear" => 1 - t, "cosine" => 0.5 * (1 + Math.Cos(Math.PI * cycles * 2 * t)), _ => 1 - Math.Sqrt(t) };
            return peak * (step >= warmup && step < warmup + stable ? 1 : step >= warmup + stable + decay ? floor : Math.Max(0, factor * (1 - floor) + floor));
        };
    }

    private sealed record Wish(string Name, double Peak, long Steps, double Warmup, ImportFields Options, PhaseList List, ImportDraft Draft)
    {
        /// <summary>Steps after warm-up, at least 1 as in the source.</summary>
        public double Rest => Math.Max(1, Steps - Warmup);

        /// <summary>The updates that are made in warm-up.</summary>
        public long WarmupUpdates => (long)Math.Ceiling(Warmup);

        /// <summary>How far past the warm-up's end the first update after it is; 0 for a whole warm-up.</summary>
        public double Offset => WarmupUpdates - Warmup;

        private double WarmupLength => Math.Max(1, Warmup);

        public void WarmUp() => List.Line(WarmupUpdates, 0, WarmupUpdates == Warmup ? Peak : Peak * WarmupUpdates / WarmupLength);

        public bool HasWholeWarmup()
        {
            if (Offset > 0)
            {
                Draft.Problems.Add(new("num_warmup_steps", $"{Name} is read with a whole number of warm-up steps only, but it is {RateText.Format(Warmup)}."));
            }

            return Offset == 0;
        }

        public void CosineTo(long steps, double floor)
        {
            if (steps > 0)
            {
                List.Add(new CosineDecay(steps, Peak, floor * Peak));
            }
        }

        public Func<long, double> AfterWarmup(Func<double, double> factor) => step => Peak * (step < Warmup ? step / WarmupLength : factor(step - Warmup));

        public double? FloorRatio()
        {
            var (rate, ratio) = (Options.Number("min_lr"), Options.Number("min_lr_rate"));
            var floor = rate / Peak ?? ratio;
            if (rate is null == ratio is null)
            {
                Options.Report("min_lr", "Give one of min_lr and min_lr_rate.");
                return null;
            }

            if (floor is not (>= 0 and <= 1))
            {
                Options.Report(rate is null ? "min_lr_rate" : "min_lr", "The floor must be from 0 to the peak rate.");
                return null;
            }

            return floor;
        }
    }
}
