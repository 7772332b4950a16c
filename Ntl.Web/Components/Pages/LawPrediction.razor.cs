using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Ntl.Domain.Laws;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Prediction;
using Ntl.Web.Laws;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>Fits every law to chosen curves and judges it; the URL names the curves and the law shown whole.</summary>
public sealed partial class LawPrediction
{
    private const int Suggestions = 6;

    private readonly Dictionary<CurveRef, NamedCurve> _names = [];
    private PredictionView _view = PredictionView.Empty;
    private PredictionView? _fitted;
    private BakeOff? _result;
    private IReadOnlyList<NamedCurve> _found = [];
    private IReadOnlyList<NamedCurve> _imported = [];
    private IReadOnlyList<SavedFit>? _fits;
    private IReadOnlyList<SpecProblem> _problems = [];
    private CancellationTokenSource _fitting = new();
    private Task _fit = Task.CompletedTask;
    private Stage _stage;
    private double _share;
    private string _text = "";
    private string _name = "";
    private string? _saveProblem;
    private SavedFit? _saved;
    private bool _isSaving;
    private PageUrl _url = null!;

    private enum Stage
    {
        Idle,
        Fitting,
        Cancelled,
        Failed,
    }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IRunFamilies Families { get; set; } = null!;

    [Inject]
    private IImportedCurves Imported { get; set; } = null!;

    [Inject]
    private ILawBench Bench { get; set; } = null!;

    [Inject]
    private ILawFits Fits { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private ILogger<LawPrediction> Logger { get; set; } = null!;

    private bool IsStale => _result is not null && (_stage is Stage.Fitting || !_view.HasFitsOf(_fitted));

    private BakeOffRow? Shown => _result?.Row(_view.Law) is { Fit: not null } asked ? asked : _result?.Chosen;

    private string DefaultName => _result is null || Shown is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{LawNames.TitleOf(Shown.Kind)} on {_result.Train.Count} curves");

    private string Percent => (100 * _share).ToString("0", CultureInfo.InvariantCulture);

    private IReadOnlyList<NamedCurve> Unchosen => [.. _imported.Where(curve => !_view.Train.Contains(curve.Ref) && !_view.Test.Contains(curve.Ref))];

    private string Hint => _stage is Stage.Cancelled ? "Cancelled."
        : IsStale ? "The question has changed; what is shown below answers the one before."
        : _view.Train.Count == 0 ? "Choose at least one training curve." : "";

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _fitting.CancelAsync();
        await _fit;
        await base.DisposeAsync();
        _fitting.Dispose();
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

        _view = PredictionView.FromQuery(query);
        await ReadListsAsync();
        await SearchAsync(_text);
        // The first response does not wait for seconds of fitting.
        if (RendererInfo.IsInteractive && _view is { Train.Count: > 0, IsSound: true })
        {
            Fit();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The laws could not be fitted to {Curves}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string curves);

    private async Task ReadListsAsync()
    {
        _imported = [.. (await Imported.ListAsync(Ended)).Select(curve => new NamedCurve(
            curve.Ref, curve.Name, $"{curve.FileName} · {Format.Count(curve.Steps)} steps · peak {Format.Rate(curve.PeakRate)} · last loss {Format.Loss(curve.LastLoss)}"))];
        _fits = await Fits.ListAsync(Ended);
        foreach (var curve in _imported)
        {
            _names[curve.Ref] = curve;
        }

        foreach (var curve in _view.Train.Concat(_view.Test).Where(curve => curve.Origin == CurveOrigin.Run && !_names.ContainsKey(curve)))
        {
            if (await Queries.FindAsync(curve.Id, Ended) is { } detail)
            {
                Name(detail.Run);
            }
        }
    }

    private NamedCurve Name(RunRow row) => _names[new(CurveOrigin.Run, row.Id)] = new(new(CurveOrigin.Run, row.Id), row.Name, $"{row.ScheduleName} · {row.ModelName} · {Format.Count(row.TotalSteps)} steps · {row.Id}");

    private async Task SearchAsync(string? text)
    {
        _text = text ?? "";
        var asked = _text;
        var chosen = _view.Train.Concat(_view.Test).ToHashSet();
        var page = await Queries.ListAsync(new() { Text = asked, Statuses = [RunStatus.Finished], Take = Suggestions + chosen.Count }, Ended);
        if (string.Equals(asked, _text, StringComparison.Ordinal)) // else a later letter has asked for something else
        {
            _found = [.. page.Rows.Select(Name).Where(run => !chosen.Contains(run.Ref)).Take(Suggestions)];
        }
    }

    private async Task AddFamilyAsync(CurveRef run)
    {
        var view = _view;
        foreach (var row in (await Families.ListAsync(run.Id, Ended)).Take(BakeOffRequest.MostCurves - view.Train.Count - view.Test.Count))
        {
            var curve = Name(row).Ref;
            view = view.Train.Contains(curve) || view.Test.Contains(curve) ? view : view.With(curve, false);
        }

        await ChangeAsync(view);
    }

    private async Task<CurveImportOutcome> ImportAsync(CurveImport file)
    {
        var outcome = await Imported.ImportAsync(file, Ended);
        if (outcome.Problems.Count == 0)
        {
            await ReadListsAsync();
            StateHasChanged();
        }

        return outcome;
    }

    private async Task ChangeAsync(PredictionView view)
    {
        _view = view;
        _saved = null;
        _url.Write("/laws/prediction", view.ToQuery());
        await SearchAsync(_text);
    }

    private Task ShowAsync(string law)
    {
        _saved = null;
        _view = _view with { Law = law };
        _url.Write("/laws/prediction", _view.ToQuery());
        return Task.CompletedTask;
    }

    private void Fit()
    {
        var old = _fitting;
        _fitting = new();
        old.Cancel();
        _fit = FitAsync(_fit, _view, _fitting.Token);
        old.Dispose();
    }

    private void Cancel()
    {
        _fitting.Cancel();
        _stage = Stage.Cancelled;
    }

    private async Task FitAsync(Task before, PredictionView view, CancellationToken cancellationToken)
    {
        try
        {
            await before; // it has been cancelled
            (_stage, _share, _problems, _saved) = (Stage.Fitting, 0, [], null);
            StateHasChanged();
            BakeOffRequest request = new(view.Train, view.Test) { SkippedShare = view.SkippedShare ?? 0, WeightDecay = view.WeightDecay };
            var outcome = await Bench.RunAsync(request, new Told(this), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            (_problems, _stage) = (outcome.Problems, Stage.Idle);
            if (outcome.Result is { } result)
            {
                (_result, _fitted) = (result, view);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // whoever cancelled has said what comes instead
        }
        catch (Exception exception)
        {
            LogFailure(Logger, exception, string.Join(',', view.Train.Concat(view.Test)));
            _stage = Stage.Failed;
        }

        StateHasChanged();
    }

    private async Task SaveAsync()
    {
        if (_isSaving || IsStale || _result is not { } result || Shown?.Fit is not { } fit)
        {
            return;
        }

        _isSaving = true;
        try
        {
            var outcome = await Fits.SaveAsync(string.IsNullOrWhiteSpace(_name) ? DefaultName : _name, fit, result.Train, Ended);
            _saveProblem = outcome.Problems.Count == 0 ? null : outcome.Problems[0].Message;
            _saved = outcome.Fit;
            _fits = await Fits.ListAsync(Ended);
        }
        finally
        {
            _isSaving = false;
        }
    }

    private Task SaveTableAsync() => SaveFileAsync("bake-off.csv", "text/csv", BakeOffFile.Write(_result!));

    private Task SaveJsonAsync() => SaveFileAsync($"{LawNames.KeyOf(Shown!.Kind)}.json", "application/json", LawFitJson.Write(Shown.Fit!));

    private async Task SaveFileAsync(string name, string type, string text)
    {
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        await page.InvokeVoidAsync("saveText", name, type, text);
    }

    // Told from the thread that fits.
    private sealed class Told(LawPrediction page) : IProgress<double>
    {
        public void Report(double value) => _ = page.InvokeAsync(() =>
        {
            page._share = value;
            page.StateHasChanged();
        });
    }
}
