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
    private IReadOnlyList<SpecRow>? _rendered;

    [Parameter, EditorRequired]
    public IReadOnlyList<ComparedRun> Runs { get; set; } = [];

    private bool IsWide => Runs.Count > MostColumns;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_seen, Runs))
        {
            _seen = Runs;
            _rows = [.. SpecTable.OfFields([.. Runs.Select(run => SpecFacts.Of(run.Spec).Fields)]).Different];
        }
    }

    /// <summary>Specs never change, so rows do only with the runs.</summary>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, _rows);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = _rows;

    private static List<(string? Value, int Count)> CountsOf(SpecRow row)
    {
        List<(string? Value, int Count)> counts = [.. row.Values.GroupBy(value => value, StringComparer.Ordinal).Select(own => (own.Key, own.Count())).OrderByDescending(own => own.Item2)];
        return counts.Count <= MostValues ? counts : [.. counts.Take(MostValues), ($"{counts.Count - MostValues} other values", counts.Skip(MostValues).Sum(own => own.Count))];
    }
}
