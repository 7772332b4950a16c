using System.Runtime.CompilerServices;
using Ntl.Domain.Comparison;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;

namespace Ntl.Web.Comparison;

/// <summary>Makes a comparison's charts: reads each metric of all its runs at once, and puts them together as the view says.</summary>
public sealed class ComparisonDrawing
{
    /// <summary>Points of all lines of a chart together, unless the fewest of each line are more; a single line has at most 1,000.</summary>
    public const int PointsOfAChart = 24_000;

    private const int MostOfALine = 1000;
    private const int FewestOfALine = 100;

    private readonly IComparisons _comparisons;
    private readonly ComparisonView _view;
    private readonly IReadOnlyList<ComparisonLine> _lines;
    private readonly IReadOnlyList<ComparedRun> _baseline;
    private readonly string? _baselineLabel;

    public ComparisonDrawing(IComparisons comparisons, ComparisonSet set, ComparisonView view)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(view);
        (_comparisons, Set, _view) = (comparisons, set, view);
        Fields = set.Fields;
        _lines = ComparisonLines.Of(set, Fields, view);
        var line = _lines.FirstOrDefault(own => string.Equals(own.Id, view.Base, StringComparison.Ordinal));
        _baseline = line?.Runs ?? [.. set.Runs.Where(run => string.Equals(run.Id.Value, view.Base, StringComparison.Ordinal))];
        _baselineLabel = line?.Label ?? (_baseline is [var only, ..] ? only.Row.Name : null);
    }

    public ComparisonSet Set { get; }

    public ComparisonFields Fields { get; }

    public IReadOnlyList<ComparisonLine> Lines => _lines;

    public IReadOnlyList<ComparisonPanel> Panels => ComparisonPanel.Of(Set, _view, _lines);

    /// <summary>The charts in order, each as soon as it is made; the next is read meanwhile.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="lines">Only the lines with these ids; null for all.</param>
    /// <param name="isWhole">Whether no point is left out.</param>
    public async IAsyncEnumerable<DrawnPanel> DrawAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken, IReadOnlySet<string>? lines = null, bool isWhole = false)
    {
        List<ComparisonLine> wanted = [.. _lines.Where(line => lines is null || lines.Contains(line.Id))];
        var placing = RunPlacing.NeededFor(_view) is { } needed
            ? await _comparisons.ReadAsync([.. wanted.SelectMany(line => line.RunIds).Concat(_baseline.Select(run => run.Id)).Distinct()], needed, cancellationToken)
            : new Dictionary<RunId, RunPoints>();
        var place = new RunPlacing(_view, placing);
        Queue<Task<DrawnPanel>> ahead = new();
        foreach (var panel in Panels)
        {
            ahead.Enqueue(Task.Run(() => DrawAsync(panel, wanted, place, isWhole, cancellationToken), cancellationToken));
            if (ahead.Count > 1)
            {
                yield return await ahead.Dequeue();
            }
        }

        while (ahead.Count > 0)
        {
            yield return await ahead.Dequeue();
        }
    }

    /// <summary>Each run's last smoothed training loss, smoothed as strongly as the charts are; over steps and all points.</summary>
    public async Task<IReadOnlyDictionary<RunId, double>> ReadSmoothedLossAsync(CancellationToken cancellationToken)
    {
        var key = MetricKeys.TrainLoss.Value;
        var points = await _comparisons.ReadAsync([.. Set.Runs.Select(run => run.Id)], key, cancellationToken);
        var placing = new RunPlacing(new() { Smoothing = _view.Smoothing }, new Dictionary<RunId, RunPoints>());
        return await Task.Run(
            () => Set.Runs.Where(run => points.ContainsKey(run.Id)).ToDictionary(
                run => run.Id,
                run => placing.Place(run, key, isSmoothed: true, points[run.Id]).Smoothed.Y is [.., var last] ? last : double.NaN),
            cancellationToken);
    }

    private async Task<DrawnPanel> DrawAsync(ComparisonPanel panel, List<ComparisonLine> wanted, RunPlacing placing, bool isWhole, CancellationToken cancellationToken)
    {
        List<ComparisonLine> lines = [.. wanted.Where(line => panel.Facet is null || string.Equals(line.Panel, panel.Facet, StringComparison.Ordinal))];
        List<ComparedRun> runs = [.. lines.SelectMany(line => line.Runs).Concat(_baseline).DistinctBy(run => run.Id)];
        var points = await _comparisons.ReadAsync([.. runs.Select(run => run.Id)], panel.Key, cancellationToken);
        var placed = runs.AsParallel().WithCancellation(cancellationToken)
            .Select(run => (run.Id, Placed: placing.Place(run, panel.Key, panel.IsSmoothed, points.GetValueOrDefault(run.Id, RunPoints.Empty))))
            .ToDictionary(own => own.Id, own => own.Placed);
        var isSmoothed = panel.IsSmoothed && _view.Smoothing > 0;
        var most = isWhole ? int.MaxValue : Math.Clamp(PointsOfAChart / Math.Max(1, lines.Count), FewestOfALine, MostOfALine);
        var assembly = new LineAssembly(_view, Baseline(panel, placed, isSmoothed), isSmoothed, most);
        var drawn = lines.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(line => assembly.Assemble(line, [.. Counted(panel, line.Runs).Select(run => placed[run.Id])])).ToList();
        var leftOut = lines.Sum(line => line.Runs.Count - Counted(panel, line.Runs).Count);
        return new(panel, drawn.ConvertAll(own => own.Curve), Note(isSmoothed, drawn.ConvertAll(own => own.Grid), leftOut));
    }

    // A group's loss is the mean of the runs that have one, as in the table; a group without any is drawn as it went.
    private static IReadOnlyList<ComparedRun> Counted(ComparisonPanel panel, IReadOnlyList<ComparedRun> runs) =>
        panel.IsLoss && runs.Any(run => !run.Row.Diverged) ? [.. runs.Where(run => !run.Row.Diverged)] : runs;

    // Smoothed with smoothed and measured with measured are compared.
    private PlacedRun? Baseline(ComparisonPanel panel, Dictionary<RunId, PlacedRun> placed, bool isSmoothed)
    {
        if (_baseline.Count == 0)
        {
            return null;
        }

        List<PlacedRun> runs = [.. Counted(panel, _baseline).Select(run => placed[run.Id])];
        if (runs is [var only])
        {
            return only;
        }

        var raw = MeanOf([.. runs.Select(run => run.Raw)]);
        return new([], raw, isSmoothed ? MeanOf([.. runs.Select(run => run.Smoothed)]) : raw);
    }

    private static ComparedCurve MeanOf(IReadOnlyList<ComparedCurve> runs)
    {
        var group = GroupCurve.Of(runs, BandKind.None);
        return new([.. group.Grid.X], [.. group.Mean]);
    }

    private string Note(bool isSmoothed, List<CurveGrid?> grids, int leftOut)
    {
        List<string> parts = [];
        if (_view.IsGrouped)
        {
            parts.Add(BandNames.Describe(_view.Drawn) + (isSmoothed ? ", of runs smoothed one by one" : ""));
            var differing = grids.OfType<CurveGrid>().Where(grid => !grid.IsExact).ToList();
            var stride = differing.Select(grid => grid.Stride).DefaultIfEmpty(1).Max();
            parts.Add(differing.Count == 0 ? "exact: nothing is interpolated"
                : "the runs' places differ: straight lines between a run's own points, nothing beyond its ends" + (stride > 1 ? $", one of {stride} places taken" : ""));
        }

        if (leftOut > 0)
        {
            parts.Add(leftOut == 1
                ? "1 run that diverged or exploded is left out of the means; ungroup to see it"
                : FormattableString.Invariant($"{leftOut} runs that diverged or exploded are left out of the means; ungroup to see them"));
        }

        if (_view.Base is not null)
        {
            parts.Add(_baselineLabel is null ? "The baseline is none of these runs: values are shown" : $"Difference to {_baselineLabel}, a straight line between its points" + (_view.IsGrouped ? "; the band is the group's own" : ""));
        }

        if (_view.XMetric is not null)
        {
            parts.Add("only steps at which both metrics were measured");
        }

        return string.Join(". ", parts.Select(part => char.ToUpperInvariant(part[0]) + part[1..])) + (parts.Count > 0 ? "." : "");
    }
}
