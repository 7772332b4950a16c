using Microsoft.AspNetCore.Components;
using Ntl.Web.Comparison;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Comparison;

/// <summary>Finds runs to compare: one by one, or all that a search finds.</summary>
public sealed partial class RunPicker
{
    private const int Suggestions = 6;

    private IReadOnlyList<RunRow> _found = [];
    private string _text = "";
    private int _total;
    private bool _wasEmpty;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    /// <summary>Ids that are compared already.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyCollection<string> Taken { get; set; } = [];

    /// <summary>A run was chosen, by its id.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    /// <summary>All runs that match a text were chosen.</summary>
    [Parameter]
    public EventCallback<string> AllChosen { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Without runs the newest are offered before anything is typed.
        var isEmpty = Taken.Count == 0;
        if (isEmpty != _wasEmpty || _text.Length > 0)
        {
            _wasEmpty = isEmpty;
            await SearchAsync(_text);
        }
    }

    private async Task SearchAsync(string? text)
    {
        _text = text ?? "";
        if (_text.Length == 0 && Taken.Count > 0)
        {
            _found = [];
            return;
        }

        var asked = _text;
        var page = await Queries.ListAsync(new() { Text = asked, Take = Suggestions + Math.Min(Taken.Count, ComparisonSelection.MostRuns) }, CancellationToken.None);
        if (string.Equals(asked, _text, StringComparison.Ordinal)) // else a later letter has asked for something else
        {
            _total = page.Total;
            _found = [.. page.Rows.Where(row => !Taken.Contains(row.Id.Value, StringComparer.Ordinal)).Take(Suggestions)];
        }
    }
}
