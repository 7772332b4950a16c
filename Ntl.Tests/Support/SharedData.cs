using System.Globalization;
using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Support;

/// <summary>Public loss curves beside the repository; a test that needs them is reported as skipped where they are not.</summary>
internal static class SharedData
{
    /// <summary>The public curves that laws are fitted to; the others are predicted.</summary>
    public static readonly string[] TrainCurves = ["cosine_24000", "constant_24000", "wsdcon_9"];

    public static readonly string[] TestCurves = ["constant_72000", "cosine_72000", "wsd_20000_24000", "wsdld_20000_24000", "wsdcon_3", "wsdcon_18"];

    // The shared warm-up of these trainings.
    private const long WarmupSteps = 2160;

    /// <summary>The path of a shared file or folder; skips the test where there is none.</summary>
    public static string Find(string name)
    {
        var path = Path.GetFullPath(Path.Combine(NtlServer.RepositoryRoot, "..", "shared", "data", name));
        Assert.SkipUnless(Path.Exists(path), $"There is no '{path}'.");
        return path;
    }

    /// <summary>The path of a file of the shared cases; skips the test where there is none.</summary>
    /// <param name="name">E.g. <c>inputs/B01_sequential_milestone0.json</c>.</param>
    public static string FindCase(string name) => Find($"../cases/{name}");

    /// <summary>A public curve.</summary>
    /// <param name="model">25 or 100, millions of parameters.</param>
    /// <param name="name">E.g. <c>cosine_24000</c>.</param>
    public static LossCurve Curve(int model, string name) => Log($"mpl/csv_{model}", name, WarmupSteps);

    /// <summary>A log of <c>step,lr,loss</c>.</summary>
    /// <param name="folder">Below the shared data.</param>
    /// <param name="name">The file's, without extension.</param>
    /// <param name="warmupSteps">Of the trainings' straight warm-up.</param>
    public static LossCurve Log(string folder, string name, long warmupSteps)
    {
        var rows = File.ReadLines(Find($"{folder}/{name}.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        return new(
            name,
            UnseenWarmup.Warmed([.. rows.Select(row => new RatePoint(Step(row), double.Parse(row[1], CultureInfo.InvariantCulture)))], warmupSteps),
            [.. rows.Select(row => new LossPoint(Step(row) + 1, double.Parse(row[2], CultureInfo.InvariantCulture)))]);

        static long Step(string[] row) => long.Parse(row[0], CultureInfo.InvariantCulture);
    }

    public static IReadOnlyList<LossCurve> Curves(int model, IEnumerable<string> names) => [.. names.Select(name => Curve(model, name))];
}
