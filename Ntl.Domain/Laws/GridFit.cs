namespace Ntl.Domain.Laws;

/// <summary>Fits a law on rows: every grid point's linear parameters by non-negative least squares, the best point, then a polish beside it.</summary>
/// <remarks>Gradient fits of these laws get stuck; a grid cannot. Columns and Gram matrices are formed once, so that a replicate costs only the products with its own losses.</remarks>
internal sealed class GridFit
{
    private readonly TrainingRows _rows;
    private readonly LawShape _shape;
    private readonly List<Node> _nodes = [];

    public GridFit(TrainingRows rows, LawShape shape, CancellationToken cancellationToken)
    {
        (_rows, _shape) = (rows, shape);
        Dictionary<double[], double[][]> rivers = new(RiverComparer.Instance);
        foreach (var place in Places(shape.Grid))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var numbers = Numbers(place);
            var clock = shape.Clock(rows, numbers);
            if (!rivers.TryGetValue(clock, out var columns))
            {
                rivers.Add(clock, columns = Array.ConvertAll(shape.Exponents, exponent => FeatureBlock.River(rows, clock, exponent)));
            }

            FeatureBlock block = new(rows, shape.Features(rows, numbers, isFinal: false), shape.Smoothness);
            _nodes.Add(new(place, numbers, block, columns, Array.ConvertAll(columns, block.Against), Array.ConvertAll(columns, column => FeatureBlock.Dot(column, column))));
        }
    }

    /// <summary>The best law for losses in the rows.</summary>
    public GridResult Best(double[] losses, CancellationToken cancellationToken)
    {
        var found = Search(losses, near: null, cancellationToken);
        return _shape.IsPolished ? Polish(found, losses, cancellationToken) : At(found, losses);
    }

    /// <summary>The best grid point near a fit: what a replicate of the losses is given.</summary>
    public LossLaw Near(GridResult fit, double[] losses, CancellationToken cancellationToken) => At(Search(losses, fit.Place, cancellationToken), losses).Law;

    private GridPlace Search(double[] losses, GridPlace? near, CancellationToken cancellationToken)
    {
        var weighted = FeatureBlock.Weighted(_rows, losses);
        var square = FeatureBlock.Dot(weighted, weighted);
        var last = _shape.Exponents.Length - 1;
        var (from, to) = near is null ? (0, last) : (Math.Max(0, near.Exponent - _shape.Reach), Math.Min(last, near.Exponent + _shape.Reach));
        GridPlace? best = null;
        foreach (var node in _nodes.Where(node => near is null || near.IsNear(node.Place, _shape.Reach)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moments = node.Block.Against(weighted);
            for (var i = from; i <= to; i++)
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

    private GridResult At(GridPlace place, double[] losses)
    {
        var node = _nodes.First(node => ReferenceEquals(node.Place, place.Indices));
        var linear = node.Block.Solve(node.Rivers[place.Exponent], FeatureBlock.Weighted(_rows, losses));
        return new(place, linear.Misfit, _shape.Make(_rows, node.Numbers, _shape.Exponents[place.Exponent], linear));
    }

    private GridResult Polish(GridPlace place, double[] losses, CancellationToken cancellationToken)
    {
        var weighted = FeatureBlock.Weighted(_rows, losses);
        var grid = Numbers(place.Indices);
        var free = Enumerable.Range(0, grid.Length).Where(i => _shape.Polished[i]).ToArray();
        double[] start = [.. free.Select(i => grid[i]), _shape.Exponents[place.Exponent]];
        double[] low = [.. free.Select(i => _shape.Grid[i][0]), _shape.Exponents[0]];
        double[] high = [.. free.Select(i => _shape.Grid[i][^1]), _shape.Exponents[^1]];
        double[] spread = [.. free.Select(i => (_shape.Grid[i][1] - _shape.Grid[i][0]) / 2), (_shape.Exponents[1] - _shape.Exponents[0]) / 2];

        // Where α alone is free the valley's columns stay, and with them the Gram matrix.
        var (keptClock, keptBlock) = free.Length == 0 ? Columns(grid) : default;
        var best = new Simplex(low, high, point => Evaluate(point).Linear.Misfit).Minimise(start, spread, cancellationToken);
        var (numbers, fit) = Evaluate(best);
        return new(place, fit.Misfit, _shape.Make(_rows, numbers, best[^1], fit));

        (double[] Numbers, LinearFit Linear) Evaluate(double[] point)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = (double[])grid.Clone();
            for (var k = 0; k < free.Length; k++)
            {
                at[free[k]] = point[k];
            }

            var (clock, block) = keptBlock is null ? Columns(at) : (keptClock, keptBlock);
            return (at, block.Solve(FeatureBlock.River(_rows, clock, point[^1]), weighted));
        }

        (double[] Clock, FeatureBlock Block) Columns(double[] numbers) =>
            (_shape.Clock(_rows, numbers), new(_rows, _shape.Features(_rows, numbers, isFinal: true), _shape.Smoothness));
    }

    private double[] Numbers(int[] place) => [.. place.Select((index, i) => _shape.Grid[i][index])];

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
