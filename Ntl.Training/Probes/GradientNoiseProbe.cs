using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>
/// Measures the noise of a step's gradient from the parts that it is the sum of: the micro-batches of gradient accumulation, or two
/// half-batches. It keeps the sum of their squares and the sum of those seen last, two arrays of the arena's length; no backward pass is its own.
/// </summary>
/// <remarks>
/// Unbiased for equal and independent parts. Liu et al. 2025, arXiv:2505.10559; McCandlish et al. 2018, arXiv:1812.06162, appendix A.1.
/// For a sign rule each σ_i is needed and not its square; it is taken from the sample deviation, unbiased where the parts are normal.
/// </remarks>
public sealed class GradientNoiseProbe : IDisposable
{
    private readonly IReadOnlyList<ParameterGroup> _groups;
    private readonly Tensor _squares;
    private readonly Tensor _seen;

    /// <summary>A probe without parts.</summary>
    /// <param name="groups">What is measured together.</param>
    /// <param name="count">P, elements of the flat gradient.</param>
    /// <param name="device">Where the gradient is; the CPU if null.</param>
    public GradientNoiseProbe(IReadOnlyList<ParameterGroup> groups, long count, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _groups = groups;
        _squares = zeros(count, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        _seen = zeros(count, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
    }

    /// <summary>Forgets all parts; before the first part of a step.</summary>
    public void Clear()
    {
        using var scope = NewDisposeScope(); // each call makes a second handle
        _squares.zero_();
        _seen.zero_();
    }

    /// <summary>Adds a part, told by the sum that it has gone into: a few operations on whole arrays, where the parameters one by one would be hundreds.</summary>
    /// <param name="sum">(P), 32-bit, the sum of all parts so far; the part is what was added to it since the last call.</param>
    public void AddTo(Tensor sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var part = sum - _seen;
        _squares.AddProduct(part, part, 1);
        _seen.copy_(sum);
    }

    /// <summary>Adds a part, or one parameter of it.</summary>
    /// <param name="part">The gradient of one part, as it is added to the step's; any shape.</param>
    /// <param name="offset">Where its first element lies in the flat gradient.</param>
    public void Add(Tensor part, long offset)
    {
        ArgumentNullException.ThrowIfNull(part);
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var flat = part.reshape(-1).to(ScalarType.Float32);
        _squares.narrow(0, offset, flat.shape[0]).AddProduct(flat, flat, 1);
    }

    /// <summary>The noise of the step's gradient, group by group.</summary>
    /// <param name="gradient">(P), the sum of the parts since <see cref="Clear"/>.</param>
    /// <param name="parts">K, how many there were; at least 2.</param>
    /// <param name="preconditioner">Of the same step, after its update.</param>
    /// <param name="gradientScale">What the optimizer multiplied the gradient with: 1, or less where it was clipped.</param>
    /// <exception cref="ArgumentOutOfRangeException">There were fewer than two parts, or the gradient is not finite.</exception>
    public IReadOnlyList<GradientNoise> Measure(Tensor gradient, int parts, Preconditioner preconditioner, double gradientScale)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(preconditioner);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 2);
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var weighted = preconditioner.Diagonal is { } diagonal ? gradient * diagonal : null;
        var sums = FlatVector.GroupSums(_groups, Sums); // (groups, 4)
        return [.. _groups.Select((group, i) => Noise(group.Count, sums[i]))];

        // Products of parts, not parts of products: nothing of a part's length is made but for a sign rule.
        Tensor[] Sums(long start, long count)
        {
            var (part, squares) = (gradient.narrow(0, start, count), _squares.narrow(0, start, count));
            if (weighted is not null)
            {
                var weight = preconditioner.Diagonal!;
                var partWeighted = weight.shape[0] == 1 ? (squares.sum() * weight).view([]) : squares.dot(weight.narrow(0, start, count));
                return [squares.sum(), part.dot(part), partWeighted, part.dot(weighted.narrow(0, start, count))];
            }

            // Rounding may leave less than nothing where all parts are equal.
            var deviations = (squares.Times(parts) - part.Squared()).AtLeast(0).sqrt().sum();
            return [squares.sum(), part.dot(part), deviations, deviations];
        }

        GradientNoise Noise(long count, double[] sum)
        {
            var scale = gradientScale * gradientScale;
            var (trace, square) = (scale * GradientNoise.TraceOf(parts, sum[0], sum[1]), scale * sum[1]);
            if (preconditioner.Diagonal is not null)
            {
                return new(count, trace, scale * GradientNoise.TraceOf(parts, sum[2], sum[3]), square, scale * sum[3]);
            }

            var deviations = gradientScale * sum[2] / (Math.Sqrt(parts - 1) * GradientNoise.DeviationBias(parts));
            return new(count, trace, 4 * preconditioner.LossPerDeviation * deviations, square, double.NaN);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _squares.Dispose();
        _seen.Dispose();
    }
}
