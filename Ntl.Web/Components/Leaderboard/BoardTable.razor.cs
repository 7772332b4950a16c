using Microsoft.AspNetCore.Components;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Runs;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>The board's rows: groups of tied entries, every seed of each on a common axis.</summary>
public sealed partial class BoardTable
{
    private const int PageSize = 100;

    // From the lowest loss, in distances from there to the field's median.
    private const double FieldWidths = 2.5;

    private readonly HashSet<string> _firsts = new(StringComparer.Ordinal);
    private TrackBoard? _read;
    private Interval _axis;
    private bool _hasLosses;
    private int _shown = PageSize;

    [Parameter, EditorRequired]
    public TrackBoard Board { get; set; } = null!;

    private IEnumerable<EntryStanding> Shown => Board.Standings.Take(_shown);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_read, Board))
        {
            return;
        }

        _read = Board;
        // One entry far off would press all others into a line: what is far above the field's better part stands at the axis' end.
        var losses = Board.Standings.Take(PageSize).SelectMany(LossesOf).Order().ToList();
        var (low, high) = losses.Count == 0 ? (0.0, 1.0) : (losses[0], Math.Min(losses[^1], losses[0] + (FieldWidths * (losses[losses.Count / 2] - losses[0]))));
        _hasLosses = losses.Count > 0;
        var margin = Math.Max(high - low, 1e-6) * 0.04;
        _axis = new(low - margin, high + margin);
        _firsts.Clear();
        _firsts.UnionWith(Board.Standings.GroupBy(standing => (standing.Row.State, standing.Row.Rank)).Skip(1).Select(group => group.First().Entry.Id));
    }

    private static double Spread(BoardRow row) => row.StandardDeviation;

    private static IReadOnlyList<double> LossesOf(EntryStanding standing) =>
        [.. standing.Losses];

    private string Progress(EntryStanding standing)
    {
        var running = standing.Runs.Where(run => run.Status is RunStatus.Running or RunStatus.Starting).ToList();
        var done = standing.Runs.Where(run => !run.Status.IsFinal()).Sum(run => run.StepsDone) / (double)(standing.OpenCount * Board.Track.Spec.Steps);
        return FormattableString.Invariant($"{standing.OpenCount} runs to come, {running.Count} training now, {done:P0} of their steps done");
    }
}
