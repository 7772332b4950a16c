using Microsoft.AspNetCore.Components;
using Ntl.Domain.Comparison;
using Ntl.Web.Comparison;

namespace Ntl.Web.Components.Comparison;

/// <summary>The fields in which the runs' specs differ, one row a field; of many runs the values with their counts.</summary>
public sealed partial class SpecComparison
{
    private const int MostColumns = 6;
    private const int MostValues = 12;

    private IReadOnlyList<SpecRow> _rows = [];
    private IReadOnlyList<ComparedRun>? _seen;

    [Parameter, EditorRequired]
    public IReadOnlyList<ComparedRun> Runs { get; set; } = [];

    private bool IsWide => Runs.Count > MostColumns;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_seen, Runs))
        {
            _seen = Runs;
            _rows = [.. SpecTable.Of([.. Runs.Select(run => run.Spec)]).Different];
        }
    }

    private static List<(string? Value, int Count)> CountsOf(SpecRow row)
    {
        List<(string? Value, int Count)> counts = [.. row.Values.GroupBy(value => value, StringComparer.Ordinal).Select(own => (own.Key, own.Count())).OrderByDescending(own => own.Item2)];
        return counts.Count <= MostValues ? counts : [.. counts.Take(MostValues), ($"{counts.Count - MostValues} other values", counts.Skip(MostValues).Sum(own => own.Count))];
    }
}
