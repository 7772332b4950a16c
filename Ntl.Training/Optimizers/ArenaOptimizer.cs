using Ntl.Domain.Runs;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Optimizers;

/// <summary>
/// An update rule over a <see cref="ParameterArena"/>. It walks the flat tensors in pieces that stay in the processor's cache
/// through all operations of one piece; the numbers do not depend on the pieces.
/// </summary>
public abstract class ArenaOptimizer : IDisposable
{
    private const long PieceLength = 1 << 17; // 0.5 MB of 32-bit numbers an array; four arrays fit in a second-level cache

    private readonly List<(string Name, Tensor State)> _states = [];
    private readonly Piece[] _pieces;

    /// <summary>Makes state arrays of zeros.</summary>
    /// <param name="arena">The weights and their gradient.</param>
    /// <param name="weightDecay">Decoupled decay per unit of learning rate, on matrices and embeddings.</param>
    /// <param name="stateNames">One array of the arena's length each.</param>
    protected ArenaOptimizer(ParameterArena arena, double weightDecay, params string[] stateNames)
    {
        ArgumentNullException.ThrowIfNull(arena);
        WeightDecay = weightDecay;
        Device = arena.Device;
        foreach (var name in stateNames)
        {
            _states.Add((name, zeros_like(arena.Master).DetachFromDisposeScope()));
        }

        _pieces = [.. Ranges(arena).Select(range => new Piece(
            Part(arena.Master, range), Part(arena.Gradient, range), [.. _states.Select(state => Part(state.State, range))], range.IsDecayed))];
    }

    /// <summary>The rule's arrays by name, flat (P), for checkpoints.</summary>
    public IReadOnlyList<(string Name, Tensor State)> States => _states;

    /// <summary>Updates made so far, by this and earlier attempts.</summary>
    public long UpdateCount { get; set; }

    /// <summary>Where the weights and the arrays are.</summary>
    protected Device Device { get; }

    private double WeightDecay { get; }

    /// <summary>The rule that a spec names.</summary>
    public static ArenaOptimizer Create(OptimizerSpec spec, ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Kind switch
        {
            OptimizerKind.AdamW => new AdamW(spec, arena),
            OptimizerKind.Sgd => new Sgd(spec, arena),
            OptimizerKind.Lion => new Lion(spec, arena),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "There is no such update rule."),
        };
    }

    /// <summary>How the rule weighs a gradient now, after its last update. The caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">The weights depend on gradients and no update was made yet.</exception>
    public abstract Preconditioner CurrentPreconditioner();

    /// <summary>Updates the weights from the arena's gradient.</summary>
    /// <param name="learningRate">η of this step.</param>
    /// <param name="gradientScale">What the gradient is multiplied with first: 1, or less where it is clipped.</param>
    public void Step(double learningRate, double gradientScale)
    {
        UpdateCount++;
        using var withoutGraph = no_grad();
        foreach (var piece in _pieces)
        {
            using var scope = NewDisposeScope();
            if (piece.IsDecayed && WeightDecay > 0)
            {
                piece.Weights.Scale(1 - (learningRate * WeightDecay));
            }

            Update(piece.Weights, piece.Gradient, piece.States, learningRate, gradientScale);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Updates one piece, whose decay is done.</summary>
    /// <param name="weights">A part of the weights; changed.</param>
    /// <param name="gradient">The same part of the gradient; left as it is.</param>
    /// <param name="states">The same part of each state array; changed.</param>
    /// <param name="learningRate">η of this step.</param>
    /// <param name="gradientScale">What the gradient counts multiplied with.</param>
    protected abstract void Update(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> states, double learningRate, double gradientScale);

    /// <summary>Frees the arrays.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        foreach (var piece in _pieces)
        {
            piece.Weights.Dispose();
            piece.Gradient.Dispose();
            foreach (var state in piece.States)
            {
                state.Dispose();
            }
        }

        foreach (var (_, state) in _states)
        {
            state.Dispose();
        }
    }

    private static Tensor Part(Tensor whole, (long Start, long Count, bool IsDecayed) range) =>
        whole.narrow(0, range.Start, range.Count).DetachFromDisposeScope();

    private static IEnumerable<(long Start, long Count, bool IsDecayed)> Ranges(ParameterArena arena)
    {
        var length = arena.Device.type == TorchSharp.DeviceType.CPU ? PieceLength : long.MaxValue; // on a GPU each call costs more than its cache saves
        var layout = arena.Layout;
        foreach (var (start, end, isDecayed) in new[] { (0L, layout.DecayedCount, true), (layout.DecayedCount, layout.Count, false) })
        {
            for (var at = start; at < end;)
            {
                var count = Math.Min(length, end - at);
                yield return (at, count, isDecayed);
                at += count;
            }
        }
    }

    private sealed record Piece(Tensor Weights, Tensor Gradient, Tensor[] States, bool IsDecayed);
}
