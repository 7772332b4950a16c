using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>Finds the outer eigenvalues of H or of P^½HP^½, and their whole density, from Hessian products.</summary>
/// <remarks>
/// Lanczos 1950, doi:10.6028/jres.045.026, with full reorthogonalization, each step twice (Giraud et al. 2005, doi:10.1007/s00211-005-0615-4). The basis holds k vectors of the
/// length of the arena while it runs. All in 32 bits: eigenvalues are right to some 1e-6 of the largest, whatever the bound says.
/// </remarks>
public static class LanczosProbe
{
    private const double Rounding = 1e-6; // below this part of the operator's norm a remainder is 32-bit noise

    /// <summary>One run, from random signs.</summary>
    /// <param name="hessian">Of the loss on a fixed batch.</param>
    /// <param name="diagonal">P, above 0, for P^½HP^½: (P) or (1); null for H.</param>
    /// <param name="iterations">k, products to make; at least 1. 16–32 find the largest eigenvalue.</param>
    /// <param name="seed">Of the signs.</param>
    /// <exception cref="ArgumentOutOfRangeException">No product is asked for, or the curvature is not finite.</exception>
    public static Tridiagonal Measure(HessianProduct hessian, Tensor? diagonal, int iterations, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        using var random = new Generator(seed);
        return Run(hessian, diagonal, iterations, random);
    }

    /// <summary>The density of eigenvalues, from several runs.</summary>
    /// <param name="hessian">Of the loss on a fixed batch.</param>
    /// <param name="diagonal">P, above 0, for P^½HP^½: (P) or (1); null for H.</param>
    /// <param name="iterations">k of each run; at least 1.</param>
    /// <param name="draws">Runs; at least 1, and 2 for standard errors.</param>
    /// <param name="seed">Of the signs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is not positive, or the curvature is not finite.</exception>
    public static SpectralDensity MeasureSpectrum(HessianProduct hessian, Tensor? diagonal, int iterations, int draws, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        using var random = new Generator(seed);
        return new SpectralDensity(hessian.Count, [.. Enumerable.Range(0, draws).Select(_ => Run(hessian, diagonal, iterations, random))]);
    }

    private static Tridiagonal Run(HessianProduct hessian, Tensor? diagonal, int iterations, Generator random)
    {
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var root = diagonal?.sqrt();
        var length = (int)Math.Min(iterations, hessian.Count);
        var basis = zeros(length, hessian.Count, dtype: ScalarType.Float32, device: hessian.Device);
        basis.select(0, 0).copy_(FlatVector.Signs(hessian.Count, hessian.Device, random).Scale(1 / Math.Sqrt(hessian.Count)));
        var (on, off) = (new List<double>(), new List<double>());
        for (var step = 0; ; step++)
        {
            using var stepScope = NewDisposeScope();
            var vector = basis.select(0, step);
            var image = root is null ? hessian.Times(vector) : hessian.Times(vector * root).mul_(root);
            on.Add(image.dot(vector).item<float>());
            var known = basis.narrow(0, 0, step + 1);
            for (var pass = 0; pass < 2; pass++)
            {
                image.sub_(known.t().mv(known.mv(image)));
            }

            off.Add(image.norm().item<float>());
            var scale = on.Zip(off, (a, b) => Math.Abs(a) + b).Max();
            if (step + 1 == length || off[^1] <= Rounding * scale)
            {
                return new Tridiagonal([.. on], [.. off]);
            }

            basis.select(0, step + 1).copy_(image.Scale(1 / off[^1]));
        }
    }
}
