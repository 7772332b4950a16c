using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>The sum over rate changes of <c>Δηₖ·[1 − (1 + (D − Dₖ)/aₖ)^−β]</c>, <c>aₖ = ηₖ^γ/C</c>, carried along a path by modes.</summary>
/// <remarks>
/// <para><c>(1 + x/a)^−β = a^β/Γ(β) ∫ v^β e^(−v(a + x)) d ln v</c>: the same exponentials e^−vx for every change, with weights that know its a. The integral over ln v is a sum over even nodes, whose error falls as e^(−π²/h): 3e-10 of a
/// change for the spacing here. Nodes too slow to move within the path are one constant.</para>
/// </remarks>
internal sealed class PowerModes
{
    private const double Spacing = 0.45;

    // Beyond e^−36 nothing is left of a double; below 1e-8 nothing has moved.
    private const double FastestExponent = 36;
    private const double SlowestExponent = 1e-8;

    // A change at a rate below this share of the peak acts at once: its heat is less than that share of the whole.
    private const double LowestShare = 1e-5;

    private readonly double _speed;
    private readonly double _rateExponent;
    private readonly double _tail;
    private readonly double[] _nodes;
    private readonly double[] _weights; // spacing · v^β / Γ(β)
    private readonly double[] _pending; // heat of each mode that has not arrived
    private readonly double _slowWeight;
    private readonly double _lowestRate;
    private double _slowPending;
    private double _changes;

    public PowerModes(RatePath path, double speed, double tail, double rateExponent)
    {
        (_speed, _tail, _rateExponent) = (speed, tail, rateExponent);
        var peak = Math.Max(path.Peak, ScheduleSpec.SmallestPositiveRate);
        _lowestRate = LowestShare * peak;
        var slowest = SlowestExponent / (path.IntrinsicTime + Width(peak));
        var fastest = FastestExponent / Width(_lowestRate);
        var count = 4 * (1 + ((int)Math.Ceiling(Math.Log(fastest / slowest) / Spacing) / 4));
        (_nodes, _weights, _pending) = (new double[count], new double[count], new double[count]);
        // Nodes k·h about zero, so that Γ(β), the same sum at a + x = 1, has the same error and cancels it.
        var first = (int)Math.Floor(Math.Log(slowest) / Spacing);
        var gamma = Gamma(tail);
        for (var j = 0; j < count; j++)
        {
            _nodes[j] = Math.Exp((first + j) * Spacing);
            _weights[j] = Spacing * Math.Pow(_nodes[j], tail) / gamma;
        }

        _slowWeight = Slower(tail, first) / gamma;
    }

    /// <summary>The part of all changes that has arrived: Σ Δη[1 − …], in units of rate.</summary>
    public double Arrived
    {
        get
        {
            var pending = _slowPending;
            foreach (var heat in _pending)
            {
                pending += heat;
            }

            return _changes - pending;
        }
    }

    /// <summary>Adds a change of the rate, then lets D pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a fit is over before the runtime would have compiled its loop well
    public void Advance(double change, double rate, double time)
    {
        if (change != 0)
        {
            Add(change, Width(Math.Max(rate, _lowestRate)));
        }

        if (time == 0)
        {
            return;
        }

        for (var j = 0; j < _nodes.Length; j += Vector256<double>.Count)
        {
            var decay = Vector256.Exp(Vector256.Create(_nodes, j) * -time);
            (Vector256.Create(_pending, j) * decay).CopyTo(_pending, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(double change, double width)
    {
        var scale = change * Math.Pow(width, _tail);
        _changes += change;
        _slowPending += scale * _slowWeight;
        for (var j = 0; j < _nodes.Length; j += Vector256<double>.Count)
        {
            var share = Vector256.Exp(Vector256.Create(_nodes, j) * -width) * Vector256.Create(_weights, j);
            (Vector256.Create(_pending, j) + (share * scale)).CopyTo(_pending, j);
        }
    }

    private double Width(double rate) => Math.Pow(rate, _rateExponent) / _speed;

    private static double Gamma(double tail)
    {
        // e^(−e^s) is nothing beyond s = 4; the nodes below −30 are the geometric tail.
        var first = (int)Math.Floor(-30 / Spacing);
        var sum = Slower(tail, first);
        for (var k = first; k * Spacing < 4; k++)
        {
            sum += Spacing * Math.Exp((tail * k * Spacing) - Math.Exp(k * Spacing));
        }

        return sum;
    }

    // The nodes below k, all at rest: a geometric series.
    private static double Slower(double tail, int k) => Spacing * Math.Exp(tail * (k - 1) * Spacing) / (1 - Math.Exp(-tail * Spacing));
}
