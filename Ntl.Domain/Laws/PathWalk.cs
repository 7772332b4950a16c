namespace Ntl.Domain.Laws;

/// <summary>Walks a path from sample to sample: stretches of one rate, each within a piece.</summary>
internal ref struct PathWalk
{
    private readonly ReadOnlySpan<long> _ends;
    private readonly ReadOnlySpan<double> _rates;
    private readonly ReadOnlySpan<double> _times;
    private readonly ReadOnlySpan<long> _updates;
    private int _piece;
    private int _sample;
    private long _position;

    public PathWalk(RatePath path, ReadOnlySpan<long> updates, int losses)
    {
        Check(path, updates, losses);
        _ends = path.Ends;
        _rates = path.Rates;
        _times = path.Times;
        _updates = updates;
        _piece = -1;
    }

    /// <summary>Length of the stretch; zero where two samples are asked for at one place.</summary>
    public long Steps { get; private set; }

    /// <summary>Its rate.</summary>
    public double Rate { get; private set; }

    /// <summary>Its rate less the one before it; the first stretch comes from zero.</summary>
    public double Change { get; private set; }

    /// <summary>Its piece's place among the path's.</summary>
    public readonly int Piece => _piece;

    /// <summary>D at its end.</summary>
    public double Time { get; private set; }

    /// <summary>The sample at its end, or −1.</summary>
    public int Sample { get; private set; }

    /// <summary>Refuses updates that fall or lie outside the path, and a number of losses that is not theirs.</summary>
    /// <exception cref="ArgumentException">They do, or it is not.</exception>
    public static void Check(RatePath path, ReadOnlySpan<long> updates, int losses)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (updates.Length != losses)
        {
            throw new ArgumentException($"There is room for {losses} losses of {updates.Length} updates.", nameof(losses));
        }

        var before = 1L;
        foreach (var after in updates)
        {
            if (after < before || after > path.Steps)
            {
                throw new ArgumentException($"Updates must not fall and lie within 1 … {path.Steps}, but {after} follows {before}.", nameof(updates));
            }

            before = after;
        }
    }

    /// <summary>Moves on; false when every sample was passed.</summary>
    public bool Next()
    {
        if (_sample == _updates.Length)
        {
            return false;
        }

        Change = 0;
        if (_piece < 0 || (_position == _ends[_piece] && _updates[_sample] > _position))
        {
            _piece++;
            Change = _rates[_piece] - Rate;
            Rate = _rates[_piece];
        }

        var target = Math.Min(_ends[_piece], _updates[_sample]);
        Steps = target - _position;
        _position = target;
        Time = _times[_piece] - ((_ends[_piece] - target) * Rate);
        Sample = _updates[_sample] == target ? _sample++ : -1;
        return true;
    }
}
