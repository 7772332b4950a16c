using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Compose;
using Ntl.Web.Components.Composer;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Datasets;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>The composer: a schedule with its preview, a model, data and the rest, and the button that queues the run.</summary>
public sealed partial class NewRun : IDisposable
{
    // Typing is finished when nothing came for this long; the URL follows then.
    private static readonly TimeSpan s_urlDelay = TimeSpan.FromMilliseconds(400);

    private static readonly KeyValuePair<string, string>[] s_models =
        [.. ModelPreset.All.Select(preset => KeyValuePair.Create(preset.Id, preset.Title)), KeyValuePair.Create(DraftReader.CustomModel, "Custom…")];

    private static readonly KeyValuePair<string, string>[] s_decays =
    [
        new(nameof(DecayShape.OneMinusSquareRoot), "1 − √"),
        new(nameof(DecayShape.Linear), "Linear"),
        new(nameof(DecayShape.Cosine), "Cosine"),
        new(nameof(DecayShape.Exponential), "Exponential"),
        new(nameof(DecayShape.Hyperbolic), "Hyperbolic 1/t"),
        new(nameof(DecayShape.InverseSquareRoot), "Inverse √"),
    ];

    private static readonly KeyValuePair<string, string>[] s_optimizers =
    [
        new(nameof(OptimizerKind.AdamW), "AdamW"),
        new(nameof(OptimizerKind.Sgd), "SGD with momentum"),
        new(nameof(OptimizerKind.Lion), "Lion (sign)"),
    ];

    private static readonly KeyValuePair<string, string>[] s_precisions =
    [
        new(nameof(Precision.BFloat16), "bfloat16"),
        new(nameof(Precision.Float32), "float32"),
    ];

    private static readonly KeyValuePair<string, string>[] s_yesNo = [new("yes", "With biases"), new("no", "Without")];

    private static readonly KeyValuePair<string, string>[] s_probes = [new("yes", "Thermodynamics"), new("no", "Losses only")];

    private static readonly KeyValuePair<string, string>[] s_spectrum = [new("yes", "At the end of each phase"), new("no", "Off")];

    private static readonly string[] s_moreFields = [DraftField.ValidationEvery, DraftField.ValidationBatches, DraftField.CheckpointEvery, DraftField.KeepEvery];

    // One a visit: pressing the button twice, or sending again after a lost connection, queues one run.
    private readonly string _idempotencyKey = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _ending = new();
    private readonly ComposerState _state = new(new RunDraft());
    private KeyValuePair<string, string>[] _datasets = [];
    private IReadOnlyList<RunRow> _history = [];
    private ElementReference _form;
    private ITimer? _urlTimer;
    private RunId? _cloned;
    private RunDraft _origin = new();
    private long _tokensPerStep;
    private bool _isQueueing;
    private bool _hasLeft;
    private string? _refusal;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDatasetCatalog Catalog { get; set; } = null!;

    [Inject]
    private IRunCommands Commands { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool IsAdam => Chosen(DraftField.Optimizer, nameof(OptimizerKind.AdamW));

    private bool IsSgd => Chosen(DraftField.Optimizer, nameof(OptimizerKind.Sgd));

    // Trainers run on the server's machine.
    private string? PrecisionHint => !Processor.HasBFloat16 && Chosen(DraftField.Precision, nameof(Precision.BFloat16)) && !_state.Draft[DraftField.Device].StartsWith("cuda", StringComparison.OrdinalIgnoreCase)
        ? "The server's processor has no bfloat16: some 20× slower than float32."
        : null;

    private string NoiseHint => _state.Reading.Spec is { GradientAccumulationSteps: > 1 }
        ? "Temperature, predicted thermal loss and noise scale from the spread of the micro-batches' gradients. Costs no gradient."
        : "Temperature, predicted thermal loss and noise scale from two half-batches: one gradient more each time. An accumulation of 2 or more saves it.";

    private string ColdHint =>
        $"{(_state.Reading.Spec?.Probes?.ColdHorizonSteps is { } horizon && IsAuto ? $"Now {Format.Number(horizon)}. " : "")}Validated at their running mean as well: the thermal loss. One more validation each time, and the weights' memory once more.";

    private bool IsAuto => Chosen(DraftField.ColdHorizon, ProbeReader.Auto);

    private bool HasProblemInMore => _state.Reading.Problems.Any(problem => s_moreFields.Contains(problem.Field, StringComparer.Ordinal));

    // While something is wrong, the last right figure serves the preview's axis.
    private long TokensPerStep => _tokensPerStep = _state.Reading.Spec?.TokensPerStep ?? _tokensPerStep;

    private CostEstimate? Estimate => _state.Reading.Spec is { } spec ? CostEstimate.Of(spec, _state.Draft[DraftField.Model], _history) : null;

    private string ComposeLink => _state.Reading.Schedule is { } schedule
        ? QueryHelpers.AddQueryString("/compose", "schedule", ScheduleLink.Write(schedule))
        : "/compose";

    private string TrackLink => _state.Reading.Spec is null ? "/tracks/new" : QueryHelpers.AddQueryString("/tracks/new", Query());

    private string Time => Estimate?.Seconds is { } seconds ? $"≈ {Format.Duration(seconds)}" : "–";

    private string Memory => _state.Reading.Spec is { } spec ? $"≈ {Format.Bytes(RunCost.MemoryBytes(spec))}" : "–";

    private string Parameters => _state.Reading.Spec is { } spec ? Format.Compact(spec.Model.ParameterCount) : "–";

    private string Note => _refusal
        ?? (_state.Reading.Problems.Count switch
        {
            0 => $"{Estimate?.Basis} Memory is counted, not measured; right within a factor of 2.",
            1 => "One field has an error.",
            var count => $"{count} fields have errors.",
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Changed = null;
        _urlTimer?.Dispose();
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var query = QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))
            .ToList();
        _state.Load(RunDraft.FromQuery(query));
        _state.Changed = OnDraftChanged;

        var datasets = await Catalog.ListAsync(_ending.Token);
        _datasets = [.. datasets.Select(row => KeyValuePair.Create(row.Name, $"{row.Name} · {Format.Compact(row.TokenCount)} tokens"))];
        _state.Offer([.. datasets.Select(row => row.ToSpec())]);
        if (RunId.TryParse(query.Find(pair => string.Equals(pair.Key, "from", StringComparison.Ordinal)).Value, out var from)
            && await Queries.FindAsync(from, _ending.Token) is { } original)
        {
            _cloned = from;
            var draft = DraftWriter.Write(original.Spec);
            _origin = DraftWriter.Write(original.Spec);
            draft.Take(query);
            _state.Load(draft);
        }

        _history = await CostEstimate.ReadHistoryAsync(Queries, _ending.Token);
    }

    private void OnDraftChanged()
    {
        _refusal = null;
        StateHasChanged();
        _urlTimer ??= Clock.CreateTimer(_ => _ = InvokeAsync(KeepInUrl), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _urlTimer.Change(s_urlDelay, Timeout.InfiniteTimeSpan);
    }

    private void KeepInUrl()
    {
        if (_hasLeft)
        {
            return;
        }

        Navigation.NavigateTo(QueryHelpers.AddQueryString("/runs/new", Query()), replace: true);
    }

    private IEnumerable<KeyValuePair<string, string?>> Query()
    {
        var query = _state.Draft.DifferencesFrom(_origin).Where(pair => pair.Value!.Length > 0);
        return _cloned is { } from ? query.Append(KeyValuePair.Create("from", (string?)from.Value)) : query;
    }

    private async Task QueueAsync()
    {
        if (_isQueueing)
        {
            return;
        }

        if (_state.Reading.Spec is not { } spec)
        {
            await using var page = await Script.InvokeAsync<IJSObjectReference>("import", _ending.Token, $"./{Assets["lib/page.js"]}");
            await page.InvokeVoidAsync("focusFirstProblem", _ending.Token, _form);
            return;
        }

        _isQueueing = true;
        try
        {
            var outcome = await Commands.CreateAsync(spec, _idempotencyKey, _ending.Token);
            if (outcome.Id is { } id)
            {
                // The last letters typed may still wait to be kept in the URL; this page's URL is not wanted any more.
                _urlTimer?.Dispose();
                _hasLeft = true;
                Navigation.NavigateTo($"/runs/{id.Value}");
                return;
            }

            _state.Refuse(outcome.Problems);
            _refusal = outcome.Problems is [var only] ? only.Message : "The server refuses this run; see the fields above.";
        }
        finally
        {
            _isQueueing = false;
        }
    }

    private bool Uses(string field) => _state.Draft.Uses(field);

    private bool Chosen(string field, string value) => string.Equals(_state.Draft[field], value, StringComparison.OrdinalIgnoreCase);
}
