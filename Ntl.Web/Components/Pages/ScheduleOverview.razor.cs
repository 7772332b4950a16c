using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Live;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;
using Ntl.Web.Schedules;
using Radzen;

namespace Ntl.Web.Components.Pages;

/// <summary>One schedule of the library: its curve, versions, family and runs, held against another one where the URL says so.</summary>
public sealed partial class ScheduleOverview
{
    private const int RunsShown = 20;

    private PageUrl _url = null!;
    private SavedSchedule? _saved;
    private SavedSchedule? _other;
    private SavedSchedule? _newer;
    private ScheduleLineage? _lineage;
    private ScheduleDiff? _diff;
    private RunPage? _runs;
    private double? _best;
    private string? _queueLink;
    private string? _missing;
    private string? _compareProblem;
    private bool _isOtherFirst;
    private bool _isForking;
    private bool _isArchiving;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private IRunQueries Runs { get; set; } = null!;

    [Inject]
    private ILiveRunFeed Feed { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    private string TrackLink => ScheduleWords.TrackLink(_saved!.Schedule, _saved.Label.Name);

    private string ShownLabel => $"v{_saved!.Version.Number}";

    private string OtherLabel => _other is not { } other ? ""
        : string.Equals(other.Id, _saved!.Id, StringComparison.Ordinal) ? $"v{other.Version.Number}" : $"{other.Label.Name} v{other.Version.Number}";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(FollowSchedulesAsync);
        Follow(FollowRunsAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            int? version = int.TryParse(query("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            await LoadAsync(version, ScheduleReference.TryParse(query("against"), out var against) ? against : null);
        }
    }

    private async Task LoadAsync(int? version, ScheduleReference? against)
    {
        var id = Id;
        var saved = await Library.FindAsync(id, version, Ended);
        if (!string.Equals(id, Id, StringComparison.Ordinal))
        {
            return; // another schedule was asked for meanwhile
        }

        if (saved is null)
        {
            _missing = version is not null && await Library.FindAsync(id, null, Ended) is { } known
                ? $"{known.Label.Name} has no version {version}: there are {known.CurrentVersion}"
                : $"There is no schedule {id}";
            return;
        }

        (_missing, _newer, _isForking) = (null, null, false);
        Show(saved);
        await HoldAgainstAsync(against);
        await LoadRunsAsync();
        _lineage = await Library.LineageAsync(id, Ended);
    }

    private void Show(SavedSchedule saved)
    {
        _saved = saved;
        _queueLink = ScheduleWords.QueueLink(saved.Schedule);
    }

    private async Task LoadRunsAsync()
    {
        if (_saved is not { } saved)
        {
            return;
        }

        var request = new RunListRequest { ScheduleHash = saved.Version.Hash, Take = RunsShown };
        var best = await Runs.ListAsync(request with { Sort = RunSort.BestValidationLoss, Descending = false, Take = 1 }, Ended);
        _runs = await Runs.ListAsync(request, Ended);
        _best = best.Rows is [{ Diverged: false } first, ..] ? first.BestValidationLoss : null;
    }

    // Somebody saves while this page is open: what is shown stays, and is told to be old.
    private async Task FollowSchedulesAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in Library.WatchAsync(null, cancellationToken))
        {
            if (_saved is not { } shown || await Library.FindAsync(shown.Id, null, cancellationToken) is not { } newest || !ReferenceEquals(shown, _saved))
            {
                continue;
            }

            if (newest.CurrentVersion > shown.CurrentVersion)
            {
                _newer = newest;
            }

            _saved = shown with { Label = newest.Label, Revision = newest.Revision, ArchivedAt = newest.ArchivedAt, UpdatedAt = newest.UpdatedAt };
            _lineage = await Library.LineageAsync(shown.Id, cancellationToken);
            StateHasChanged();
        }
    }

    private async Task FollowRunsAsync(CancellationToken cancellationToken)
    {
        await foreach (var changed in Feed.WatchRunsAsync(cancellationToken))
        {
            if (_saved is { } saved && changed.Any(run => string.Equals(run.ScheduleHash, saved.Version.Hash, StringComparison.Ordinal)))
            {
                await LoadRunsAsync();
                StateHasChanged();
            }
        }
    }

    private async Task HoldAgainstAsync(ScheduleReference? against)
    {
        (_other, _diff, _compareProblem) = (null, null, null);
        if (against is null || _saved is not { } saved)
        {
            return;
        }

        if (await Library.FindAsync(against.Id, against.Version, Ended) is not { } other)
        {
            _compareProblem = $"There is no version {against} to compare with.";
            return;
        }

        // Versions from old to new; another schedule first, as this page is about what became of it.
        _isOtherFirst = !string.Equals(other.Id, saved.Id, StringComparison.Ordinal) || other.Version.Number < saved.Version.Number;
        _other = other;
        _diff = _isOtherFirst ? ScheduleDiff.Between(other.Schedule, saved.Schedule) : ScheduleDiff.Between(saved.Schedule, other.Schedule);
    }

    private async Task CompareAsync(ScheduleReference? against)
    {
        await HoldAgainstAsync(against);
        WriteUrl();
    }

    private void WriteUrl()
    {
        List<KeyValuePair<string, string?>> query = [];
        if (_saved is { IsCurrent: false } old)
        {
            query.Add(new("version", old.Version.Number.ToString(CultureInfo.InvariantCulture)));
        }

        if (_other is { } other)
        {
            query.Add(new("against", other.Reference.ToString()));
        }

        _url.Write($"/schedules/{Id}", query);
    }

    private async Task TakeVersionAsync(SavedSchedule stored)
    {
        var before = _saved!.Reference;
        Notifications.Notify(NotificationSeverity.Success, $"Version {stored.CurrentVersion} is saved.");
        _newer = null;
        Show(stored);
        await HoldAgainstAsync(before);
        WriteUrl();
        await LoadRunsAsync();
        _lineage = await Library.LineageAsync(stored.Id, Ended);
    }

    private void TakeLabel(SavedSchedule stored) =>
        _saved = _saved! with { Label = stored.Label, Revision = stored.Revision, UpdatedAt = stored.UpdatedAt };

    private async Task ArchiveAsync()
    {
        if (_isArchiving || _saved is not { } saved)
        {
            return;
        }

        _isArchiving = true;
        try
        {
            var outcome = await Library.ArchiveAsync(saved.Id, saved.ArchivedAt is null, Ended);
            Notifications.Notify(outcome.IsStored ? NotificationSeverity.Success : NotificationSeverity.Warning, outcome.Message);
            _saved = _saved with { ArchivedAt = outcome.Saved?.ArchivedAt };
        }
        catch (StoreException exception)
        {
            Notifications.Notify(NotificationSeverity.Error, "Not saved", exception.Message);
        }
        finally
        {
            _isArchiving = false;
        }
    }
}
