namespace Ntl.Domain.Laws;

/// <summary>The columns of a fit that are linear but for the river: a one, and what a valley of a given shape holds in each row. Its Gram matrix is formed once.</summary>
internal sealed class FeatureBlock
{
    private readonly TrainingRows _rows;
    private readonly double[][] _columns; // weighted

    /// <summary>Weighs the columns and forms their products.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="features">A column for each linear parameter of the valley, unweighted.</param>
    /// <param name="smoothness">λ of <c>λ²Σ(Cⱼ₊₁ − Cⱼ)²</c>, added to the misfit.</param>
    public FeatureBlock(TrainingRows rows, double[][] features, double smoothness)
    {
        _rows = rows;
        _columns = [rows.Weights, .. features.Select(feature => Weighted(rows, feature))];
        var n = _columns.Length;
        Gram = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Gram[i, j] = Gram[j, i] = Dot(_columns[i], _columns[j]);
            }
        }

        for (var j = 1; j + 1 < n; j++)
        {
            var stiffness = smoothness * smoothness;
            Gram[j, j] += stiffness;
            Gram[j + 1, j + 1] += stiffness;
            Gram[j, j + 1] -= stiffness;
            Gram[j + 1, j] -= stiffness;
        }
    }

    public double[,] Gram { get; }

    public int Size => _columns.Length;

    /// <summary>Each column's product with a weighted column.</summary>
    public double[] Against(double[] weighted) => Array.ConvertAll(_columns, column => Dot(column, weighted));

    /// <summary>The best coefficients with a river column, and the misfit.</summary>
    /// <param name="river">The river's weighted column.</param>
    /// <param name="losses">Weighted losses.</param>
    public LinearFit Solve(double[] river, double[] losses) => Solve(Against(river), Dot(river, river), Dot(river, losses), Against(losses), Dot(losses, losses));

    /// <summary>The same from products formed before.</summary>
    public LinearFit Solve(double[] cross, double riverSquare, double riverMoment, double[] moments, double lossSquare)
    {
        var n = Size + 1;
        var gram = new double[n, n];
        var target = new double[n];
        (gram[0, 0], target[0]) = (riverSquare, riverMoment);
        for (var i = 1; i < n; i++)
        {
            gram[0, i] = gram[i, 0] = cross[i - 1];
            target[i] = moments[i - 1];
            for (var j = 1; j < n; j++)
            {
                gram[i, j] = Gram[i - 1, j - 1];
            }
        }

        var coefficients = NonNegativeLeastSquares.Solve(gram, target);
        var misfit = lossSquare;
        for (var i = 0; i < n; i++)
        {
            misfit -= 2 * target[i] * coefficients[i];
            for (var j = 0; j < n; j++)
            {
                misfit += gram[i, j] * coefficients[i] * coefficients[j];
            }
        }

        return new(Math.Max(0, misfit), coefficients[0], coefficients[1], coefficients[2..]);
    }

    /// <summary>The weighted column <c>R^−α</c>.</summary>
    public static double[] River(TrainingRows rows, double[] clock, double exponent)
    {
        var column = new double[rows.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = rows.Weights[i] * Math.Pow(clock[i], -exponent);
        }

        return column;
    }

    public static double[] Weighted(TrainingRows rows, double[] column)
    {
        var weighted = new double[column.Length];
        for (var i = 0; i < weighted.Length; i++)
        {
            weighted[i] = rows.Weights[i] * column[i];
        }

        return weighted;
    }

    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
