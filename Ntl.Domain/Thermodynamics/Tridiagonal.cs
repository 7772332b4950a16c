namespace Ntl.Domain.Thermodynamics;

/// <summary>The symmetric tridiagonal matrix that a Lanczos run leaves, and what its eigenvalues say about the operator.</summary>
/// <remarks>
/// Lanczos 1950, doi:10.6028/jres.045.026; bound of the error by the last component of the eigenvector: Paige 1972, doi:10.1093/imamat/10.3.373.
/// Diagonalized by Jacobi's rotations: for the few dozen rows of a run O(k³) is nothing, and small eigenvalues keep their digits.
/// </remarks>
public sealed class Tridiagonal
{
    private const int MaximumSweeps = 50; // convergence is quadratic; six to ten are usual
    private const double Negligible = 1e-32; // share of the squares off the diagonal: rounding, squared

    /// <summary>Finds the eigenvalues.</summary>
    /// <param name="diagonal">α; k of them, at least one.</param>
    /// <param name="offDiagonal">β; k, at least 0: k − 1 between the rows, and last the norm of what the run did not follow any more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ or are zero, or a value is outside its range or not finite.</exception>
    public Tridiagonal(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        ArgumentOutOfRangeException.ThrowIfZero(diagonal.Length, nameof(diagonal));
        ArgumentOutOfRangeException.ThrowIfNotEqual(offDiagonal.Length, diagonal.Length, nameof(offDiagonal));
        var size = diagonal.Length;
        var (matrix, vectors) = (new double[size, size], new double[size, size]);
        for (var i = 0; i < size; i++)
        {
            matrix[i, i] = Require.Finite(diagonal[i], nameof(diagonal));
            vectors[i, i] = 1;
            var beta = Require.NotNegative(offDiagonal[i], nameof(offDiagonal));
            if (i + 1 < size)
            {
                (matrix[i, i + 1], matrix[i + 1, i]) = (beta, beta);
            }
        }

        Diagonalize(matrix, vectors);
        var remainder = offDiagonal[^1];
        Ritz = [.. Enumerable.Range(0, size)
            .Select(i => new RitzValue(matrix[i, i], vectors[0, i] * vectors[0, i], remainder * Math.Abs(vectors[size - 1, i])))
            .OrderBy(ritz => ritz.Value)];
    }

    /// <summary>The eigenvalues, rising.</summary>
    public IReadOnlyList<RitzValue> Ritz { get; }

    /// <summary>The largest.</summary>
    public RitzValue Largest => Ritz[^1];

    /// <summary>The smallest.</summary>
    public RitzValue Smallest => Ritz[0];

    /// <summary>The starting vector's mean of a function of the operator, <c>vᵀf(A)v</c>, by Gauss quadrature: exact for polynomials of degree below 2k.</summary>
    /// <param name="function">f, finite at every eigenvalue.</param>
    public double Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Ritz.Sum(ritz => ritz.Weight * function(ritz.Value));
    }

    private static void Diagonalize(double[,] matrix, double[,] vectors)
    {
        var size = matrix.GetLength(0);
        for (var sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            var (on, off) = (0.0, 0.0);
            for (var row = 0; row < size; row++)
            {
                on += matrix[row, row] * matrix[row, row];
                for (var column = row + 1; column < size; column++)
                {
                    off += 2 * matrix[row, column] * matrix[row, column];
                }
            }

            if (off <= Negligible * (on + off))
            {
                return;
            }

            for (var row = 0; row < size; row++)
            {
                for (var column = row + 1; column < size; column++)
                {
                    Rotate(matrix, vectors, row, column);
                }
            }
        }

        throw new ArithmeticException($"Not diagonal after {MaximumSweeps} sweeps.");
    }

    // Turns the plane of p and q by the smaller angle that makes their common element zero.
    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
        {
            return;
        }

        var cotangent = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]); // of twice the angle
        var tangent = Math.CopySign(1, cotangent) / (Math.Abs(cotangent) + Math.Sqrt((cotangent * cotangent) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            (matrix[i, p], matrix[i, q]) = (cosine * matrix[i, p] - sine * matrix[i, q], sine * matrix[i, p] + cosine * matrix[i, q]);
            (vectors[i, p], vectors[i, q]) = (cosine * vectors[i, p] - sine * vectors[i, q], sine * vectors[i, p] + cosine * vectors[i, q]);
        }

        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            (matrix[p, i], matrix[q, i]) = (cosine * matrix[p, i] - sine * matrix[q, i], sine * matrix[p, i] + cosine * matrix[q, i]);
        }

        (matrix[p, q], matrix[q, p]) = (0, 0);
    }
}
