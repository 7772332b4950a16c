using System.Text.Json.Nodes;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Makes of the scheduler that a Python text calls what the same scheduler is as JSON, for the readers of that. Every value has the line where it is written.</summary>
internal sealed class PythonSchedule
{
    private const string Wanted =
        "such as CosineAnnealingLR(optimizer, T_max=1000), get_cosine_schedule_with_warmup(optimizer, 100, 1000), "
        + "optax.warmup_cosine_decay_schedule(0, 3e-4, 100, 1000) or TrainingArguments(learning_rate=3e-4, warmup_steps=100, max_steps=1000)";

    // Modules with schedulers of the same names that are other ones.
    private static readonly string[] s_otherModules = ["mmengine", "mmcv", "paddle", "tensorflow", "tf", "keras", "oneflow", "mindspore", "timm", "chainer"];

    // Classes that no schedule can be made of, whatever their arguments.
    private static readonly string[] s_unread = ["LambdaLR", "MultiplicativeLR", "ReduceLROnPlateau", "SWALR", "ChainedScheduler"];

    // Arguments of TrainingArguments that a schedule is made of.
    private static readonly string[] s_trainingFields =
        ["learning_rate", "warmup_steps", "warmup_ratio", "lr_scheduler_type", "lr_scheduler_kwargs", "max_steps", "num_train_epochs"];

    private readonly PythonScope _scope;
    private readonly ImportDefaults _defaults;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private PythonSchedule(PythonScope scope, ImportDefaults defaults) => (_scope, _defaults) = (scope, defaults);

    /// <summary>What the text's scheduler is as JSON; null where there are problems.</summary>
    public JsonObject? Json { get; private set; }

    /// <summary>Which library it is of.</summary>
    public ImportFormat Format { get; private set; }

    public List<SpecProblem> Problems { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Reads a text.</summary>
    /// <param name="text">Python, whole lines.</param>
    /// <param name="defaults">What is taken where the text does not say it.</param>
    public static PythonSchedule Read(string text, ImportDefaults defaults)
    {
        try
        {
            var schedule = new PythonSchedule(PythonText.Read(text), defaults);
            schedule.Read();
            return schedule;
        }
        catch (PythonReadException exception)
        {
            var failed = new PythonSchedule(new PythonScope(), defaults);
            failed.Problems.Add(new(Line(exception.Line), exception.Message));
            return failed;
        }
    }

    /// <summary>A problem of the JSON in the words of the text: the parameter as it is called there, with its line.</summary>
    public SpecProblem InText(SpecProblem problem)
    {
        const string Options = "lr_scheduler_kwargs.";
        var isFunction = !_isArguments && Format == ImportFormat.HuggingFace;
        var path = !isFunction ? problem.Path
            : problem.Path.StartsWith(Options, StringComparison.Ordinal) ? problem.Path[Options.Length..]
            : problem.Path switch { "learning_rate" => "lr", _ => problem.Path };
        for (var known = problem.Path; ; known = known[..Math.Max(0, known.LastIndexOf('.'))])
        {
            if (_lines.TryGetValue(known, out var line))
            {
                return new(path, $"{problem.Message} (line {line})");
            }

            if (known.Length == 0)
            {
                return problem with { Path = path };
            }
        }
    }

    private bool _isArguments;

    private void Read()
    {
        if (Root() is not { } root)
        {
            return;
        }

        _lines[""] = root.Line;
        Notes.Add($"Read from line {root.Line}: {root.Name}.");
        _isArguments = PythonSignatures.IsArguments(root);
        Format = PythonSignatures.IsOptax(root) ? ImportFormat.Optax
            : PythonSignatures.PyTorch.ContainsKey(root.ShortName) ? ImportFormat.PyTorch
            : ImportFormat.HuggingFace;
        var json = Format switch
        {
            ImportFormat.Optax => Optax(root, ""),
            ImportFormat.PyTorch => PyTorch(root),
            _ when _isArguments => Arguments(root),
            _ => HuggingFace(root),
        };
        Json = Problems.Count == 0 ? json : null;
    }

    // The one scheduler that no other is made of.
    private PythonValue.Call? Root()
    {
        var schedulers = _scope.Calls.Where(call => PythonSignatures.IsScheduler(call) && !IsOfOther(call)).ToList();
        var parts = new HashSet<PythonValue.Call>(schedulers.SelectMany(call => call.Arguments).SelectMany(argument => CallsIn(argument.Value)), ReferenceEqualityComparer.Instance);
        var roots = schedulers.Where(call => !parts.Contains(call)).ToList();
        if (roots.Count == 0)
        {
            roots = [.. _scope.Calls.Where(PythonSignatures.IsArguments)];
        }

        if (roots is [var only])
        {
            return only;
        }

        Problems.Add(roots.Count == 0
            ? new("", $"This looks like Python, but no scheduler that can be read is made in it. Give the call that makes it, {Wanted}.")
            : new(Line(roots[1].Line), $"The text makes {roots.Count} schedulers: {string.Join(", ", roots.Select(call => $"{call.ShortName} (line {call.Line})"))}. "
                + "Leave the one that is wanted, or put them into one SequentialLR or join_schedules."));
        return null;
    }

    private static bool IsOfOther(PythonValue.Call call) => s_otherModules.Contains(call.Name.Split('.')[0], StringComparer.Ordinal);

    private static IEnumerable<PythonValue.Call> CallsIn(PythonValue value) => value switch
    {
        PythonValue.Call call => [call],
        PythonValue.Sequence list => list.Items.SelectMany(CallsIn),
        PythonValue.Table table => table.Items.SelectMany(item => CallsIn(item.Value)),
        _ => [],
    };

    private JsonObject PyTorch(PythonValue.Call root)
    {
        var json = PyTorchPart(root, "");
        if (s_unread.Contains(root.ShortName, StringComparer.Ordinal))
        {
            (json["lr"], json["steps"]) = (0, 1);
            return json;
        }

        if (!(root.ShortName is "OneCycleLR" or "CyclicLR") && !json.ContainsKey("lr") && BaseRate(root) is { } rate)
        {
            json["lr"] = rate;
        }

        if (_defaults.Steps is { } steps)
        {
            json["steps"] = steps;
        }

        return json;
    }

    private JsonObject PyTorchPart(PythonValue.Call call, string path)
    {
        var json = new JsonObject { ["scheduler"] = call.ShortName };
        if (s_unread.Contains(call.ShortName, StringComparer.Ordinal))
        {
            return json; // its reader says why it cannot be read
        }

        foreach (var (name, value) in Bind(call, PythonSignatures.PyTorch[call.ShortName], path))
        {
            if (name is "optimizer")
            {
                continue;
            }

            json[name] = name is "schedulers" ? Parts(value, $"{path}{name}", PythonSignatures.PyTorch.ContainsKey, PyTorchPart) : Convert(value, path + name);
        }

        return json;
    }

    private JsonArray? Parts(PythonValue value, string path, Func<string, bool> isKnown, Func<PythonValue.Call, string, JsonObject> read)
    {
        _lines[path] = value.Line;
        if (value is not PythonValue.Sequence list)
        {
            Problems.Add(new(path, $"Expected a list of schedulers, but there is {Words(value)} (line {value.Line})."));
            return null;
        }

        var parts = new JsonArray();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var own = $"{path}[{i}]";
            if (list.Items[i] is PythonValue.Call call && isKnown(call.ShortName))
            {
                _lines[own] = call.Line;
                parts.Add(read(call, own + "."));
            }
            else
            {
                Problems.Add(new(own, $"Expected the call that makes a scheduler, but there is {Words(list.Items[i])} (line {list.Items[i].Line})."));
            }
        }

        return parts;
    }

    private JsonObject Optax(PythonValue.Call call, string path)
    {
        var json = new JsonObject { ["type"] = call.ShortName };
        foreach (var (name, value) in Bind(call, PythonSignatures.Optax[call.ShortName], path))
        {
            json[name] = name is "schedules" ? Parts(value, path + name, PythonSignatures.Optax.ContainsKey, Optax) : Convert(value, path + name);
        }

        if (path.Length == 0 && _defaults.Steps is { } steps)
        {
            json["steps"] = steps;
        }

        return json;
    }

    private JsonObject HuggingFace(PythonValue.Call call)
    {
        var json = new JsonObject();
        var options = new JsonObject();
        if (PythonSignatures.TypeNames.TryGetValue(call.ShortName, out var type))
        {
            json["lr_scheduler_type"] = type;
        }

        foreach (var (name, value) in Bind(call, PythonSignatures.HuggingFace[call.ShortName], ""))
        {
            switch (name)
            {
                case "optimizer":
                    break;
                case "name":
                    json["lr_scheduler_type"] = Convert(value, name);
                    break;
                case "scheduler_specific_kwargs":
                    json["lr_scheduler_kwargs"] = Convert(value, name);
                    break;
                case "num_warmup_steps" or "num_training_steps" or "last_epoch":
                    json[name] = Convert(value, name);
                    break;
                default:
                    _lines[$"lr_scheduler_kwargs.{name}"] = value.Line;
                    options[name] = Convert(value, name);
                    break;
            }
        }

        if (options.Count > 0)
        {
            json["lr_scheduler_kwargs"] = options;
        }

        // get_wsd_schedule may be given its three lengths alone.
        if (!json.ContainsKey("num_training_steps") && Sum(json["num_warmup_steps"], options["num_stable_steps"], options["num_decay_steps"]) is { } length)
        {
            json["num_training_steps"] = length;
        }

        if (!json.ContainsKey("num_training_steps") && Problems.Count == 0)
        {
            if (_defaults.Steps is { } steps)
            {
                json["num_training_steps"] = steps;
            }
            else
            {
                Problems.Add(new("steps", $"{call.ShortName} does not say how many updates there are: give their number beside the text."));
            }
        }

        if (call.ShortName is not "get_reduce_on_plateau_schedule" && BaseRate(call) is { } rate)
        {
            json["learning_rate"] = rate;
        }

        return json;
    }

    private static long? Sum(params JsonNode?[] parts)
    {
        var sum = 0L;
        foreach (var part in parts)
        {
            if (part is not JsonValue value || !value.TryGetValue(out long steps))
            {
                return null;
            }

            sum += steps;
        }

        return sum;
    }

    // Of a TrainingArguments only what the schedule is made of; the rest may be anything.
    private JsonObject Arguments(PythonValue.Call call)
    {
        var json = new JsonObject();
        foreach (var (name, value) in call.Arguments.Where(argument => s_trainingFields.Contains(argument.Name, StringComparer.Ordinal)))
        {
            json[name!] = Convert(value, name!);
        }

        if (!json.ContainsKey("max_steps") && _defaults.Steps is { } steps)
        {
            json["max_steps"] = steps;
        }

        if (!json.ContainsKey("learning_rate") && _defaults.LearningRate is { } rate)
        {
            json["learning_rate"] = rate;
        }

        return json;
    }

    // Arguments with the names of their parameters.
    private List<(string Name, PythonValue Value)> Bind(PythonValue.Call call, string[] parameters, string path)
    {
        var bound = new List<(string Name, PythonValue Value)>();
        var at = 0;
        foreach (var (name, value) in call.Arguments)
        {
            if (name is null && at >= parameters.Length)
            {
                Problems.Add(new(path.TrimEnd('.'), $"{call.ShortName} takes at most {parameters.Length} arguments (line {call.Line})."));
                break;
            }

            var parameter = name ?? parameters[at++];
            if (name is "*" or "**")
            {
                Problems.Add(new(path.TrimEnd('.'), $"The arguments hold {Words(value)} (line {value.Line}). Write them out."));
            }
            else if (!parameters.Contains(parameter, StringComparer.Ordinal))
            {
                Problems.Add(new(path + parameter, $"{call.ShortName} has no parameter '{parameter}' (line {value.Line}); it has {string.Join(", ", parameters)}."));
            }
            else if (bound.Exists(pair => string.Equals(pair.Name, parameter, StringComparison.Ordinal)))
            {
                Problems.Add(new(path + parameter, $"'{parameter}' is given twice (line {value.Line})."));
            }
            else
            {
                bound.Add((parameter, value));
            }
        }

        return bound;
    }

    private JsonNode? Convert(PythonValue value, string path)
    {
        _lines[path] = value.Line;
        switch (value)
        {
            case PythonValue.Number { IsWhole: true } whole:
                return JsonValue.Create((long)whole.Value);
            case PythonValue.Number number:
                return JsonValue.Create(number.Value);
            case PythonValue.Text text:
                return JsonValue.Create(text.Value);
            case PythonValue.Flag flag:
                return JsonValue.Create(flag.Value);
            case PythonValue.Nothing:
                return null;
            case PythonValue.Unknown { Name: { } name } when name.Contains("SchedulerType.", StringComparison.Ordinal):
                return JsonValue.Create(name[name.IndexOf("SchedulerType.", StringComparison.Ordinal)..]);
            case PythonValue.Sequence list:
                return new JsonArray([.. list.Items.Select((item, i) => Convert(item, $"{path}[{i}]"))]);
            case PythonValue.Table table:
                return Table(table, path);
            default:
                Problems.Add(new(path, $"This needs a constant, but depends on {Words(value)} (line {value.Line}). Write the number itself, or assign it in the text."));
                return null;
        }
    }

    private JsonObject Table(PythonValue.Table table, string path)
    {
        var json = new JsonObject();
        foreach (var (key, value) in table.Items)
        {
            var name = key switch
            {
                PythonValue.Text text => text.Value,
                PythonValue.Number { IsWhole: true } number => ((long)number.Value).ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => null,
            };
            if (name is null)
            {
                Problems.Add(new(path, $"A key of the dict is {Words(key)} (line {key.Line}), but must be a constant."));
            }
            else
            {
                json[name] = Convert(value, $"{path}.{name}");
            }
        }

        return json;
    }

    // The rate that the optimizer is made with; the one beside the text where the text has none.
    private double? BaseRate(PythonValue.Call scheduler)
    {
        var given = scheduler.Named("optimizer") ?? (scheduler.ShortName is "get_scheduler"
            ? scheduler.Arguments.Where(argument => argument.Name is null).Select(argument => argument.Value).ElementAtOrDefault(1)
            : scheduler.Arguments.FirstOrDefault(argument => argument.Name is null).Value);
        List<PythonValue.Call> optimizers = given is PythonValue.Call own && !PythonSignatures.IsScheduler(own)
            ? [own]
            : [.. _scope.Calls.Where(call => PythonSignatures.Optimizers.ContainsKey(call.ShortName))];
        var rates = optimizers.Select(RateOf).ToList();
        if (_scope.RateSetOnLine is null && rates is [{ } first, ..] && rates.TrueForAll(rate => rate == first))
        {
            if (_defaults.LearningRate is { } beside && beside != first)
            {
                Notes.Add($"The rate beside the text, {RateText.Format(beside)}, is not used: the text has one.");
            }

            Notes.Add($"The base rate {RateText.Format(first)} is that of {optimizers[0].ShortName} on line {optimizers[0].Line}.");
            return first;
        }

        if (_defaults.LearningRate is { } rateBeside)
        {
            Notes.Add($"The base rate {RateText.Format(rateBeside)} is the one given beside the text.");
            return rateBeside;
        }

        Problems.Add(new("lr", WhyNoRate(optimizers)));
        return null;
    }

    private string WhyNoRate(List<PythonValue.Call> optimizers)
    {
        const string Ask = "Give the base learning rate beside the text, or add a line such as optimizer = AdamW(params, lr=3e-4).";
        return _scope.RateSetOnLine is { } line ? $"The optimizer's rate is set by hand on line {line}. {Ask}"
            : optimizers is [] ? $"No optimizer in the text says from which rate the scheduler starts. {Ask}"
            : optimizers.Count > 1 ? $"The text makes {optimizers.Count} optimizers, and it does not say which rate is wanted. {Ask}"
            : optimizers[0].Named("lr") is PythonValue.Unknown unknown ? $"The optimizer's rate is {unknown.What} (line {unknown.Line}). {Ask}"
            : $"The optimizer on line {optimizers[0].Line} does not say one rate for all parameters. {Ask}";
    }

    // Null where it is not known, or differs between groups of parameters.
    private double? RateOf(PythonValue.Call optimizer)
    {
        var byPosition = optimizer.Arguments.Where(argument => argument.Name is null).Select(argument => argument.Value).ToList();
        if (byPosition is [PythonValue.Sequence groups, ..] && groups.Items.Any(group => group is PythonValue.Table table && table.Items.Any(item => item.Key is PythonValue.Text { Value: "lr" })))
        {
            return null;
        }

        return (optimizer.Named("lr") ?? byPosition.ElementAtOrDefault(1)) switch
        {
            PythonValue.Number number => number.Value,
            null when PythonSignatures.Optimizers.GetValueOrDefault(optimizer.ShortName) is { } usual && optimizer.Arguments.All(argument => argument.Name is not "**") => usual,
            _ => null,
        };
    }

    private static string Words(PythonValue value) => value switch
    {
        PythonValue.Unknown unknown => unknown.What,
        PythonValue.Call call => $"a call of {call.Name}",
        PythonValue.Text => "a string",
        PythonValue.Sequence => "a list",
        PythonValue.Table => "a dict",
        PythonValue.Nothing => "None",
        PythonValue.Flag => "True or False",
        _ => "a number",
    };

    private static string Line(int line) => FormattableString.Invariant($"line {line}");
}
