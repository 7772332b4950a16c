using System.Globalization;
using System.Text.Json;
using Ntl.Bench.Servers;
using Ntl.Domain.Runs;

namespace Ntl.Bench.Training;

/// <summary>One who trains: a program that does some steps and tells their median time.</summary>
/// <param name="name">What a person reads.</param>
/// <param name="program">The program.</param>
/// <param name="arguments">Its arguments for a workload and a number of timed steps.</param>
/// <param name="environment">What it needs in the environment besides the thread setting; null removes a variable.</param>
internal sealed class Contestant(
    string name, string program, Func<Workload, int, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string?> environment)
{
    private const string Python = "/usr/bin/python3"; // Debian's, whose torch is built on the same libtorch
    private const int WarmUpSteps = 3; // as many as bench-step leaves out

    private static readonly string[] s_allocatorVariables = ["LD_PRELOAD", "MALLOC_CONF", "NTL_TUNING"];

    public string Name => name;

    /// <summary>The trainer, as the server starts it: it chooses its allocator itself.</summary>
    public static Contestant Ntl() => new(
        "Ntl",
        Path.Combine(AppContext.BaseDirectory, "ntl-train"),
        (workload, steps) =>
        [
            "bench-step", "--model", workload.Model.Id, "--precision", workload.Precision.ToString(),
            "--batch", Text(workload.BatchSize), "--steps", Text(steps),
        ],
        Without(s_allocatorVariables));

    /// <summary>PyTorch in eager mode, as it comes.</summary>
    public static Contestant PyTorch(string corpus) => new("PyTorch", Python, (workload, steps) => PeerArguments(workload, steps, corpus), Without(s_allocatorVariables));

    /// <summary>PyTorch with the allocator that Ntl's trainer loads.</summary>
    /// <returns>Null where there is no such allocator.</returns>
    public static Contestant? PyTorchWithJemalloc(string corpus)
    {
        const string Allocator = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2";
        return !File.Exists(Allocator)
            ? null
            : new("PyTorch with jemalloc", Python, (workload, steps) => PeerArguments(workload, steps, corpus), new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["LD_PRELOAD"] = Allocator,
                ["MALLOC_CONF"] = "dirty_decay_ms:-1,muzzy_decay_ms:-1",
            });
    }

    /// <summary>The peer's arguments.</summary>
    public static IEnumerable<string> PeerArguments(Workload workload, int steps, string corpus)
    {
        var model = workload.Model.Model;
        return
        [
            Path.Combine(AppContext.BaseDirectory, "training_peer.py"),
            "--layers", Text(model.LayerCount), "--heads", Text(model.HeadCount), "--width", Text(model.EmbeddingWidth),
            "--context", Text(model.ContextLength), "--vocabulary", Text(model.VocabularySize), "--batch", Text(workload.BatchSize),
            "--precision", workload.Precision == Precision.BFloat16 ? "bf16" : "fp32",
            "--steps", Text(steps), "--warm-up", Text(WarmUpSteps), "--corpus", corpus,
        ];
    }

    /// <summary>Trains for some steps in a process of its own.</summary>
    /// <returns>Tokens per second at the median step.</returns>
    public async Task<double> MeasureAsync(Workload workload, ThreadSetting threads, int steps, CancellationToken cancellationToken)
    {
        using var result = await RunAsync(arguments(workload, steps), threads, cancellationToken);
        return result.RootElement.GetProperty("tokens_per_second").GetDouble();
    }

    /// <summary>Runs the program and reads the JSON of its last line.</summary>
    public async Task<JsonDocument> RunAsync(IEnumerable<string> given, ThreadSetting threads, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string?>(environment.Concat(threads.Variables), StringComparer.Ordinal);
        var output = await ChildProcess.RunAsync(program, given, variables, cancellationToken);
        var line = output.TrimEnd().Split('\n')[^1];
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            throw new BenchException($"{name} ended with '{line}' instead of a line of JSON.", exception);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string?> Without(IEnumerable<string> variables) =>
        variables.ToDictionary(variable => variable, string? (_) => null, StringComparer.Ordinal);
}
