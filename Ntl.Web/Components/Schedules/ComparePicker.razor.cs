using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Chooses what a schedule is held against: another version, a relative, or any schedule of the library.</summary>
public sealed partial class ComparePicker
{
    private string _other = "";
    private string? _problem;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Parameter, EditorRequired]
    public SavedSchedule Saved { get; set; } = null!;

    /// <summary>The family; null while it is not known.</summary>
    [Parameter]
    public ScheduleLineage? Lineage { get; set; }

    /// <summary>What it is held against now; null for nothing.</summary>
    [Parameter]
    public ScheduleReference? Against { get; set; }

    /// <summary>The name of what it is held against.</summary>
    [Parameter]
    public string? AgainstName { get; set; }

    /// <summary>Why there is nothing to show.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>Something else was chosen; null for nothing.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ScheduleReference?> Chosen { get; set; }

    // The parent as it was when this was forked; the others as they are now.
    private IEnumerable<(ScheduleReference Reference, string Name)> Family()
    {
        foreach (var node in (Lineage?.Nodes ?? []).Where(node => !string.Equals(node.Id, Saved.Id, StringComparison.Ordinal)))
        {
            if (Saved.ForkOf is { } origin && string.Equals(origin.Id, node.Id, StringComparison.Ordinal) && origin.Version != node.CurrentVersion)
            {
                yield return (origin, node.Name);
            }

            yield return (new ScheduleReference(node.Id, node.CurrentVersion), node.Name);
        }
    }

    private bool IsOffered(ScheduleReference reference) =>
        string.Equals(reference.Id, Saved.Id, StringComparison.Ordinal) || Family().Any(member => member.Reference == reference);

    private bool IsChosen(string id, int version) => Against == new ScheduleReference(id, version);

    private Task ChooseAsync(ChangeEventArgs change)
    {
        _problem = null;
        return Chosen.InvokeAsync(ScheduleReference.TryParse(change.Value as string, out var reference) ? reference : null);
    }

    private async Task TakeAsync()
    {
        _problem = null;
        var match = Address().Match(_other.Trim());
        var id = match.Groups["id"].Value;
        int? version = int.TryParse(match.Groups["version"].Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        if (!RunId.TryParse(id, out _) || await Library.FindAsync(id, version, CancellationToken.None) is not { } found)
        {
            _problem = "There is no such schedule here. Paste the address of its page, or its id.";
            return;
        }

        _other = "";
        await Chosen.InvokeAsync(found.Reference);
    }

    // A page's address, id:version, or an id.
    [GeneratedRegex(@"^(?:.*/schedules/)?(?<id>[0-9a-z]{10})(?:(?::|.*[?&]version=)(?<version>[0-9]{1,6}))?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
