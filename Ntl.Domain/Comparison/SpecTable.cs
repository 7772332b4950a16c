using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Comparison;

/// <summary>The specs of some runs side by side, one row a field.</summary>
/// <param name="Rows">In the order of the specs' own fields.</param>
public sealed record SpecTable(ImmutableArray<SpecRow> Rows)
{
    // A run's name is what it is called, not what it computes; the schedule's phases have a comparison of their own.
    private static readonly string[] s_leftOut = ["name", "version", "schedule", "experiment", "entry"];

    // Runs may differ in the last digits of D alone.
    private const int DigitsOfD = 6;

    /// <summary>The rows whose values differ.</summary>
    public IEnumerable<SpecRow> Different => Rows.Where(row => row.Differs);

    /// <summary>Lays specs side by side.</summary>
    /// <param name="specs">The runs' specs.</param>
    public static SpecTable Of(IReadOnlyList<RunSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return OfFields([.. specs.Select(FieldsOf)]);
    }

    /// <summary>Lays side by side what <see cref="FieldsOf"/> gave of each spec.</summary>
    /// <param name="fields">One list a spec.</param>
    public static SpecTable OfFields(IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var order = fields.SelectMany(own => own.Select(field => field.Key)).Distinct(StringComparer.Ordinal);
        var byPath = fields.Select(own => own.ToDictionary(StringComparer.Ordinal)).ToList();
        return new([.. order.Select(path => new SpecRow(path, [.. byPath.Select(own => own.GetValueOrDefault(path))]))]);
    }

    /// <summary>A spec's fields by their paths, such as <c>model.layerCount</c>; the schedule by its figures.</summary>
    /// <param name="spec">The spec.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var schedule = spec.Schedule;
        List<KeyValuePair<string, string>> fields =
        [
            new("schedule", schedule.Description),
            new("schedule.hash", schedule.Hash.Short),
            new("schedule.peak", NumberFormat.Rate(schedule.Peak)),
            new("schedule.minimum", NumberFormat.Rate(schedule.Minimum)),
            new("schedule.final", NumberFormat.Rate(schedule.Final)),
            new("schedule.totalSteps", schedule.TotalSteps.ToString(CultureInfo.InvariantCulture)),
            new("schedule.sum", NumberFormat.Number(schedule.IntrinsicTime, DigitsOfD)),
        ];
        using var json = JsonDocument.Parse(RunSpecJson.Write(spec));
        foreach (var property in json.RootElement.EnumerateObject().Where(property => !s_leftOut.Contains(property.Name, StringComparer.Ordinal)))
        {
            Add(fields, property.Name, property.Value);
        }

        return fields;
    }

    private static void Add(List<KeyValuePair<string, string>> fields, string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                Add(fields, $"{path}.{property.Name}", property.Value);
            }

            return;
        }

        fields.Add(new(path, value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => Number(value),
            JsonValueKind.Null => "none",
            _ => value.GetRawText(),
        }));
    }

    // Whole numbers as they stand: a seed has more digits than a double holds.
    private static string Number(JsonElement value) =>
        value.TryGetInt64(out _) || value.TryGetUInt64(out _) ? value.GetRawText() : NumberFormat.Field(value.GetDouble());
}
