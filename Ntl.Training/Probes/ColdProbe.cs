using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>
/// Keeps a running mean of the weights and measures how much lower the loss is there: the heat of the valley. The mean is one array of the arena's length and
/// no second model: to measure at it, weights and mean change places piece by piece, and change back to the bit.
/// </summary>
/// <remarks>
/// Liu et al. 2025, arXiv:2505.10559, for the heat; the mean is that of Polyak &amp; Juditsky 1992, doi:10.1137/0330046, with a horizon. It sees directions with
/// hηκ ≫ 1 only, and lags the river by h steps, which costs c'(y)·hη: a lower bound of the thermal loss on both counts.
/// </remarks>
public sealed class ColdProbe : IDisposable
{
    private readonly Tensor _weights;
    private readonly Tensor _mean;
    private readonly Action? _weightsChanged;

    /// <summary>A probe whose mean is the weights of now.</summary>
    /// <param name="weights">θ, flat (P), 32-bit; the tensor that training changes.</param>
    /// <param name="horizon">h, steps over which the mean forgets; at least 1. Until then it is the plain mean since the start.</param>
    /// <param name="weightsChanged">Called after the weights changed places, such as to cast their bfloat16 copy anew.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is below 1 or not finite.</exception>
    public ColdProbe(Tensor weights, double horizon, Action? weightsChanged = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizon, double.MaxValue);
        (_weights, _weightsChanged, Horizon) = (weights, weightsChanged, horizon);
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        _mean = weights.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>h; steps.</summary>
    public double Horizon { get; }

    /// <summary>θ̄, flat (P). With <see cref="StepCount"/> all there is to keep: a probe given both goes on to the bit.</summary>
    public Tensor Mean => _mean;

    /// <summary>Steps in the mean so far, the start included; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set below 1.</exception>
    public long StepCount
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>The part that the weights taken in last have in the mean; above 0, at most 1.</summary>
    public double Share => Math.Max(1 / Horizon, 1.0 / StepCount);

    /// <summary>The mean by name, for checkpoints: read back in place, with <see cref="StepCount"/> set, the probe goes on as it would have, to the bit.</summary>
    public IReadOnlyList<(string Name, Tensor State)> States => [("mean", _mean)];

    /// <summary>Begins anew at the weights of now.</summary>
    public void Restart()
    {
        StepCount = 1;
        InPieces((weights, mean) => mean.copy_(weights));
    }

    /// <summary>Takes the weights of now into the mean; once after each step.</summary>
    public void Observe()
    {
        StepCount++;
        var share = Share;

        // By the difference: θ̄(1 − 1/h) + θ/h would shrink a mean of 3000 steps by the rounding of its factor.
        InPieces((weights, mean) => mean.Add(weights - mean, share));
    }

    /// <summary>The loss at the mean, θ̄; the weights are as they were afterwards, also when measuring fails.</summary>
    /// <typeparam name="T">What measuring gives.</typeparam>
    /// <param name="measure">Measures with the weights that it finds; must not change them.</param>
    /// <returns>What <paramref name="measure"/> returned: L(θ̄), to be taken from L(θ) on the same data for L_th.</returns>
    public T AtMean<T>(Func<T> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        Exchange();
        try
        {
            return measure();
        }
        finally
        {
            Exchange();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _mean.Dispose();

    /// <summary>What is measured beyond the mean, at θ̄ + r(θ̄ − from); weights and mean are as they were afterwards.</summary>
    internal T AtMeanBeyond<T>(Tensor from, double part, Func<T> measure) => AtMean(() =>
    {
        Tensor mean;
        using (no_grad())
        using (NewDisposeScope())
        {
            mean = _weights.clone().DetachFromDisposeScope();
            _weights.Add(mean - from, part);
        }

        try
        {
            _weightsChanged?.Invoke();
            return measure();
        }
        finally
        {
            using var withoutGraph = no_grad();
            _weights.copy_(mean);
            mean.Dispose();
        }
    });

    private void Exchange()
    {
        InPieces((weights, mean) =>
        {
            var kept = weights.clone();
            weights.copy_(mean);
            mean.copy_(kept);
        });
        _weightsChanged?.Invoke();
    }

    private void InPieces(Action<Tensor, Tensor> change)
    {
        using var withoutGraph = no_grad();
        foreach (var (start, count) in FlatVector.Pieces(_weights.shape[0]))
        {
            using var scope = NewDisposeScope();
            change(_weights.narrow(0, start, count), _mean.narrow(0, start, count));
        }
    }
}
