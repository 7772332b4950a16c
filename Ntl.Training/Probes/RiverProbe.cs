using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>
/// Measures the force of the valley's heat along the river, window by window: how the mean of the hot gradients differs from the gradient at the mean of the weights,
/// <c>F_ent·û = −[⟨∇L(θ_t)⟩ − ∇L(⟨θ_t⟩)]·û</c>. Two arrays of the arena's length, besides the mean of a <see cref="ColdProbe"/>.
/// </summary>
/// <remarks>
/// <para>
/// Liu et al. 2025, arXiv:2505.10559, for the force. The direction û is where the running mean moved in the window before, so that the noise of a window's gradients has no part in it. Both means weigh the steps alike:
/// the gradients are averaged with the running mean's own weights, and what that mean still has of earlier windows, (1 − 1/h)^W of it, is taken out of it first: it knows û. W of 2h or more, and a rate that hardly
/// changes in it. The gradients at the mean need a third array while they are computed.
/// </para>
/// <para>
/// The hot mean's error is the larger of two: from the spread of single steps, right for the noise of their batches, which is fresh in each; and from the spread of up to 16 blocks of neighbouring steps, which also sees
/// what changes slowly, as the heat itself, if a block is longer than its 1/(ηλ̃) steps. Where it is not, the error is too small. The horizon holds some 2h steps: a cold gradient over fewer batches of a step's size
/// rules the error.
/// </para>
/// </remarks>
public sealed class RiverProbe : IDisposable
{
    private const int MostBlocks = 16;

    private readonly ColdProbe _cold;
    private readonly Tensor _direction; // û
    private readonly Tensor _anchor; // the mean at the end of the window before
    private double[] _shares;
    private double[] _sums;
    private double _squares;
    private double _shareSquares;
    private bool _hasDirection;
    private long _stepCount;

    /// <summary>A probe whose first window, which finds a direction and measures nothing, begins now.</summary>
    /// <param name="cold">Keeps the mean.</param>
    /// <param name="windowSteps">W; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is shorter than 2 steps.</exception>
    public RiverProbe(ColdProbe cold, long windowSteps)
    {
        ArgumentNullException.ThrowIfNull(cold);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSteps, 2);
        (_cold, WindowSteps) = (cold, windowSteps);
        (_shares, _sums) = (NoBlocks(), NoBlocks());
        using var scope = NewDisposeScope();
        _direction = zeros_like(cold.Mean).DetachFromDisposeScope();
        _anchor = cold.Mean.clone().DetachFromDisposeScope();
    }

    /// <summary>W; steps.</summary>
    public long WindowSteps { get; }

    /// <summary>Whether W steps were observed, so that the window is to be closed.</summary>
    public bool IsWindowFull => _stepCount >= WindowSteps;

    /// <summary>û and the last mean by name, for checkpoints: read back in place, with <see cref="Progress"/> set and the cold probe as it was, the probe goes on to the bit.</summary>
    public IReadOnlyList<(string Name, Tensor State)> States => [("direction", _direction), ("anchor", _anchor)];

    /// <summary>Where the window is.</summary>
    /// <exception cref="ArgumentException">It is set to the progress of a window of another length.</exception>
    public RiverProgress Progress
    {
        get => new(_stepCount, _hasDirection, [.. _shares], [.. _sums], _squares, _shareSquares);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Shares.Count != _shares.Length || value.Sums.Count != _sums.Length || value.StepCount < 0 || value.StepCount > WindowSteps)
            {
                throw new ArgumentException("It is the progress of a window of another length.", nameof(value));
            }

            (_stepCount, _hasDirection, _shares, _sums) = (value.StepCount, value.HasDirection, [.. value.Shares], [.. value.Sums]);
            (_squares, _shareSquares) = (value.Squares, value.ShareSquares);
        }
    }

    /// <summary>Begins anew: the first window, which finds a direction and measures nothing, begins at the mean of now.</summary>
    public void Restart()
    {
        using var withoutGraph = no_grad();
        _hasDirection = false;
        _anchor.copy_(_cold.Mean);
        (_shares, _sums, _squares, _shareSquares, _stepCount) = (NoBlocks(), NoBlocks(), 0, 0, 0);
    }

    /// <summary>Takes a step's gradient into the hot mean; before the cold probe observes the weights that it leads to.</summary>
    /// <param name="gradient">∇L(θ_t) on the step's batch, not clipped, (P), 32-bit; θ_t the weights that the cold probe observed last.</param>
    /// <exception cref="InvalidOperationException">The window is full and was not closed.</exception>
    public void Observe(Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        if (IsWindowFull)
        {
            throw new InvalidOperationException("The window is full: it must be closed first.");
        }

        if (_hasDirection)
        {
            var (share, along) = (_cold.Share, Along(gradient));
            for (var i = 0; i < _shares.Length; i++)
            {
                _shares[i] *= 1 - share;
                _sums[i] *= 1 - share;
            }

            var block = (int)(_stepCount * _shares.Length / WindowSteps);
            _shares[block] += share;
            _sums[block] += share * along;
            _squares += share * ((along * along) - _squares);
            _shareSquares = ((1 - share) * (1 - share) * _shareSquares) + (share * share);
        }

        _stepCount++;
    }

    /// <summary>Measures at the end of a window and begins the next, along the direction in which the mean moved in this one.</summary>
    /// <param name="batches">How many gradients at the mean to ask for; at least 1, and 2 for standard errors.</param>
    /// <param name="gradientOf">The gradient on one of as many batches, by its number, at the weights that it finds: the window's mean. (P), 32-bit; used before the next is asked for.</param>
    /// <returns>F_ent·û and −∇L(θ̄)·û, nats/parameter; null after a window without a direction, which asks for no gradient.</returns>
    /// <exception cref="InvalidOperationException">The window is not full.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No batch is asked for.</exception>
    public (Estimate Force, Estimate Drive)? CloseWindow(int batches, Func<int, Tensor> gradientOf)
    {
        ArgumentNullException.ThrowIfNull(gradientOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        if (!IsWindowFull)
        {
            throw new InvalidOperationException("The window is not full.");
        }

        (Estimate, Estimate)? reading = null;
        if (_hasDirection)
        {
            var (hot, cold) = (HotMean(), Cold(batches, gradientOf));
            reading = (new(cold.Value - hot.Value, double.Hypot(hot.StandardError, cold.StandardError)), cold with { Value = -cold.Value });
        }

        Turn();
        return reading;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _direction.Dispose();
        _anchor.Dispose();
    }

    private double[] NoBlocks() => new double[Math.Min(MostBlocks, WindowSteps)];

    private double Along(Tensor gradient)
    {
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        return gradient.dot(_direction).item<float>();
    }

    // The running mean is (1 − τ) of the window's own and τ of the mean before it, where the shares sum to 1 − τ.
    private Estimate Cold(int batches, Func<int, Tensor> gradientOf) => _cold.AtMeanBeyond(_anchor, (1 / _shares.Sum()) - 1, () => Estimate.Of([.. Enumerable.Range(0, batches).Select(batch =>
    {
        using var scope = NewDisposeScope();
        return Along(gradientOf(batch));
    })]));

    // Blocks are of equal length, so their means are equally wide, whatever their weights in the whole.
    private Estimate HotMean()
    {
        var blocks = _shares.Zip(_sums).Where(block => block.First > 0).Select(block => (Share: block.First, Mean: block.Second / block.First)).ToArray();
        var total = blocks.Sum(block => block.Share);
        var mean = blocks.Sum(block => block.Share * block.Mean) / total;
        var ofBlocks = Estimate.Of([.. blocks.Select(block => block.Mean)]).StandardError * Math.Sqrt(blocks.Length * blocks.Sum(block => block.Share * block.Share)) / total;
        var steps = _shareSquares / (total * total); // 1 over how many steps count
        var ofSteps = Math.Sqrt(Math.Max(0, (_squares / total) - (mean * mean)) * steps / (1 - steps));
        return new(mean, Math.Max(ofBlocks, ofSteps));
    }

    private void Turn()
    {
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var length = _direction.copy_(_cold.Mean).sub_(_anchor).norm().item<float>();
        _hasDirection = length > 0;
        if (_hasDirection)
        {
            _direction.Scale(1.0 / length);
        }

        _anchor.copy_(_cold.Mean);
        (_shares, _sums, _squares, _shareSquares, _stepCount) = (NoBlocks(), NoBlocks(), 0, 0, 0);
    }
}
