namespace Ntl.Domain.Laws;

/// <summary>Fits a law on rows: every grid point's linear parameters by non-negative least squares, the best point, then a polish beside it.</summary>
/// <remarks>Gradient fits of these laws get stuck; a grid cannot. Columns and Gram matrices are formed once, so that a replicate costs only the products with its own losses.</remarks>
internal sealed class GridFit
{
    private readonly TrainingRows _rows;
    private readonly LawShape _shape;
    private readonly double[][] _grid;
    private readonly double[] _exponents;
    private readonly List<Node> _nodes = [];

    public GridFit(TrainingRows rows, LawShape shape, CancellationToken cancellationToken)
        : this(rows, shape, shape.Grid, shape.Exponents, isFinal: false, cancellationToken)
    {
    }

    private GridFit(TrainingRows rows, LawShape shape, double[][] grid, double[] exponents, bool isFinal, CancellationToken cancellationToken)
    {
        (_rows, _shape, _grid, _exponents) = (rows, shape, grid, exponents);
        Dictionary<double[], double[][]> rivers = new(RiverComparer.Instance);
        foreach (var place in Places(grid))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var numbers = Numbers(place);
            var clock = shape.Clock(rows, numbers);
            if (!rivers.TryGetValue(clock, out var columns))
            {
                rivers.Add(clock, columns = Array.ConvertAll(exponents, exponent => FeatureBlock.River(rows, clock, exponent)));
            }

            FeatureBlock block = new(rows, shape.Features(rows, numbers, isFinal), shape.Smoothness);
            _nodes.Add(new(place, numbers, block, columns, Array.ConvertAll(columns, block.Against), Array.ConvertAll(columns, column => FeatureBlock.Dot(column, column))));
        }
    }

    /// <summary>The best law for losses in the rows.</summary>
    public GridResult Best(double[] losses, CancellationToken cancellationToken)
    {
        var found = BestOnGrid(losses, cancellationToken);
        return _shape.IsPolished ? Polish(found.Place, losses, cancellationToken) : found;
    }

    /// <summary>The best law on the grid: what a replicate of the losses is given.</summary>
    public GridResult BestOnGrid(double[] losses, CancellationToken cancellationToken)
    {
        var place = Search(losses, cancellationToken);
        var node = _nodes.First(node => ReferenceEquals(node.Place, place.Indices));
        var linear = node.Block.Solve(node.Rivers[place.Exponent], FeatureBlock.Weighted(_rows, losses));
        var exponent = _exponents[place.Exponent];
        return new(place, node.Numbers, exponent, linear.Misfit, _shape.Make(_rows, node.Numbers, exponent, linear));
    }

    /// <summary>A grid of its own about a fit, for replicates: finer where the fit was polished, the same where it was not.</summary>
    public GridFit Around(GridResult fit, CancellationToken cancellationToken)
    {
        var grid = new double[_grid.Length][];
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = _shape.Polished[i] ? Beside(fit.Numbers[i], Math.Abs(_grid[i][1] - _grid[i][0]) / 2, _shape.NumberReach, _grid[i]) : Window(_grid[i], fit.Place.Indices[i], _shape.NumberReach);
        }

        var exponents = _shape.IsPolished && _exponents.Length > 1
            ? Beside(fit.Exponent, (_exponents[1] - _exponents[0]) / 4, 2 * _shape.ExponentReach, _exponents)
            : Window(_exponents, fit.Place.Exponent, _shape.ExponentReach);
        return new(_rows, _shape, grid, exponents, isFinal: true, cancellationToken);
    }

    private static double[] Window(double[] grid, int place, int reach) => grid[Math.Max(0, place - reach)..Math.Min(grid.Length, place + reach + 1)];

    private static double[] Beside(double value, double step, int reach, double[] within) =>
        [.. Enumerable.Range(-reach, (2 * reach) + 1).Select(i => value + (i * step)).Where(number => number == value || (number >= within[0] && number <= within[^1]))];

    private GridPlace Search(double[] losses, CancellationToken cancellationToken)
    {
        var weighted = FeatureBlock.Weighted(_rows, losses);
        var square = FeatureBlock.Dot(weighted, weighted);
        GridPlace? best = null;
        foreach (var node in _nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moments = node.Block.Against(weighted);
            for (var i = 0; i < _exponents.Length; i++)
            {
                var linear = node.Block.Solve(node.Cross[i], node.Squares[i], FeatureBlock.Dot(node.Rivers[i], weighted), moments, square);
                if (best is null || linear.Misfit < best.Misfit)
                {
                    best = new(node.Place, i, linear.Misfit);
                }
            }
        }

        return best!; // a grid has points
    }

    private GridResult Polish(GridPlace place, double[] losses, CancellationToken cancellationToken)
    {
        var weighted = FeatureBlock.Weighted(_rows, losses);
        var grid = Numbers(place.Indices);
        var free = Enumerable.Range(0, grid.Length).Where(i => _shape.Polished[i]).ToArray();
        // A law whose α is among its numbers has one exponent, which stays.
        double[] exponents = _exponents.Length > 1 ? [_exponents[place.Exponent]] : [];
        double[] start = [.. free.Select(i => grid[i]), .. exponents];
        double[] low = [.. free.Select(i => _grid[i][0]), .. exponents.Select(_ => _exponents[0])];
        double[] high = [.. free.Select(i => _grid[i][^1]), .. exponents.Select(_ => _exponents[^1])];
        double[] spread =
            [.. free.Select(i => (_grid[i][1] - _grid[i][0]) / 2), .. exponents.Select(_ => (_exponents[1] - _exponents[0]) / 2)];

        // Where α alone is free the valley's columns stay, and with them the Gram matrix.
        var (keptClock, keptBlock) = free.Length == 0 ? Columns(grid) : default;
        var best = new Simplex(low, high, point => Evaluate(point).Linear.Misfit).Minimise(start, spread, cancellationToken);
        var (numbers, fit) = Evaluate(best);
        return new(place, numbers, ExponentOf(best), fit.Misfit, _shape.Make(_rows, numbers, ExponentOf(best), fit));

        double ExponentOf(double[] point) => exponents.Length > 0 ? point[^1] : _exponents[0];

        (double[] Numbers, LinearFit Linear) Evaluate(double[] point)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = (double[])grid.Clone();
            for (var k = 0; k < free.Length; k++)
            {
                at[free[k]] = point[k];
            }

            var (clock, block) = keptBlock is null ? Columns(at) : (keptClock, keptBlock);
            return (at, block.Solve(FeatureBlock.River(_rows, clock, ExponentOf(point)), weighted));
        }

        (double[] Clock, FeatureBlock Block) Columns(double[] numbers) =>
            (_shape.Clock(_rows, numbers), new(_rows, _shape.Features(_rows, numbers, isFinal: true), _shape.Smoothness));
    }

    private double[] Numbers(int[] place) => [.. place.Select((index, i) => _grid[i][index])];

    private static IEnumerable<int[]> Places(double[][] grid)
    {
        var place = new int[grid.Length];
        while (true)
        {
            yield return (int[])place.Clone();
            var i = 0;
            while (i < place.Length && ++place[i] == grid[i].Length)
            {
                place[i++] = 0;
            }

            if (i == place.Length)
            {
                yield break;
            }
        }
    }

    private sealed record Node(int[] Place, double[] Numbers, FeatureBlock Block, double[][] Rivers, double[][] Cross, double[] Squares);

    // Shapes that do not bend the clock share one column of times, and so the river's columns.
    private sealed class RiverComparer : IEqualityComparer<double[]>
    {
        public static RiverComparer Instance { get; } = new();

        public bool Equals(double[]? x, double[]? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.AsSpan().SequenceEqual(y));

        public int GetHashCode(double[] obj) => HashCode.Combine(obj.Length, obj[0], obj[^1]);
    }
}
