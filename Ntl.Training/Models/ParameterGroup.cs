using System.Globalization;

namespace Ntl.Training.Models;

/// <summary>Parameters that are measured together, such as one layer's.</summary>
/// <param name="Name">Such as <c>embeddings</c>, <c>h.0</c>, <c>ln_f</c>.</param>
/// <param name="Ranges">Where they lie in the flat arena: first element and count of each contiguous part, none empty.</param>
public sealed record ParameterGroup(string Name, IReadOnlyList<(long Start, long Count)> Ranges)
{
    /// <summary>Parameters in the group.</summary>
    public long Count { get; } = Ranges.Sum(range => range.Count);

    /// <summary>A model's layers in their order: both embeddings together, each block, the last norm. Every parameter is in one of them.</summary>
    public static IReadOnlyList<ParameterGroup> Layers(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        string[] names = ["embeddings", .. Enumerable.Range(0, layout.Model.LayerCount).Select(layer => string.Create(CultureInfo.InvariantCulture, $"h.{layer}")), "ln_f"];
        var byLayer = layout.Parameters.ToLookup(parameter => LayerOf(parameter.Name), StringComparer.Ordinal);
        return [.. names.Select(name => new ParameterGroup(name, Joined(byLayer[name])))];
    }

    private static string LayerOf(string parameter)
    {
        var words = parameter.Split('.');
        return words[0] switch
        {
            "wte" or "wpe" => "embeddings",
            "h" => $"h.{words[1]}",
            _ => words[0],
        };
    }

    // Neighbours become one range: fewer, longer sums.
    private static List<(long Start, long Count)> Joined(IEnumerable<ParameterDescription> parameters)
    {
        var ranges = new List<(long Start, long Count)>();
        foreach (var parameter in parameters.OrderBy(parameter => parameter.Offset))
        {
            if (ranges.Count > 0 && ranges[^1].Start + ranges[^1].Count == parameter.Offset)
            {
                ranges[^1] = (ranges[^1].Start, ranges[^1].Count + parameter.Count);
            }
            else
            {
                ranges.Add((parameter.Offset, parameter.Count));
            }
        }

        return ranges;
    }
}
