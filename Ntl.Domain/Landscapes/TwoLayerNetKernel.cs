using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

// Legend: i input, k hidden unit, o output, s sample; four replicas in a vector.
internal readonly struct TwoLayerNetKernel(TwoLayerNet landscape) : IKernel
{
    private readonly double[] _teacher = [.. landscape.Teacher];
    private readonly double[] _scales = [.. landscape.InputScales];
    private readonly double[] _targetNoise = [.. landscape.TargetNoise];
    private readonly int _hidden = landscape.Hidden;
    private readonly int _batch = landscape.BatchSize;

    public int Coordinates => _hidden * (_scales.Length + _targetNoise.Length);

    public int Channels => _batch * (_scales.Length + _targetNoise.Length);

    public int Observables => 2;

    public int Measures => TwoLayerNet.BalanceMatrices + (2 * _hidden * _hidden);

    // Only a scale: the net's gradients have no noise of fixed size.
    public double InitialSecondMoment(int coordinate) => 1;

    public void Advance<TStep>(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        for (var i = 0; i < rates.Length; i++)
        {
            Step(tile, stepInBlock + i, Vector256.Create(rates[i]), rule, isMeasuring);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step<TStep>(Tile tile, int stepInBlock, Vector256<double> rate, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        var (inputs, outputs) = (_scales.Length, _targetNoise.Length);
        Span<Vector256<double>> w = stackalloc Vector256<double>[Coordinates];
        Span<Vector256<double>> g = stackalloc Vector256<double>[Coordinates];
        Span<Vector256<double>> x = stackalloc Vector256<double>[inputs];
        Span<Vector256<double>> h = stackalloc Vector256<double>[_hidden];
        Span<Vector256<double>> r = stackalloc Vector256<double>[outputs];
        for (var lane = 0; lane < tile.Count; lane += Vector256<double>.Count)
        {
            for (var p = 0; p < w.Length; p++)
            {
                w[p] = Vector256.LoadUnsafe(ref Tile.Lane(tile.State, p, lane));
            }

            g.Clear();
            var loss = Vector256<double>.Zero;
            for (var sample = 0; sample < _batch; sample++)
            {
                var channel = sample * (inputs + outputs);
                for (var i = 0; i < inputs; i++)
                {
                    x[i] = _scales[i] * tile.NoiseAt(channel + i, stepInBlock, lane);
                }

                for (var k = 0; k < _hidden; k++)
                {
                    h[k] = Dot(w.Slice(k * inputs, inputs), x);
                }

                var w2 = w[(_hidden * inputs)..];
                for (var o = 0; o < outputs; o++)
                {
                    var target = _targetNoise[o] * tile.NoiseAt(channel + inputs + o, stepInBlock, lane);
                    for (var i = 0; i < inputs; i++)
                    {
                        target = Vector256.FusedMultiplyAdd(Vector256.Create(_teacher[(o * inputs) + i]), x[i], target);
                    }

                    r[o] = (Dot(w2.Slice(o * _hidden, _hidden), h) - target) * (1.0 / _batch);
                    loss = Vector256.FusedMultiplyAdd(r[o], r[o], loss);
                }

                AddGradients(w2, x, h, r, g);
            }

            if (isMeasuring)
            {
                Measure(tile, lane, w, g, loss * (0.5 * _batch));
            }

            for (var p = 0; p < w.Length; p++)
            {
                rule.Step(w[p], g[p], rate, ref Tile.Lane(tile.Momentum, p, lane), ref Tile.Lane(tile.SecondMoment, p, lane))
                    .StoreUnsafe(ref Tile.Lane(tile.State, p, lane));
            }
        }
    }

    // ∂l/∂W₂ = r·hᵀ, ∂l/∂W₁ = W₂ᵀr·xᵀ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddGradients(Span<Vector256<double>> w2, Span<Vector256<double>> x, Span<Vector256<double>> h, Span<Vector256<double>> r, Span<Vector256<double>> g)
    {
        for (var k = 0; k < _hidden; k++)
        {
            var back = Vector256<double>.Zero;
            for (var o = 0; o < r.Length; o++)
            {
                var place = (_hidden * x.Length) + (o * _hidden) + k;
                g[place] = Vector256.FusedMultiplyAdd(r[o], h[k], g[place]);
                back = Vector256.FusedMultiplyAdd(w2[(o * _hidden) + k], r[o], back);
            }

            for (var i = 0; i < x.Length; i++)
            {
                g[(k * x.Length) + i] = Vector256.FusedMultiplyAdd(back, x[i], g[(k * x.Length) + i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(Tile tile, int lane, Span<Vector256<double>> w, Span<Vector256<double>> g, Vector256<double> loss)
    {
        var inputs = _scales.Length;
        var split = _hidden * inputs;
        Add(tile, TwoLayerNet.NormDifference, lane, Dot(w[..split], w[..split]) - Dot(w[split..], w[split..]));
        Add(tile, TwoLayerNet.Loss, lane, loss);
        Add(tile, TwoLayerNet.FirstGradient, lane, Dot(g[..split], g[..split]));
        Add(tile, TwoLayerNet.SecondGradient, lane, Dot(g[split..], g[split..]));
        for (var k = 0; k < _hidden; k++)
        {
            for (var l = 0; l < _hidden; l++)
            {
                var first = Dot(g.Slice(k * inputs, inputs), g.Slice(l * inputs, inputs));
                var second = Vector256<double>.Zero;
                for (var o = split; o < g.Length; o += _hidden)
                {
                    second = Vector256.FusedMultiplyAdd(g[o + k], g[o + l], second);
                }

                var entry = TwoLayerNet.BalanceMatrices + (k * _hidden) + l;
                Add(tile, entry, lane, first - second);
                Add(tile, entry + (_hidden * _hidden), lane, first + second);
            }
        }
    }

    public void Observe(Tile tile)
    {
        for (var lane = 0; lane < tile.Count; lane++)
        {
            Observe(tile, lane);
        }
    }

    private void Observe(Tile tile, int lane)
    {
        var (inputs, outputs, split) = (_scales.Length, _targetNoise.Length, _hidden * _scales.Length);
        var difference = 0.0;
        for (var p = 0; p < Coordinates; p++)
        {
            var w = Tile.Lane(tile.State, p, lane);
            difference += p < split ? w * w : -w * w;
        }

        var loss = 0.0;
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                var error = -_teacher[(o * inputs) + i];
                for (var k = 0; k < _hidden; k++)
                {
                    error += Tile.Lane(tile.State, split + (o * _hidden) + k, lane) * Tile.Lane(tile.State, (k * inputs) + i, lane);
                }

                loss += 0.5 * _scales[i] * _scales[i] * error * error;
            }
        }

        Tile.Lane(tile.Observed, TwoLayerNet.NormDifference, lane) = difference;
        Tile.Lane(tile.Observed, TwoLayerNet.Loss, lane) = loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Dot(Span<Vector256<double>> a, Span<Vector256<double>> b)
    {
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            sum = Vector256.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Tile tile, int measure, int lane, Vector256<double> term)
    {
        ref var sum = ref Tile.Lane(tile.Measured, measure, lane);
        (Vector256.LoadUnsafe(ref sum) + term).StoreUnsafe(ref sum);
    }
}
