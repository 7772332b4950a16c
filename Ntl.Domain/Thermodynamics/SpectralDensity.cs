namespace Ntl.Domain.Thermodynamics;

/// <summary>The spectrum of a curvature, from Lanczos runs that start at random signs (stochastic Lanczos quadrature).</summary>
/// <remarks>
/// Ubaru, Chen &amp; Saad 2017, doi:10.1137/16M1104974; on networks Ghorbani et al. 2019, arXiv:1901.10159. Sums over the n eigenvalues come with a
/// standard error from the spread of the runs; a kink of the function, as at a threshold, adds an error of its own that falls with the length of the runs.
/// </remarks>
public sealed class SpectralDensity
{
    private readonly long _dimension;
    private readonly IReadOnlyList<Tridiagonal> _runs;

    /// <summary>The spectrum that runs have seen.</summary>
    /// <param name="dimension">n, the operator's dimension; above 0.</param>
    /// <param name="runs">At least one; independent starting vectors.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no run, or the dimension is not positive.</exception>
    public SpectralDensity(long dimension, IReadOnlyList<Tridiagonal> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count, nameof(runs));
        (_dimension, _runs) = (dimension, runs);
    }

    /// <summary>The largest eigenvalue that any run has seen.</summary>
    public RitzValue Largest => _runs.Select(run => run.Largest).MaxBy(ritz => ritz.Value);

    /// <summary>The smallest eigenvalue that any run has seen.</summary>
    public RitzValue Smallest => _runs.Select(run => run.Smallest).MinBy(ritz => ritz.Value);

    /// <summary>Σ f(λᵢ) over all n eigenvalues.</summary>
    /// <param name="function">f, finite at every eigenvalue.</param>
    public Estimate Sum(Func<double, double> function) => Estimate.Of([.. _runs.Select(run => _dimension * run.Mean(function))]);

    /// <summary>How many eigenvalues are above a threshold: the directions that had time to warm up, for 1/(ηn) after n steps.</summary>
    /// <param name="threshold">In the unit of the eigenvalues.</param>
    public Estimate CountAbove(double threshold) => Sum(value => value > threshold ? 1 : 0);

    /// <summary>ln det⁺, the sum of ln λ over the eigenvalues above a threshold, for the entropy of <see cref="Entropy.OfValley"/>; nats.</summary>
    /// <param name="threshold">Above 0: what is below it counts as flat.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not positive.</exception>
    public Estimate LogDeterminant(double threshold)
    {
        Require.Positive(threshold);
        return Sum(value => value > threshold ? Math.Log(value) : 0);
    }

    /// <summary>Share of eigenvalues per unit at a place, smoothed by a normal curve; its integral is 1.</summary>
    /// <param name="place">λ.</param>
    /// <param name="width">Standard deviation of the curve; above 0, in the unit of the eigenvalues.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    public double At(double place, double width)
    {
        Require.Positive(width);
        return _runs.Average(run => run.Mean(value => Math.Exp(-(place - value) * (place - value) / (2 * width * width)))) / (width * Math.Sqrt(2 * Math.PI));
    }
}
