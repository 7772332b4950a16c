using Microsoft.AspNetCore.Components;
using Ntl.Web.Components.Layout;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Pages;

/// <summary>A track's board, which moves while its runs run.</summary>
public sealed partial class TrackOverview
{
    private TrackBoard? _board;
    private bool _isMissing;
    private bool _byTokens;
    private string? _rules;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ITrackBoards Boards { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    private string RulesQuery => _rules is null ? "" : $"?rules={Uri.EscapeDataString(_rules)}";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _url = new(Navigation);
        Follow(FollowAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is { } query)
        {
            _byTokens = string.Equals(query("by"), "tokens", StringComparison.Ordinal);
            _rules = query("rules");
            _board = await Boards.ReadAsync(Id, _rules, Ended);
            _isMissing = _board is null;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var board in Boards.WatchAsync(Id, null, cancellationToken))
        {
            // Other rules than the track's own are read beside the shared board, when it moves.
            _board = _rules is null ? board : await Boards.ReadAsync(Id, _rules, cancellationToken);
            StateHasChanged();
        }
    }

    private async Task ReadByAsync(string rules)
    {
        _rules = rules;
        WriteUrl();
        _board = await Boards.ReadAsync(Id, rules, Ended);
    }

    private void Show(bool byTokens)
    {
        _byTokens = byTokens;
        WriteUrl();
    }

    private void WriteUrl() => _url.Write(
        $"/tracks/{Id}",
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["by"] = _byTokens ? "tokens" : null, ["rules"] = _rules }.Where(pair => pair.Value is not null));

    private static string Pressed(bool isPressed) => isPressed ? "true" : "false";
}
