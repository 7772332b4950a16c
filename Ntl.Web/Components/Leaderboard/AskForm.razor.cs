using Microsoft.AspNetCore.Components;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Leaderboard;
using Ntl.Web.Persistence;
using Radzen;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>Queues fresh seeds of an entry: to separate it, to reproduce it, to challenge it, or to see how it holds hotter and colder.</summary>
public sealed partial class AskForm : IDisposable
{
    private static readonly SeedPurpose[] s_purposes = [SeedPurpose.MoreSeeds, SeedPurpose.Reproduction, SeedPurpose.Challenge, SeedPurpose.Robustness];

    private readonly CancellationTokenSource _ending = new();
    private readonly AskDraft _draft = new();
    private string? _fault;
    private string? _given;
    private bool _isQueueing;

    [Parameter, EditorRequired]
    public SavedEntry Entry { get; set; } = null!;

    [Parameter, EditorRequired]
    public TrackBoard Board { get; set; } = null!;

    /// <summary>The entry to be separated from at first; null for none.</summary>
    [Parameter]
    public string? Against { get; set; }

    /// <summary>Raised after runs were queued.</summary>
    [Parameter]
    public EventCallback Queued { get; set; }

    [Inject]
    private ISubmissions Submissions { get; set; } = null!;

    [Inject]
    private RememberedName Remembered { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    private int Count => _draft.Purpose switch
    {
        SeedPurpose.Robustness => SeedDraw.RobustnessCount,
        _ when _draft.Against.Length > 0 && _draft.Purpose != SeedPurpose.Reproduction => 2 * Board.Rules.BatchSize,
        _ => Board.Rules.BatchSize,
    };

    private string Cost
    {
        get
        {
            var seconds = Board.Standings.SelectMany(standing => standing.Runs).Where(run => run.StepsDone == Board.Track.Spec.Steps && run.ElapsedSeconds is not null).Select(run => run.ElapsedSeconds!.Value).ToList();
            return seconds.Count == 0 ? $"{Format.Compact((double)Count * Board.Track.Spec.Tokens)} tokens." : $"{Format.Compact((double)Count * Board.Track.Spec.Tokens)} tokens, ≈ {Format.Duration(Count * seconds.Average())} of training.";
        }
    }

    private string What => _draft.Purpose switch
    {
        SeedPurpose.MoreSeeds => $"{Board.Rules.BatchSize} more seeds, of this entry or of two in turns. The rules charge every look, so stopping when it pleases gains nothing.",
        SeedPurpose.Reproduction => $"{Board.Rules.BatchSize} fresh seeds, asked for by somebody else than {Entry.By}. Whether they agree with the earlier ones is shown on this page.",
        SeedPurpose.Challenge => $"{Board.Rules.BatchSize} fresh seeds of either entry, in turns. They alone decide whether the claim is upheld; the outcome is public.",
        _ => "Three seeds with all rates × 0.9 and three with × 1.1. Shown, not scored.",
    };

    // How many more it takes is said before anything is queued.
    private string? Further
    {
        get
        {
            if (_draft.Purpose != SeedPurpose.MoreSeeds || _draft.Against.Length == 0 || Board.Find(_draft.Against) is null)
            {
                return null;
            }

            var pair = Board.Board.Compare(Entry.Id, _draft.Against);
            return pair switch
            {
                { Verdict: PairVerdict.Separated } => "These two are significantly different already.",
                { Verdict: PairVerdict.NotCompared } => pair.Why,
                { FurtherSeeds: { } seeds } => FormattableString.Invariant($"{seeds} more seeds of either would tell them apart with {Board.Rules.Power:P0} power, if they differ as seen."),
                _ => FormattableString.Invariant($"Not within {pair.FurtherSeedsMaximum} more seeds of either, if they differ as seen."),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A link on the page may name another entry; what was chosen since stays otherwise.
        if (!string.Equals(_given, Against, StringComparison.Ordinal))
        {
            (_given, _draft.Purpose, _draft.Against) = (Against, SeedPurpose.MoreSeeds, Against ?? "");
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Remembered.RecallAsync(_ending.Token) is { Length: > 0 } name && _draft.By.Length == 0)
        {
            _draft.By = name;
            StateHasChanged();
        }
    }

    private async Task QueueAsync()
    {
        if (_isQueueing)
        {
            return;
        }

        _isQueueing = true;
        _fault = null;
        try
        {
            var outcome = await Submissions.QueueSeedsAsync(Entry.Id, _draft.ToRequest(), _ending.Token);
            _draft.Refuse(outcome.Problems);
            if (outcome.IsDone)
            {
                await Remembered.KeepAsync(_draft.By, _ending.Token);
                Notifications.Notify(NotificationSeverity.Success, $"{outcome.Runs.Count} runs are queued.");
                await Queued.InvokeAsync();
            }
        }
        catch (StoreException exception)
        {
            _fault = exception.Message;
        }
        finally
        {
            _isQueueing = false;
        }
    }
}
