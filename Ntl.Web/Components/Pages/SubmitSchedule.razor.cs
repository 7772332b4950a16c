using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Compose;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Laws;
using Ntl.Web.Leaderboard;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Pages;

/// <summary>Submits a schedule to a track: from the library, the composer, a standard shape or JSON.</summary>
public sealed partial class SubmitSchedule
{
    private const double StandardPeak = 3e-3;
    private const int LibraryShown = 100;

    private IReadOnlyList<TrackRow>? _tracks;
    private IReadOnlyList<ScheduleRow> _library = [];
    private IReadOnlyList<FitChoice> _fits = [];
    private IReadOnlyList<SpecProblem> _problems = [];
    private ScheduleText _json = new();
    private string? _chosen;
    private string _name = "";

    // The name that the last choice brought: it goes with the choice, one that was typed stays.
    private string _derivedName = "";
    private string _by = "";
    private string _note = "";
    private string _fit = "";
    private string? _fault;
    private bool _isSubmitting;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ITracks Tracks { get; set; } = null!;

    [Inject]
    private ISubmissions Submissions { get; set; } = null!;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    [Inject]
    private ILossForecasts Forecasts { get; set; } = null!;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    [Parameter]
    public string? Id { get; set; }

    private SavedTrack? Track => _tracks?.FirstOrDefault(row => _chosen is null || string.Equals(row.Track.Id, _chosen, StringComparison.Ordinal))?.Track;

    private int Seeds => Track is { } track ? RuleBook.Of(track.Spec.Rules).BatchSize : RuleBook.Current.BatchSize;

    private string ComposeLink => QueryHelpers.AddQueryString(
        "/compose", "schedule", ScheduleLink.Write(_json.Schedule ?? StandardSchedules.WarmupStableDecay(Math.Max(10, Track!.Spec.Steps), StandardPeak, DecayShape.OneMinusSquareRoot, Math.Max(1, Track.Spec.Steps / 5))));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _chosen = Id;
        var query = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query);
        if (query.TryGetValue("schedule", out var link))
        {
            List<SpecProblem> problems = [];
            _json = ScheduleLink.Read(link.ToString(), problems) is { } schedule ? ScheduleText.Of(schedule) : new() { Problem = problems[0].Message };
        }

        _name = _derivedName = query.TryGetValue("name", out var name) ? name.ToString() : "";
        _tracks = await Tracks.ListAsync(Ended);
        _library = (await Library.ListAsync(new() { Take = LibraryShown }, Ended)).Rows;
        await ReadFitsAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Remembered.RecallAsync(Ended) is { Length: > 0 } name && _by.Length == 0)
        {
            _by = name;
            StateHasChanged();
        }
    }

    private static IEnumerable<(string Name, ScheduleSpec Schedule)> Standards(SavedTrack track)
    {
        var steps = track.Spec.Steps;
        var (warmup, decay) = (steps / 10, Math.Max(1, steps / 5));
        yield return ("Constant", StandardSchedules.Constant(steps, StandardPeak, warmup));
        yield return ("Cosine", StandardSchedules.Cosine(steps, StandardPeak, 0, warmup));
        yield return ("WSD, 1−√", StandardSchedules.WarmupStableDecay(steps, StandardPeak, DecayShape.OneMinusSquareRoot, decay, 0, warmup));
        yield return ("Hyperbolic 1/t", StandardSchedules.Hyperbolic(steps, StandardPeak, StandardPeak / 20, warmup));
        yield return ("Linear", StandardSchedules.Linear(steps, StandardPeak, 0, warmup));
    }

    private async Task ReadFitsAsync() =>
        _fits = Track is { } track ? await Forecasts.ChoicesAsync(ModelNames.Of(track.Spec.Model), track.Spec.Dataset.Hash, Ended) : [];

    private async Task ChooseAsync(string track)
    {
        _chosen = track;
        await ReadFitsAsync();
    }

    private async Task TakeAsync(string from)
    {
        if (Standards(Track!).FirstOrDefault(standard => string.Equals(standard.Name, from, StringComparison.Ordinal)) is { Schedule: { } schedule })
        {
            _json = ScheduleText.Of(schedule);
            Derive("");
        }
        else if (from.Length > 0 && await Library.FindAsync(from, null, Ended) is { } saved)
        {
            _json = ScheduleText.Of(saved.Schedule);
            Derive(saved.Label.Name);
        }
    }

    private void Derive(string name)
    {
        _name = string.Equals(_name, _derivedName, StringComparison.Ordinal) ? name : _name;
        _derivedName = name;
    }

    private void Stretch()
    {
        var outcome = BoundaryEdits.ScaleTo(_json.Schedule!, Track!.Spec.Steps);
        _problems = [.. outcome.Problems.Select(problem => problem with { Path = "schedule" })];
        _json = outcome.IsDone ? ScheduleText.Of(outcome.Schedule!) : _json;
    }

    private async Task SubmitAsync()
    {
        if (_isSubmitting || Track is not { } track)
        {
            return;
        }

        if (_json.Schedule is not { } schedule)
        {
            _problems = [new("schedule", _json.Problem ?? "Choose a schedule, or paste one.")];
            return;
        }

        _isSubmitting = true;
        _fault = null;
        try
        {
            var outcome = await Submissions.SubmitAsync(track.Id, new(schedule, _name, _by, _note, _fit.Length == 0 ? null : _fit), Ended);
            _problems = outcome.Problems;
            if (outcome.IsDone)
            {
                await Remembered.KeepAsync(_by, Ended);
                Navigation.NavigateTo($"/entries/{outcome.Id}");
            }
        }
        catch (StoreException exception)
        {
            _fault = exception.Message;
        }
        finally
        {
            _isSubmitting = false;
        }
    }

    private string? ProblemOf(string path) => _problems.FirstOrDefault(problem => string.Equals(problem.Path, path, StringComparison.Ordinal))?.Message;
}
