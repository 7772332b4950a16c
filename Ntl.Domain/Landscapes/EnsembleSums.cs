using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>What a chunk of tiles adds up to.</summary>
internal sealed class EnsembleSums
{
    /// <summary>How many of the first replicas are followed by themselves.</summary>
    public const int Walkers = 12;

    private readonly int _observables;
    private readonly int _records;
    private readonly int[] _counts;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly double[] _measured;
    private readonly double[] _measuredSquares;
    private readonly List<double>[] _final;
    private readonly List<(double First, double Last)>[] _walks;
    private int _diverged;
    private long _firstDiverged = long.MaxValue;

    public EnsembleSums(IKernel kernel, EnsembleSpec spec)
    {
        (_observables, _records) = (kernel.Observables, spec.RecordAt.Length);
        _counts = new int[_records];
        _sums = new double[_records * _observables];
        _squares = new double[_records * _observables];
        _measured = new double[kernel.Measures];
        _measuredSquares = new double[kernel.Measures];
        _final = [.. Enumerable.Range(0, kernel.Coordinates).Select(_ => new List<double>())];
        _walks = [.. Enumerable.Range(0, Math.Min(Walkers, spec.Replicas)).Select(_ => new List<(double First, double Last)>())];
    }

    public void Diverged(long step)
    {
        _diverged++;
        _firstDiverged = Math.Min(_firstDiverged, step);
    }

    /// <summary>Adds the observables of the lanes that have weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Record(int record, Tile tile)
    {
        var weights = Vector256<double>.Zero;
        for (var lane = 0; lane < tile.Count; lane += Vector256<double>.Count)
        {
            weights += Vector256.LoadUnsafe(ref Tile.Lane(tile.Weight, 0, lane));
        }

        _counts[record] += (int)Vector256.Sum(weights);
        for (var i = 0; i < _observables; i++)
        {
            var (sum, squares) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var lane = 0; lane < tile.Count; lane += Vector256<double>.Count)
            {
                // Not a product: what is not there may be anything, and a weight of 0 times infinity is not 0.
                var isThere = Vector256.GreaterThan(Vector256.LoadUnsafe(ref Tile.Lane(tile.Weight, 0, lane)), Vector256<double>.Zero);
                var observed = isThere & Vector256.LoadUnsafe(ref Tile.Lane(tile.Observed, i, lane));
                sum += observed;
                squares = Vector256.FusedMultiplyAdd(observed, observed, squares);
            }

            var place = (record * _observables) + i;
            _sums[place] += Vector256.Sum(sum);
            _squares[place] += Vector256.Sum(squares);
        }
    }

    public void Walk(int walker, double first, double last) => _walks[walker].Add((first, last));

    public void Finish(Tile tile, int lane, ReadOnlySpan<double> measured)
    {
        for (var i = 0; i < measured.Length; i++)
        {
            _measured[i] += measured[i];
            _measuredSquares[i] += measured[i] * measured[i];
        }

        for (var coordinate = 0; coordinate < _final.Length; coordinate++)
        {
            _final[coordinate].Add(Tile.Lane(tile.State, coordinate, lane));
        }
    }

    /// <summary>Adds a later chunk.</summary>
    public void Add(EnsembleSums later)
    {
        _diverged += later._diverged;
        _firstDiverged = Math.Min(_firstDiverged, later._firstDiverged);
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += later._counts[i];
        }

        AddAll(_sums, later._sums);
        AddAll(_squares, later._squares);
        AddAll(_measured, later._measured);
        AddAll(_measuredSquares, later._measuredSquares);
        for (var i = 0; i < _final.Length; i++)
        {
            _final[i].AddRange(later._final[i]);
        }
    }

    public EnsembleResult ToResult(EnsembleSpec spec, double[] rates)
    {
        var records = ImmutableArray.CreateBuilder<EnsembleRecord>(_records);
        for (var record = 0; record < _records && _counts[record] > 0; record++)
        {
            var (at, count) = (spec.RecordAt[record], _counts[record]);
            var observed = Enumerable.Range(record * _observables, _observables).Select(place => EnsembleMean.Of(_sums[place], _squares[place], count));
            records.Add(new(at, spec.Schedule.CumulativeRate(at), rates[Math.Max(0, at - 1)], [.. observed]));
        }

        var stayed = _final[0].Count;
        return new(
            records.ToImmutable(),
            spec.MeasureFrom is null || stayed == 0 ? [] : [.. _measured.Select((sum, i) => EnsembleMean.Of(sum, _measuredSquares[i], stayed))],
            _diverged == 0 ? null : new(_diverged, (double)_diverged / spec.Replicas, _firstDiverged),
            [.. _final.Select(values => values.ToImmutableArray())],
            [.. _walks.Select(walk => walk.ToImmutableArray())]);
    }

    private static void AddAll(double[] sums, double[] later)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += later[i];
        }
    }
}
