using System.Numerics;
using System.Runtime.InteropServices;
using Ntl.Domain.Runs;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Training.Optimizers;

/// <summary>
/// An update rule over a <see cref="ParameterArena"/>, in pieces; the numbers do not depend on the pieces, nor on how many threads
/// share them.
/// </summary>
/// <remarks>
/// On the processor a rule reads and writes each element once, by vectors of C# over the tensors' own memory: an update is bound by
/// memory, and every tensor operation would pass over it again. On a GPU it is a few tensor operations over everything.
/// </remarks>
public abstract class ArenaOptimizer : IDisposable
{
    private const long PieceLength = 1 << 17; // enough pieces to share among threads, and few enough to cost nothing

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
        UsesTensors = Device.type != TorchSharp.DeviceType.CPU;
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

    /// <summary>Whether the update is made of tensor operations; on the processor only tests ask for it.</summary>
    internal bool UsesTensors { get; set; }

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
        if (UsesTensors)
        {
            UpdateTensors(learningRate, gradientScale);
        }
        else if (_pieces.Length > 1 && get_num_threads() is > 1 and var threads)
        {
            Parallel.For(0, _pieces.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => UpdateMemory(_pieces[i], learningRate, gradientScale));
        }
        else
        {
            foreach (var piece in _pieces)
            {
                UpdateMemory(piece, learningRate, gradientScale);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Updates one piece in memory, its decay included.</summary>
    /// <param name="weights">A part of the weights; changed.</param>
    /// <param name="gradient">The same part of the gradient.</param>
    /// <param name="first">The same part of the rule's first array; changed.</param>
    /// <param name="second">The same part of its second array; changed. Empty for a rule with one.</param>
    /// <param name="kept">What the weights are multiplied with before the update: 1 − ηλ.</param>
    /// <param name="learningRate">η of this step.</param>
    /// <param name="gradientScale">What the gradient counts multiplied with.</param>
    protected abstract void Update(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, double kept, double learningRate, double gradientScale);

    /// <summary>Updates one piece by tensor operations, whose decay is done.</summary>
    /// <param name="weights">A part of the weights; changed.</param>
    /// <param name="gradient">The same part of the gradient; left as it is.</param>
    /// <param name="states">The same part of each state array; changed.</param>
    /// <param name="learningRate">η of this step.</param>
    /// <param name="gradientScale">What the gradient counts multiplied with.</param>
    protected abstract void Update(Tensor weights, Tensor gradient, IReadOnlyList<Tensor> states, double learningRate, double gradientScale);

    /// <summary>The numbers as whole vectors; what is left over at the end is the caller's.</summary>
    protected static Span<Vector<float>> Vectors(Span<float> numbers) => MemoryMarshal.Cast<float, Vector<float>>(numbers);

    /// <summary>The numbers as whole vectors; what is left over at the end is the caller's.</summary>
    protected static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> numbers) => MemoryMarshal.Cast<float, Vector<float>>(numbers);

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

    private void UpdateTensors(double learningRate, double gradientScale)
    {
        using var withoutGraph = no_grad();
        foreach (var piece in _pieces)
        {
            using var scope = NewDisposeScope();
            if (piece.IsDecayed)
            {
                piece.Weights.Scale(Kept(piece, learningRate));
            }

            Update(piece.Weights, piece.Gradient, piece.States, learningRate, gradientScale);
        }
    }

    private void UpdateMemory(Piece piece, double learningRate, double gradientScale) => Update(
        Numbers(piece.Weights),
        Numbers(piece.Gradient),
        Numbers(piece.States[0]),
        piece.States.Length > 1 ? Numbers(piece.States[1]) : [],
        Kept(piece, learningRate),
        learningRate,
        gradientScale);

    private double Kept(Piece piece, double learningRate) => piece.IsDecayed ? 1 - (learningRate * WeightDecay) : 1;

    private static Span<float> Numbers(Tensor part) => MemoryMarshal.Cast<byte, float>(part.bytes);

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
