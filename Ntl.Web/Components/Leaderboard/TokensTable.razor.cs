using Microsoft.AspNetCore.Components;
using Ntl.Domain.Leaderboard;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>The board by the tokens that entries need to reach the track's target loss.</summary>
public sealed partial class TokensTable
{
    private IReadOnlyList<TokensRow> _rows = [];

    [Parameter, EditorRequired]
    public TrackBoard Board { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _rows = TokensBoard.Of(Board.Rules, Board.Results);

    private static string Interval(TokensRow row) =>
        double.IsFinite(row.Interval.Low) ? $"{BoardWords.Tokens(row.Interval.Low)} … {BoardWords.Tokens(row.Interval.High)}" : "–";

    private static string Coverage(TokensRow row) => $"Holds the median at least {Format.Percent(row.Coverage)} of the time, whatever the distribution";
}
