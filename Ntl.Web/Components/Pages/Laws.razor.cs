using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Claims;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Components.Lab;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Thermodynamics;
using Ntl.Web.Queue;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Components.Pages;

/// <summary>Every law as a test of some runs, which the URL names.</summary>
public sealed partial class Laws
{
    private const int MostRuns = 60;
    private const int Suggestions = 6;

    private readonly Dictionary<RunId, string> _rows = [];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _picked = [];
    private IReadOnlyList<RunRow> _found = [];
    private IReadOnlyList<LawTest> _tests = [];
    private CancellationTokenSource _testing = new();
    private Task _test = Task.CompletedTask;
    private string _text = "";
    private Stage _stage;
    private int _read;
    private PageUrl _url = null!;

    private enum Stage
    {
        Idle,
        Reading,
        Failed,
    }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private IRunRecords Records { get; set; } = null!;

    [Inject]
    private LabGate Gate { get; set; } = null!;

    [Inject]
    private ILogger<Laws> Logger { get; set; } = null!;

    private string Percent => (100.0 * _read / Math.Max(1, _picked.Count)).ToString("0", CultureInfo.InvariantCulture);

    private string Sum => string.Create(
        CultureInfo.InvariantCulture,
        $"{_tests.Count} laws, {_tests.Sum(law => law.Findings.Length)} findings: {LawWords.Sum(_tests)}. Intervals are two standard " +
        $"errors.");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _testing.CancelAsync();
        await _test;
        await base.DisposeAsync();
        _testing.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _url = new(Navigation);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _picked = [.. (query("runs") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Take(MostRuns)];
            await ShowAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The laws could not be tested on runs {RunIds}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string runIds);

    private static LawFinding FindingOf(LawTest law, Claim claim) => law.Findings.First(finding => ReferenceEquals(finding.Claim, claim));

    private string NameOf(string id) => RunId.TryParse(id, out var run) && _rows.TryGetValue(run, out var name) ? name : id;

    private async Task PickAsync(IReadOnlyList<string> picked)
    {
        _picked = picked;
        _url.Write("/laws", picked.Count == 0 ? [] : [new("runs", string.Join(',', picked))]);
        await ShowAsync();
    }

    private async Task SearchAsync(string? text)
    {
        _text = text ?? "";
        var asked = _text;
        var page = await Queries.ListAsync(new() { Text = asked, Take = Suggestions + _picked.Count }, Ended);
        if (string.Equals(asked, _text, StringComparison.Ordinal)) // else a later letter has asked for something else
        {
            _found = [.. page.Rows.Where(row => !_picked.Contains(row.Id.Value, StringComparer.Ordinal)).Take(Suggestions)];
            foreach (var row in _found)
            {
                _rows[row.Id] = row.Name;
            }
        }
    }

    private async Task ShowAsync()
    {
        await SearchAsync(_text);
        // The first response does not wait for every point of ten runs.
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        var old = _testing;
        _testing = new();
        await old.CancelAsync();
        _test = TestAsync(_test, _picked, _testing.Token);
        old.Dispose();
    }

    private async Task TestAsync(Task before, IReadOnlyList<string> picked, CancellationToken cancellationToken)
    {
        try
        {
            await before; // it has been cancelled
            (_stage, _read) = (picked.Count == 0 ? Stage.Idle : Stage.Reading, 0);
            _missing.Clear();
            StateHasChanged();
            var tests = await ReadAndTestAsync(picked, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            (_tests, _stage) = (tests, Stage.Idle);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // whoever cancelled has said what comes instead
        }
        catch (Exception exception)
        {
            LogFailure(Logger, exception, string.Join(',', picked));
            (_tests, _stage) = ([], Stage.Failed);
        }

        StateHasChanged();
    }

    private async Task<IReadOnlyList<LawTest>> ReadAndTestAsync(IReadOnlyList<string> picked, CancellationToken cancellationToken)
    {
        if (picked.Count == 0)
        {
            return [];
        }

        using var place = await Gate.EnterAsync(cancellationToken);
        List<RunRecord> runs = [];
        foreach (var id in picked)
        {
            if (RunId.TryParse(id, out var run) && await Records.FindAsync(run, cancellationToken) is { } found)
            {
                runs.Add(found);
                _rows[run] = found.Spec.Name;
            }
            else
            {
                _missing.Add(id);
            }

            _read++;
            StateHasChanged();
        }

        return runs.Count == 0 ? [] : await Task.Run(() => RunLaws.Test(runs), cancellationToken);
    }
}
