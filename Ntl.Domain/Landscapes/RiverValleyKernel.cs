using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>Measures each direction's thermal energy ½·a_i(y)·x_i².</summary>
internal readonly struct RiverValleyKernel(RiverValley landscape) : IKernel
{
    private readonly double[] _curvatures = [.. landscape.Directions.Select(direction => direction.Curvature)];
    private readonly double[] _noises = [.. landscape.Directions.Select(direction => direction.Noise)];
    private readonly RiverProfile _river = landscape.River;
    private readonly CurvatureProfile _valley = landscape.Valley;
    private readonly double _riverNoise = landscape.RiverNoise;
    private readonly bool _hasRiver = landscape.HasRiver;

    public int Coordinates => _curvatures.Length + (_hasRiver ? 1 : 0);

    public int Channels => _curvatures.Length + (_riverNoise > 0 ? 1 : 0);

    public int Observables => 4;

    public int Measures => _curvatures.Length;

    // A river without noise has its slope for a scale.
    public double InitialSecondMoment(int coordinate) => coordinate < _noises.Length
        ? _noises[coordinate] * _noises[coordinate]
        : (_riverNoise * _riverNoise) + (_river.Slope(0) * _river.Slope(0));

    public void Advance<TStep>(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        if (_hasRiver && _curvatures.Length == 1)
        {
            AdvanceOneWithRiver(tile, stepInBlock, rates, rule, isMeasuring);
        }
        else if (_hasRiver)
        {
            for (var i = 0; i < rates.Length; i++)
            {
                StepWithRiver(tile, stepInBlock + i, Vector256.Create(rates[i]), rule, isMeasuring);
            }
        }
        else
        {
            for (var i = 0; i < _curvatures.Length; i++)
            {
                AdvanceDirection(tile, i, stepInBlock, rates, rule, isMeasuring);
            }
        }
    }

    /// <summary>Without a river directions know nothing of each other: each takes its steps without leaving the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AdvanceDirection<TStep>(Tile tile, int direction, int stepInBlock, ReadOnlySpan<double> rates, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        var (curvature, noise) = (Vector256.Create(_curvatures[direction]), Vector256.Create(_noises[direction]));
        var (count, myRule) = (tile.Count, rule);
        ref var places = ref Tile.Lane(tile.State, direction, 0);
        ref var momenta = ref Tile.Lane(tile.Momentum, direction, 0);
        ref var secondMoments = ref Tile.Lane(tile.SecondMoment, direction, 0);
        ref var energies = ref Tile.Lane(tile.Measured, direction, 0);
        ref var normals = ref tile.NoiseRow(direction, stepInBlock);

        // Eight replicas at a time: a step is a chain of results, and two chains take hardly longer than one.
        for (var lane = 0; lane < count; lane += NormalNoise.ReplicasPerBlock)
        {
            var next = lane + Vector256<double>.Count;
            var (x, z) = (Vector256.LoadUnsafe(ref places, (nuint)lane), Vector256.LoadUnsafe(ref places, (nuint)next));
            var (squares, nextSquares) = (Vector256<double>.Zero, Vector256<double>.Zero);
            ref var normal = ref Unsafe.Add(ref normals, lane);
            for (var i = 0; i < rates.Length; i++)
            {
                var rate = Vector256.Create(rates[i]);
                squares = Vector256.FusedMultiplyAdd(x, x, squares);
                nextSquares = Vector256.FusedMultiplyAdd(z, z, nextSquares);
                var gradient = Vector256.FusedMultiplyAdd(noise, Tile.Widen(ref normal, 0), curvature * x);
                var nextGradient = Vector256.FusedMultiplyAdd(noise, Tile.Widen(ref normal, Vector256<double>.Count), curvature * z);
                x = myRule.Step(x, gradient, rate, ref Unsafe.Add(ref momenta, lane), ref Unsafe.Add(ref secondMoments, lane));
                z = myRule.Step(z, nextGradient, rate, ref Unsafe.Add(ref momenta, next), ref Unsafe.Add(ref secondMoments, next));
                normal = ref Unsafe.Add(ref normal, count);
            }

            x.StoreUnsafe(ref places, (nuint)lane);
            z.StoreUnsafe(ref places, (nuint)next);
            if (isMeasuring)
            {
                var half = Vector256.Create(0.5) * curvature;
                Vector256.FusedMultiplyAdd(half, squares, Vector256.LoadUnsafe(ref energies, (nuint)lane)).StoreUnsafe(ref energies, (nuint)lane);
                Vector256.FusedMultiplyAdd(half, nextSquares, Vector256.LoadUnsafe(ref energies, (nuint)next)).StoreUnsafe(ref energies, (nuint)next);
            }
        }
    }

    /// <summary>One direction and its river, as most cards have it: neither place leaves the registers between the steps. Else the same as <see cref="StepWithRiver"/>, to the last bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AdvanceOneWithRiver<TStep>(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        var (curvature, noise, riverNoise, half) = (Vector256.Create(_curvatures[0]), Vector256.Create(_noises[0]), Vector256.Create(_riverNoise), Vector256.Create(0.5));
        var (bed, valley, isNoisy, count, myRule) = (_river, _valley, _riverNoise > 0, tile.Count, rule);
        ref var places = ref Tile.Lane(tile.State, 0, 0);
        ref var momenta = ref Tile.Lane(tile.Momentum, 0, 0);
        ref var secondMoments = ref Tile.Lane(tile.SecondMoment, 0, 0);
        ref var energies = ref Tile.Lane(tile.Measured, 0, 0);
        ref var normals = ref tile.NoiseRow(0, stepInBlock);
        ref var riverNormals = ref tile.NoiseRow(isNoisy ? 1 : 0, stepInBlock);
        for (var lane = 0; lane < count; lane += Vector256<double>.Count)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref places, (nuint)lane), Vector256.LoadUnsafe(ref places, (nuint)(lane + Tile.Width)));
            var energy = Vector256.LoadUnsafe(ref energies, (nuint)lane);
            for (var i = 0; i < rates.Length; i++)
            {
                var rate = Vector256.Create(rates[i]);
                var (factor, slope) = valley.Evaluate(y);
                var restoring = curvature * factor * x;
                var force = Vector256.FusedMultiplyAdd(curvature * (slope * half), x * x, bed.Slope(y));
                energy = Vector256.FusedMultiplyAdd(half * restoring, x, energy);
                var gradient = Vector256.FusedMultiplyAdd(noise, Tile.Widen(ref normals, (i * count) + lane), restoring);
                x = myRule.Step(x, gradient, rate, ref Unsafe.Add(ref momenta, lane), ref Unsafe.Add(ref secondMoments, lane));
                if (isNoisy)
                {
                    force = Vector256.FusedMultiplyAdd(riverNoise, Tile.Widen(ref riverNormals, (i * count) + lane), force);
                }

                y = myRule.Step(y, force, rate, ref Unsafe.Add(ref momenta, lane + Tile.Width), ref Unsafe.Add(ref secondMoments, lane + Tile.Width));
            }

            x.StoreUnsafe(ref places, (nuint)lane);
            y.StoreUnsafe(ref places, (nuint)(lane + Tile.Width));
            if (isMeasuring)
            {
                energy.StoreUnsafe(ref energies, (nuint)lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepWithRiver<TStep>(Tile tile, int stepInBlock, Vector256<double> rate, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        var (river, count, curvatures, noises) = (_curvatures.Length, tile.Count, _curvatures, _noises);
        var (bed, valley, riverNoise, half) = (_river, _valley, _riverNoise, Vector256.Create(0.5));
        for (var lane = 0; lane < count; lane += Vector256<double>.Count)
        {
            ref var riverPlace = ref Tile.Lane(tile.State, river, lane);
            var y = Vector256.LoadUnsafe(ref riverPlace);
            var (factor, slope) = valley.Evaluate(y);
            var force = bed.Slope(y);
            slope *= half;
            for (var i = 0; i < curvatures.Length; i++)
            {
                ref var place = ref Tile.Lane(tile.State, i, lane);
                var x = Vector256.LoadUnsafe(ref place);
                var curvature = Vector256.Create(curvatures[i]);
                var restoring = curvature * factor * x;
                force = Vector256.FusedMultiplyAdd(curvature * slope, x * x, force);
                if (isMeasuring)
                {
                    ref var energy = ref Tile.Lane(tile.Measured, i, lane);
                    Vector256.FusedMultiplyAdd(half * restoring, x, Vector256.LoadUnsafe(ref energy)).StoreUnsafe(ref energy);
                }

                var gradient = Vector256.FusedMultiplyAdd(Vector256.Create(noises[i]), tile.NoiseAt(i, stepInBlock, lane), restoring);
                rule.Step(x, gradient, rate, ref Tile.Lane(tile.Momentum, i, lane), ref Tile.Lane(tile.SecondMoment, i, lane)).StoreUnsafe(ref place);
            }

            if (riverNoise > 0)
            {
                force = Vector256.FusedMultiplyAdd(Vector256.Create(riverNoise), tile.NoiseAt(river, stepInBlock, lane), force);
            }

            rule.Step(y, force, rate, ref Tile.Lane(tile.Momentum, river, lane), ref Tile.Lane(tile.SecondMoment, river, lane)).StoreUnsafe(ref riverPlace);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Observe(Tile tile)
    {
        var half = Vector256.Create(0.5);
        for (var lane = 0; lane < tile.Count; lane += Vector256<double>.Count)
        {
            var y = _hasRiver ? Vector256.LoadUnsafe(ref Tile.Lane(tile.State, _curvatures.Length, lane)) : Vector256<double>.Zero;
            var thermal = Vector256<double>.Zero;
            for (var i = 0; i < _curvatures.Length; i++)
            {
                var x = Vector256.LoadUnsafe(ref Tile.Lane(tile.State, i, lane));
                thermal = Vector256.FusedMultiplyAdd(half * Vector256.Create(_curvatures[i]) * x, x, thermal);
            }

            thermal *= _valley.Evaluate(y).Factor;
            _river.Height(y).StoreUnsafe(ref Tile.Lane(tile.Observed, RiverValley.RiverLoss, lane));
            thermal.StoreUnsafe(ref Tile.Lane(tile.Observed, RiverValley.ThermalLoss, lane));
            y.StoreUnsafe(ref Tile.Lane(tile.Observed, RiverValley.RiverPosition, lane));
            Vector256.LoadUnsafe(ref Tile.Lane(tile.State, 0, lane)).StoreUnsafe(ref Tile.Lane(tile.Observed, RiverValley.FastPosition, lane));
        }
    }
}
