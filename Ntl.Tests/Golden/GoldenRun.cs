using System.Globalization;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Golden;

/// <summary>Runs that were trained once with Ntl (nano, sotu, seed 1, CPU), thinned: every tenth training loss and gradient norm, six
/// digits.</summary>
internal static class GoldenRun
{
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden", "runs");

    public static RunRecord Read(string name)
    {
        var (spec, problems) = RunSpecJson.Read(File.ReadAllText(Path.Combine(Folder, $"{name}.json")));
        Assert.Empty(problems);
        var series = File.ReadLines(Path.Combine(Folder, $"{name}.csv")).Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(cells => cells[0], StringComparer.Ordinal)
            .ToDictionary(
                group => new MetricKey(group.Key),
                group => MetricSeries.Of([.. group.Select(cells =>
                    new MetricPoint(long.Parse(cells[1], CultureInfo.InvariantCulture),
                        double.Parse(cells[2], CultureInfo.InvariantCulture)))]));
        return new(new("0000000001"), spec!, series);
    }

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));
}
