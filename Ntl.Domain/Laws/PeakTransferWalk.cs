using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>Carries the remembered rate, the valley's modes and the river along a path: O(pieces × modes).</summary>
internal sealed class PeakTransferWalk
{
    private readonly RelativePieces _pieces;
    private readonly double _referenceRate;
    private readonly double _weightDecay;
    private readonly double[] _knees;
    private readonly int _modes;
    private readonly double[] _coolingRates; // padded with zeros, whose modes stay at zero
    private readonly double[] _heats; // when the last whole piece was done
    private readonly double[] _reached; // at the update that was moved to
    private readonly double[] _rivers;
    private readonly double[] _clocks;
    private int _piece;
    private double _memory;

    /// <summary>Begins at the path's start.</summary>
    /// <param name="pieces">The path.</param>
    /// <param name="referenceRate">η_ref.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="coolingRates">kⱼ, per step.</param>
    /// <param name="knees">Each η_c has a river of its own.</param>
    public PeakTransferWalk(RelativePieces pieces, double referenceRate, double weightDecay, double[] coolingRates, double[] knees)
    {
        (_pieces, _referenceRate, _weightDecay, _knees, _modes) = (pieces, referenceRate, weightDecay, knees, coolingRates.Length);
        var width = Vector256<double>.Count;
        _coolingRates = new double[(coolingRates.Length + width - 1) / width * width];
        coolingRates.CopyTo(_coolingRates, 0);
        (_heats, _reached) = (new double[_coolingRates.Length], new double[_coolingRates.Length]);
        (_rivers, _clocks) = (new double[knees.Length], new double[knees.Length]);
        _memory = Floored(pieces.Rates[0]);
    }

    /// <summary>θ of each mode.</summary>
    public ReadOnlySpan<double> Heats => _reached.AsSpan(0, _modes);

    /// <summary>R of each knee.</summary>
    public ReadOnlySpan<double> Clocks => _clocks;

    /// <summary>Moves on to an update; never back.</summary>
    public void MoveTo(long updates)
    {
        while (_pieces.Ends[_piece] < updates)
        {
            _memory = Advance(_pieces.Ends[_piece], _heats, _rivers);
            _piece++;
        }

        Advance(updates, _reached, _clocks);
    }

    // The piece as far as an update, from the state where it begins: exact for the memory, and with its last value for what sees it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a fit is over before the runtime would have compiled its loop well
    private double Advance(long updates, double[] heats, double[] rivers)
    {
        var start = _piece == 0 ? 0 : _pieces.Ends[_piece - 1];
        var steps = updates - start;
        var rate = _pieces.Rates[_piece];
        var seen = Floored(rate);
        var memory = seen + ((_memory - seen) * ((start + 1.0) / (updates + 1.0)) * Math.Exp(-2 * _weightDecay * seen * steps));
        var relative = seen / memory;
        var target = Vector256.Create(PeakTransferLaw.HeatAt(memory, _referenceRate) * relative);
        for (var j = 0; j < heats.Length; j += Vector256<double>.Count)
        {
            var stays = Vector256.Exp(Vector256.Create(_coolingRates, j) * -(steps * relative));
            var from = Vector256.Create(_heats, j);
            (target + ((from - target) * stays)).CopyTo(heats, j);
        }

        var (flow, brake) = (steps * rate, Math.Sqrt(seen * memory));
        for (var k = 0; k < rivers.Length; k++)
        {
            rivers[k] = _rivers[k] + (flow / (1 + (brake / _knees[k])));
        }

        return memory;
    }

    // A relative rate needs a remembered one above zero.
    private static double Floored(double rate) => Math.Max(rate, ScheduleSpec.SmallestPositiveRate);
}
