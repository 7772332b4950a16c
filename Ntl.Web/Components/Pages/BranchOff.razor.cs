using Microsoft.AspNetCore.Components;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Composer;
using Ntl.Web.Components.Experiments;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>Branches off a run's checkpoint: one run, or a standard experiment, with its cost before it is queued.</summary>
public sealed partial class BranchOff
{
    private const int MostProblems = 5;
    private const int MostToCome = 8;
    private const long DefaultSteps = 200;

    // Checkpoints of a run that goes on come at this pace at most.
    private static readonly TimeSpan s_refresh = TimeSpan.FromSeconds(5);

    private static readonly (string What, string Title, string Text)[] s_ways =
    [
        (BranchDraft.AnnealRun, "Anneal to 0", "One run: the rate falls in a straight line to 0."),
        (BranchDraft.HoldRun, "Hold a rate", "One run: goes on at a rate, its own or another."),
        .. ExperimentKinds.OffACheckpoint.Select(kind => (kind.ToString(), TitleOf(kind), ExperimentWords.Question(kind))),
    ];

    private readonly string _idempotencyKey = Guid.NewGuid().ToString();
    private RunDetail? _detail;
    private BranchDraft _draft = new();
    private List<Place> _places = [];
    private IReadOnlyList<RunRow> _history = [];
    private IReadOnlyList<RunSpec> _specs = [];
    private IReadOnlyList<SpecProblem> _problems = [];
    private string? _stepsProblem;
    private string? _rateProblem;
    private string? _loaded;
    private bool _isMissing;
    private bool _isQueueing;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IRunCommands Commands { get; set; } = null!;

    [Inject]
    private IExperiments Experiments { get; set; } = null!;

    [Inject]
    private ITrunkCheckpoints Checkpoints { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    private long Step => _places.Find(place => place.Step == _draft.Step)?.Step ?? _places.FindLast(place => place.IsThere)?.Step ?? _places[0].Step;

    private Place PlaceNow => _places.Find(place => place.Step == Step)!;

    private string StepsLabel => _draft.What switch
    {
        BranchDraft.AnnealRun => "Anneal",
        BranchDraft.HoldRun => "Hold",
        _ => _draft.Kind is ExperimentKind.Anneal or ExperimentKind.Collapse ? "Each anneal" : "Each hold",
    };

    private string StepsDefault => _draft.Kind is null ? Format.Count(DefaultSteps) : "";

    private string Time => Costs().All(cost => cost.Seconds is not null) && _specs.Count > 0 ? $"≈ {Format.Duration(Costs().Sum(cost => cost.Seconds!.Value))}" : "–";

    private string Basis => Costs().FirstOrDefault()?.Basis ?? "";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(RefreshAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _draft = BranchDraft.FromQuery(query);
        }

        if (!string.Equals(Id, _loaded, StringComparison.Ordinal))
        {
            _loaded = Id;
            _history = await CostEstimate.ReadHistoryAsync(Queries, Ended);
            await LoadAsync();
            await ProposeAsync();
        }
    }

    private static string TitleOf(ExperimentKind kind) =>
        ExperimentWords.Number(kind) is { } number ? $"{number} {ExperimentWords.Title(kind)}" : $"{ExperimentWords.Title(kind)}, measured";

    private async Task LoadAsync()
    {
        if (!RunId.TryParse(Id, out var id) || await Queries.FindAsync(id, Ended) is not { } detail)
        {
            (_detail, _isMissing) = (null, true);
            return;
        }

        var there = (await Checkpoints.ListAsync(id, Ended) ?? []).Select(row => row.Step).Where(step => step > detail.Spec.FirstStep).ToList();
        var toCome = detail.Run.Status.IsFinal() ? [] : ToCome(detail).Where(step => !there.Contains(step));
        // Together: the page may be drawn at any await, and a run is never shown without its places.
        _places = [.. there.Select(step => new Place(step, true)).Concat(toCome.Select(step => new Place(step, false))).OrderBy(place => place.Step)];
        (_detail, _isMissing) = (detail, false);
    }

    private static IEnumerable<long> ToCome(RunDetail detail)
    {
        var (spec, done) = (detail.Spec, detail.Run.StepsDone);
        if (spec.KeptCheckpointIntervalSteps is { } interval)
        {
            for (var (step, i) = (((done / interval) + 1) * interval, 0); step < spec.TotalSteps && i < MostToCome; step += interval, i++)
            {
                yield return step;
            }
        }

        yield return spec.TotalSteps;
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_refresh, Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_detail is { } detail && !detail.Run.Status.IsFinal())
            {
                var before = _places.Count == 0 ? 0 : Step;
                await LoadAsync();
                _draft = before == 0 ? _draft : _draft with { Step = before }; // a newer checkpoint does not move what was looked at
                await ProposeAsync();
                StateHasChanged();
            }
        }
    }

    private async Task ShowAsync(BranchDraft draft)
    {
        _draft = draft;
        _url.Write($"/runs/{Id}/branch", draft.ToQuery());
        await ProposeAsync();
    }

    private async Task ProposeAsync()
    {
        (_specs, _problems) = ([], []);
        if (_detail is not { } detail || _places.Count == 0)
        {
            return;
        }

        _stepsProblem = _draft.TryReadSteps(out var steps) ? null : $"Give a whole number of steps; '{_draft.Steps}' is not one.";
        _rateProblem = _draft.TryReadRate(out var rate) ? null : $"Give a rate such as 0.003 or 3e-3; '{_draft.Rate}' is not one.";
        if (_stepsProblem is not null || (_rateProblem is not null && _draft.What is BranchDraft.HoldRun))
        {
            return;
        }

        if (_draft.Kind is null)
        {
            try
            {
                _specs = [Single(detail, steps ?? DefaultSteps, rate)];
            }
            catch (InvalidScheduleException exception)
            {
                _problems = exception.Problems;
            }

            return;
        }

        var draft = _draft;
        var proposal = await Experiments.ProposeAsync(RequestOf(detail, steps), Ended);
        if (ReferenceEquals(draft, _draft)) // else a later letter or click has asked for something else
        {
            (_specs, _problems) = ([.. proposal.Plan?.Members.Select(member => member.Spec) ?? []], proposal.Problems);
        }
    }

    private RunSpec Single(RunDetail detail, long steps, double? rate) => _draft.What is BranchDraft.HoldRun
        ? SingleBranch.Hold(detail.Run.Id, detail.Spec, Step, steps, rate ?? SingleBranch.RateAt(detail.Spec, Step))
        : SingleBranch.Anneal(detail.Run.Id, detail.Spec, Step, steps);

    private ExperimentRequest RequestOf(RunDetail detail, long? steps)
    {
        var kind = _draft.Kind!.Value;
        var options = kind is ExperimentKind.Anneal or ExperimentKind.Collapse ? new ExperimentOptions { AnnealSteps = steps } : new ExperimentOptions { HoldSteps = steps };
        return new(kind, detail.Run.Id, Step, options);
    }

    private List<CostEstimate> Costs() => [.. _specs.Select(spec => CostEstimate.Of(spec, _detail!.Run.ModelName, _history))];

    private async Task QueueAsync()
    {
        if (_isQueueing || _specs.Count == 0 || _problems.Count > 0)
        {
            return;
        }

        _isQueueing = true;
        try
        {
            _draft.TryReadSteps(out var steps);
            if (_draft.Kind is null)
            {
                var outcome = await Commands.CreateAsync(_specs[0], $"{_idempotencyKey} {_specs[0].Name}", Ended);
                Leave(outcome.Id is { } id ? $"/runs/{id.Value}" : null, outcome.Problems);
            }
            else
            {
                var proposal = await Experiments.QueueAsync(RequestOf(_detail!, steps), Ended);
                Leave(proposal.Plan is { } plan ? $"/experiments/{plan.Id}" : null, proposal.Problems);
            }
        }
        finally
        {
            _isQueueing = false;
        }
    }

    private void Leave(string? address, IReadOnlyList<SpecProblem> problems)
    {
        _problems = problems;
        if (address is not null)
        {
            Navigation.NavigateTo(address);
        }
    }

    private sealed record Place(long Step, bool IsThere);
}
