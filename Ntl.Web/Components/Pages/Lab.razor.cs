using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using Ntl.Domain.Claims;
using Ntl.Domain.Laboratory;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Lab;
using Ntl.Web.Components.Layout;

namespace Ntl.Web.Components.Pages;

/// <summary>The river–valley laboratory: a card with its knobs, run by the server on every change; the URL keeps what is not at its default.</summary>
public sealed partial class Lab : IAsyncDisposable
{
    private const int Seeds = 1_000_000;
    private const string CopyLink = "Copy link";

    // Turning is finished when nothing came for this long.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, ClaimVerdict> _verdicts = new(StringComparer.Ordinal);
    private LabBench _bench = null!;
    private PageUrl _url = null!;
    private LabDraft? _draft;
    private ITimer? _quietTimer;
    private string _copyWord = CopyLink;
    private bool _hasLeft;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private LabGate Gate { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<Lab> Logger { get; set; } = null!;

    /// <summary>Which card; none shows the first.</summary>
    [Parameter]
    public string? CardId { get; set; }

    private string Percent => (100 * _bench.Progress).ToString("0", CultureInfo.InvariantCulture);

    private bool IsStale => _bench.IsStale || _draft?.Values is null;

    private string Note => (_draft, _bench.Stage) switch
    {
        ({ Values: null }, _) when _bench.Result is null => "A setting has an error.",
        ({ Values: null }, _) => "A setting has an error. The results below are of the last valid settings.",
        (_, LabStage.Waiting) => "Waiting for other visitors' experiments…",
        (_, LabStage.Running) => _bench.IsLong ? $"Simulating… {Percent} %" : "Simulating…",
        (_, LabStage.Cancelled) => _bench.Result is null ? "Cancelled." : "Cancelled. Below are the numbers from before.",
        (_, LabStage.Failed) => "The experiment broke; the error is in the server's log.",
        _ when _bench.Result is not null && !_bench.IsStale => $"Simulated in {Format.Duration(_bench.Elapsed.TotalSeconds)}.",
        _ => "",
    };

    private string Address => QueryHelpers.AddQueryString($"/lab/{_draft!.Card.Id}", _draft.Changed);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hasLeft = true;
        if (_quietTimer is not null)
        {
            await _quietTimer.DisposeAsync();
        }

        await _bench.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        _bench = new(Gate, Clock, Logger, OnBenchChanged);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_url.ReadNew() is not { } query)
        {
            return;
        }

        var before = _draft?.Card;
        _copyWord = CopyLink;
        _draft = (CardId is null ? LabCards.All[0] : LabCards.Find(CardId)) is { } card ? new(card, query) : null;
        if (_draft?.Card != before)
        {
            _bench.Clear();
        }

        Run();
    }

    private void OnBenchChanged()
    {
        if (_bench is { Result: { } result, Stage: LabStage.Idle })
        {
            _verdicts[_draft!.Card.Id] = LabWords.Overall(result);
        }

        StateHasChanged();
    }

    private void Set(Knob knob, string text)
    {
        _draft!.Set(knob, text);
        Settle();
    }

    private void Reseed()
    {
        _draft!.Reseed(RandomNumberGenerator.GetInt32(Seeds));
        Settle();
    }

    private void Reset()
    {
        _draft = new(_draft!.Card, _ => null);
        Settle();
    }

    // What runs is of no use any more; what comes instead is known when the hand rests.
    private void Settle()
    {
        _copyWord = CopyLink;
        _bench.Invalidate();
        _quietTimer ??= Clock.CreateTimer(_ => _ = InvokeAsync(KeepAndRun), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _quietTimer.Change(s_quiet, Timeout.InfiniteTimeSpan);
    }

    private void KeepAndRun()
    {
        if (!_hasLeft && _draft is not null)
        {
            _url.Write($"/lab/{_draft.Card.Id}", _draft.Changed);
            Run();
        }
    }

    private void Run()
    {
        // The first response does not wait for an experiment, and a crawler needs none.
        if (RendererInfo.IsInteractive && _draft?.Values is { } values)
        {
            _bench.Start(_draft.Card, values);
        }
    }

    private async Task CopyLinkAsync()
    {
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        var isCopied = await page.InvokeAsync<bool>("copyText", Navigation.ToAbsoluteUri(Address).AbsoluteUri);
        _copyWord = isCopied ? "Link copied" : "Copy it from the address bar";
    }
}
