using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ntl.Domain.Numbers;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Numbers;

/// <summary>The fixture that C# and the browser share, and both ways to ask for a number's text.</summary>
internal static class NumberFixture
{
    private const string Separator = " | ";

    public static string Path { get; } = System.IO.Path.Combine(NtlServer.RepositoryRoot, "Ntl.Tests", "Domain", "Numbers", "numbers.json");

    public static IReadOnlyList<NumberCase> Read() =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path))!["cases"]!.AsArray().Select(each => new NumberCase(
            (string)each!["kind"]!,
            [.. (IsTicks((string)each["kind"]!) ? each["input"]![0]! : each["input"]!).AsArray().Select(ReadNumber)],
            each["text"] is JsonArray texts ? string.Join(Separator, texts.Select(text => (string)text!)) : (string)each["text"]!)),
    ];

    public static byte[] Write(IEnumerable<NumberCase> cases) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        cases = cases.Select(each => new { kind = each.Kind, input = each.Input.Select(WriteNumber), text = each.Text }),
    });

    /// <summary>How many numbers a kind takes.</summary>
    public static int Inputs(string kind) => kind switch { "interval" => 3, "estimate" or "shareEstimate" or "range" => 2, _ => 1 };

    public static string Format(string kind, double[] input) => Format(kind, [.. input.Select(value => (double?)value)]);

    public static string Format(string kind, IReadOnlyList<double?> input) => kind switch
    {
        "number" when input.Count > 1 => NumberFormat.Number(input[0], (int)input[1]!.Value),
        "number" => NumberFormat.Number(input[0]),
        "signed" when input.Count > 1 => NumberFormat.Signed(input[0], (int)input[1]!.Value),
        "signed" => NumberFormat.Signed(input[0]),
        "rate" => NumberFormat.Rate(input[0]),
        "rateField" => NumberFormat.RateField(input[0]),
        "field" => NumberFormat.Field(input[0]),
        "loss" => NumberFormat.Loss(input[0]),
        "count" => CountFormat.Count((long)input[0]!.Value),
        "compact" => CountFormat.Compact(input[0]),
        "share" => CountFormat.Share(input[0]),
        "percent" => CountFormat.Percent(input[0]),
        "bytes" => CountFormat.Bytes(input[0]),
        "duration" => CountFormat.Duration(input[0]),
        "estimate" => EstimateFormat.Estimate(input[0], input[1]),
        "shareEstimate" => EstimateFormat.ShareEstimate(input[0], input[1]),
        "interval" => EstimateFormat.Interval(input[0], input[1], input[2]),
        "range" => EstimateFormat.Range(input[0], input[1]),
        "numberTicks" => string.Join(Separator, TickFormat.Numbers(Known(input))),
        "rateTicks" => string.Join(Separator, TickFormat.Rates(Known(input))),
        "countTicks" => string.Join(Separator, TickFormat.Counts(Known(input))),
        _ => throw new ArgumentException($"No rule is called '{kind}'.", nameof(kind)),
    };

    /// <summary>Runs the browser's module on a file of cases.</summary>
    public static Task<(int Status, string Told)> AskBrowserModuleAsync(string file, CancellationToken cancellationToken) =>
        NodeScript.RunAsync("numbers.js", [file], cancellationToken);

    private static double[] Known(IReadOnlyList<double?> input) => [.. input.Select(value => value!.Value)];

    private static bool IsTicks(string kind) => kind.EndsWith("Ticks", StringComparison.Ordinal);

    private static double? ReadNumber(JsonNode? node) =>
        node is null ? null
        : node.GetValueKind() == JsonValueKind.String ? double.Parse((string)node!, CultureInfo.InvariantCulture)
        : (double)node;

    private static object? WriteNumber(double? value) => value is { } known && !double.IsFinite(known) ? known.ToString(CultureInfo.InvariantCulture) : value;
}
