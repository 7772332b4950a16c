using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>One tile from start to end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct TileRun(IKernel kernel, Stepper stepper, EnsembleSpec spec, double[] rates, Tile tile, int number, EnsembleSums sums)
{
    private const uint StartStream = 1;

    // Beyond this, and whatever is not a number, a replica counts as gone; small enough for squares and cubes to stay finite.
    private const double Gone = 1e30;

    private const int BlocksBetweenLooks = 256;

    private int FirstReplica => number * Tile.Width;

    // Optimised at once, here and below: quick code would take longer over the first ensembles than the optimiser takes over these methods.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(EnsembleProgress progress, CancellationToken cancellationToken)
    {
        Start();
        var (noise, channels) = (new NormalNoise(spec.Seed), kernel.Channels);
        var record = 0;
        record = Record(record, 0);
        for (var step = 0; step < rates.Length;)
        {
            var block = step / NormalNoise.StepsPerBlock;
            if (block % BlocksBetweenLooks == 0 && step % NormalNoise.StepsPerBlock == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Add(step == 0 ? 0 : (double)BlocksBetweenLooks * NormalNoise.StepsPerBlock / rates.Length);
            }

            for (var channel = 0; channel < channels; channel++)
            {
                noise.Fill((uint)FirstReplica, (uint)block, (uint)channel, tile.NoiseOf(channel));
            }

            var blockEnd = Math.Min(rates.Length, (block + 1) * NormalNoise.StepsPerBlock);
            while (step < blockEnd)
            {
                var stop = record < spec.RecordAt.Length ? (int)Math.Min(blockEnd, spec.RecordAt[record]) : blockEnd;
                stop = step < spec.MeasureFrom ? (int)Math.Min(stop, spec.MeasureFrom.Value) : stop;
                stepper.Advance(tile, step % NormalNoise.StepsPerBlock, rates.AsSpan(step, stop - step), step >= spec.MeasureFrom);
                step = stop;
                RemoveDiverged(step);
                record = Record(record, step);
            }
        }

        Finish();
    }

    private void Start()
    {
        tile.Count = (Math.Min(Tile.Width, spec.Replicas - FirstReplica) + NormalNoise.ReplicasPerBlock - 1) / NormalNoise.ReplicasPerBlock * NormalNoise.ReplicasPerBlock;
        Array.Clear(tile.Momentum);
        Array.Clear(tile.Measured);
        var noise = new NormalNoise(spec.Seed, StartStream);
        Span<float> normals = stackalloc float[NormalNoise.StepsPerBlock * Tile.Width];
        normals = normals[..(NormalNoise.StepsPerBlock * tile.Count)];
        for (var coordinate = 0; coordinate < kernel.Coordinates; coordinate++)
        {
            noise.Fill((uint)FirstReplica, 0, (uint)coordinate, normals);
            for (var lane = 0; lane < tile.Count; lane++)
            {
                Tile.Lane(tile.State, coordinate, lane) = spec.Start is { } start ? start.Mean[coordinate] + (start.Spread[coordinate] * normals[lane]) : 0;
                Tile.Lane(tile.SecondMoment, coordinate, lane) = kernel.InitialSecondMoment(coordinate);
            }
        }

        for (var lane = 0; lane < tile.Count; lane++)
        {
            tile.Weight[lane] = FirstReplica + lane < spec.Replicas ? 1 : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveDiverged(int step)
    {
        var (limit, coordinates, count) = (Vector256.Create(Gone), kernel.Coordinates, tile.Count);
        for (var coordinate = 0; coordinate < coordinates; coordinate++)
        {
            ref var row = ref Tile.Lane(tile.State, coordinate, 0);
            var here = Vector256<long>.AllBitsSet;
            for (var lane = 0; lane < count; lane += Vector256<double>.Count)
            {
                here &= Vector256.LessThan(Vector256.Abs(Vector256.LoadUnsafe(ref row, (nuint)lane)), limit).AsInt64();
            }

            for (var lane = 0; lane < count && here != Vector256<long>.AllBitsSet; lane++)
            {
                if (!(Math.Abs(Tile.Lane(tile.State, coordinate, lane)) < Gone))
                {
                    Remove(lane, step);
                }
            }
        }
    }

    // The lane goes on from the origin, unseen, so that its numbers stay harmless.
    private void Remove(int lane, int step)
    {
        if (tile.Weight[lane] != 0)
        {
            tile.Weight[lane] = 0;
            sums.Diverged(step);
        }

        for (var coordinate = 0; coordinate < kernel.Coordinates; coordinate++)
        {
            Tile.Lane(tile.State, coordinate, lane) = 0;
            Tile.Lane(tile.Momentum, coordinate, lane) = 0;
            Tile.Lane(tile.SecondMoment, coordinate, lane) = kernel.InitialSecondMoment(coordinate);
        }
    }

    private int Record(int record, int step)
    {
        if (record == spec.RecordAt.Length || spec.RecordAt[record] != step)
        {
            return record;
        }

        kernel.Observe(tile);
        RemoveUnsound(step);
        sums.Record(record, tile);
        for (var lane = 0; lane < tile.Count && FirstReplica + lane < EnsembleSums.Walkers; lane++)
        {
            if (tile.Weight[lane] != 0)
            {
                sums.Walk(FirstReplica + lane, tile.State[lane], Tile.Lane(tile.State, kernel.Coordinates - 1, lane));
            }
        }

        return record + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveUnsound(int step)
    {
        var (limit, observables, count) = (Vector256.Create(Gone * Gone), kernel.Observables, tile.Count);
        for (var observable = 0; observable < observables; observable++)
        {
            for (var lane = 0; lane < count; lane += Vector256<double>.Count)
            {
                if (!Vector256.LessThanAll(Vector256.Abs(Vector256.LoadUnsafe(ref Tile.Lane(tile.Observed, observable, lane))), limit))
                {
                    for (var i = lane; i < lane + Vector256<double>.Count; i++)
                    {
                        if (!(Math.Abs(Tile.Lane(tile.Observed, observable, i)) < Gone * Gone))
                        {
                            Remove(i, step);
                        }
                    }
                }
            }
        }
    }

    private void Finish()
    {
        Span<double> measured = stackalloc double[kernel.Measures];
        for (var lane = 0; lane < tile.Count; lane++)
        {
            if (tile.Weight[lane] == 0)
            {
                continue;
            }

            for (var measure = 0; measure < measured.Length; measure++)
            {
                measured[measure] = Tile.Lane(tile.Measured, measure, lane) / (rates.Length - spec.MeasureFrom ?? 1);
            }

            if (!AreSound(measured))
            {
                Remove(lane, rates.Length);
                continue;
            }

            sums.Finish(tile, lane, measured);
        }
    }

    private static bool AreSound(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!(Math.Abs(value) < Gone * Gone))
            {
                return false;
            }
        }

        return true;
    }
}
