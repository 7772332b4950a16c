using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Laws;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Laws;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>Asks a saved fit for a schedule, and queues it beside its baseline; the URL holds the question.</summary>
public sealed partial class LawSuggestion
{
    private SuggestionDraft _draft = new();
    private SuggestionDraft _defaults = new();
    private SuggestionDraft? _answered;
    private Suggestion? _suggestion;
    private LawFit? _fit;
    private IReadOnlyList<SavedFit>? _fits;
    private IReadOnlyList<SpecProblem> _problems = [];
    private IReadOnlyList<SpecProblem> _queueProblems = [];
    private CancellationTokenSource _seeking = new();
    private Task _seek = Task.CompletedTask;
    private Stage _stage;
    private bool _isQueueing;
    private PageUrl _url = null!;

    private enum Stage
    {
        Idle,
        Seeking,
        Cancelled,
        Failed,
    }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILawFits Fits { get; set; } = null!;

    [Inject]
    private ISuggestions Suggestions { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private ILogger<LawSuggestion> Logger { get; set; } = null!;

    private SavedFit? Saved => _fits?.FirstOrDefault(fit => string.Equals(fit.Id.Value, _draft.Fit, StringComparison.Ordinal));

    private bool IsStale => _suggestion is not null && (_stage is Stage.Seeking || !Question(_draft).Equals(Question(_answered!)));

    private string FitHint => Saved is { } saved ? $"Mean error on its curves {Format.Number(saved.TrainError, 3)} nats/token; it holds for its own model, data, batch and update rule." : "It says which model and data the schedule is for.";

    private string PeakHint => _fit is null ? ""
        : _fit.Range.LowestPeak == _fit.Range.HighestPeak ? $"Fitted at {Format.Rate(_fit.Range.HighestPeak)}."
        : $"Fitted between {Format.Rate(_fit.Range.LowestPeak)} and {Format.Rate(_fit.Range.HighestPeak)}.";

    private string RunHint => _defaults.Run.Length > 0 ? "Empty for a run that the fit was made of." : "The fit was made of imported curves: give a run's identity.";

    private int SeedCount => _draft.ReadSeeds(new List<SpecProblem>())?.Count ?? 0;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _seeking.CancelAsync();
        await _seek;
        await base.DisposeAsync();
        _seeking.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _url = new(Navigation);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is not { } query)
        {
            return;
        }

        _draft = SuggestionDraft.FromQuery(query);
        _fits = await Fits.ListAsync(Ended);
        if (_draft.Fit.Length == 0 && _fits.Count > 0)
        {
            _draft = _draft with { Fit = _fits[0].Id.Value };
        }

        await LoadFitAsync();
        // A shared question is answered when its page opens.
        if (RendererInfo.IsInteractive && _draft.Steps.Length > 0)
        {
            Ask();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No schedule could be sought with fit {Fit}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string fit);

    // What the answer depends on.
    private static SuggestionDraft Question(SuggestionDraft draft) => draft with { Run = "", Seeds = "" };

    private string? ProblemOf(string field) =>
        _problems.Concat(_queueProblems).FirstOrDefault(problem => string.Equals(problem.Path, field, StringComparison.Ordinal))?.Message;

    private async Task LoadFitAsync()
    {
        _fit = Saved is null ? null : await Fits.ReadAsync(_draft.Fit, Ended);
        var run = Saved?.Sources.LastOrDefault(source => source.Curve.Origin == CurveOrigin.Run)?.Curve.Id;
        var warmup = run is { } id && await Queries.FindAsync(id, Ended) is { } detail ? RatePath.Of(detail.Spec.Schedule).WarmupSteps : 0;
        _defaults = _fit is null ? new() : new()
        {
            Steps = _fit.Range.MostSteps.ToString(CultureInfo.InvariantCulture),
            Peak = NumberFormat.RateField(NumberFormat.Round(_fit.Range.HighestPeak)),
            Warmup = warmup.ToString(CultureInfo.InvariantCulture),
            Run = run?.Value ?? "",
        };
    }

    private async Task ChangeAsync(SuggestionDraft draft)
    {
        var isOtherFit = !string.Equals(draft.Fit, _draft.Fit, StringComparison.Ordinal);
        (_draft, _queueProblems) = (draft, []);
        _url.Write("/laws/suggest", draft.ToQuery());
        if (isOtherFit)
        {
            await LoadFitAsync();
        }

        Check(WithDefaults());
    }

    // An empty field means what its placeholder shows.
    private SuggestionDraft WithDefaults() => _draft with
    {
        Steps = Or(_draft.Steps, _defaults.Steps),
        Peak = Or(_draft.Peak, _defaults.Peak),
        Warmup = Or(_draft.Warmup, _defaults.Warmup),
    };

    private static string Or(string text, string own) => text.Trim().Length == 0 ? own : text;

    private SuggestionRequest? Check(SuggestionDraft draft)
    {
        List<SpecProblem> problems = [];
        var request = draft.Read(problems);
        if (Saved is null)
        {
            problems.Add(new("fit", "Choose a saved fit."));
            request = null;
        }

        _problems = problems;
        return request;
    }

    private void Ask()
    {
        if (Check(WithDefaults()) is not { } request)
        {
            return;
        }

        var old = _seeking;
        _seeking = new();
        old.Cancel();
        _seek = SeekAsync(_seek, request, _draft, _seeking.Token);
        old.Dispose();
    }

    private void Cancel()
    {
        _seeking.Cancel();
        _stage = Stage.Cancelled;
    }

    private async Task SeekAsync(Task before, SuggestionRequest request, SuggestionDraft draft, CancellationToken cancellationToken)
    {
        try
        {
            await before; // it has been cancelled
            _stage = Stage.Seeking;
            StateHasChanged();
            var outcome = await Suggestions.SuggestAsync(request, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            (_problems, _stage) = (outcome.Problems, Stage.Idle);
            if (outcome.Suggestion is { } suggestion)
            {
                (_suggestion, _answered) = (suggestion, draft);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // whoever cancelled has said what comes instead
        }
        catch (Exception exception)
        {
            LogFailure(Logger, exception, request.FitId);
            _stage = Stage.Failed;
        }

        StateHasChanged();
    }

    private async Task QueueAsync()
    {
        if (_isQueueing || IsStale || _suggestion is not { } suggestion)
        {
            return;
        }

        List<SpecProblem> problems = [];
        RunId? template = null;
        if (_draft.Run.Trim().Length > 0)
        {
            template = RunId.TryParse(_draft.Run.Trim(), out var run) ? run : null;
            if (template is null)
            {
                problems.Add(new("run", $"'{_draft.Run}' is not a run's identity."));
            }
        }

        if (_draft.ReadSeeds(problems) is not { } seeds || problems.Count > 0)
        {
            _queueProblems = problems;
            return;
        }

        _isQueueing = true;
        try
        {
            var proposal = await Suggestions.QueueAsync(suggestion, template, seeds, Ended);
            _queueProblems = proposal.Problems;
            if (proposal.Plan is { } plan)
            {
                Navigation.NavigateTo($"/experiments/{plan.Id}");
            }
        }
        finally
        {
            _isQueueing = false;
        }
    }
}
