namespace Ntl.Domain.Laws.Curves;

/// <summary>A series while its run's log is read.</summary>
internal sealed class SeriesLine
{
    private readonly List<LossSample> _samples = [];
    private readonly List<long> _repeated = [];
    private readonly List<long> _superseded = [];

    public int Count => _samples.Count;

    public long? LastStep => _samples is [.., var last] ? last.Step : null;

    /// <summary>Whether its steps stand in no order, so that none that goes back says anything.</summary>
    public bool IsUnsorted { get; set; }

    /// <summary>How many samples stand at a step or later.</summary>
    public int From(long step) => _samples.Count(sample => sample.Step >= step);

    public void Add(long step, double value)
    {
        if (_samples is [.., var last] && last.Step == step)
        {
            _samples[^1] = Joined(last, value);
        }
        else
        {
            _samples.Add(new(step, value));
        }
    }

    /// <summary>Takes away what stands at a step or later.</summary>
    /// <returns>How many samples went.</returns>
    public int Drop(long step)
    {
        var dropped = 0;
        for (; !IsUnsorted && _samples is [.., var last] && last.Step >= step; dropped++)
        {
            _superseded.Add(last.Step);
            _samples.RemoveAt(_samples.Count - 1);
        }

        return dropped;
    }

    public SeriesReading Read()
    {
        if (!IsUnsorted)
        {
            return new(_samples, _repeated, _superseded);
        }

        var sorted = new SeriesLine();
        foreach (var sample in _samples.OrderBy(sample => sample.Step))
        {
            sorted.Add(sample.Step, sample.Loss);
        }

        return sorted.Read();
    }

    // Rows of one step join: a value that is not finite never hides one that is.
    private LossSample Joined(LossSample before, double value)
    {
        if (double.IsFinite(before.Loss) && double.IsFinite(value) && before.Loss != value)
        {
            _repeated.Add(before.Step);
        }

        return double.IsFinite(value) || !double.IsFinite(before.Loss) ? before with { Loss = value } : before;
    }
}
