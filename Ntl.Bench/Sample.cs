namespace Ntl.Bench;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Sample(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Minimum => _sorted[0];

    public double Maximum => _sorted[^1];

    public double Median => Quantile(0.5);

    public double Mean => _sorted.Average();

    /// <summary>Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).</summary>
    /// <param name="share">In [0, 1].</param>
    public double Quantile(double share)
    {
        var position = share * (_sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((position - below) * (_sorted[above] - _sorted[below]));
    }

    /// <summary>The range as text, for the table's spread column.</summary>
    public string Spread => $"{BenchReport.Text(Minimum)} … {BenchReport.Text(Maximum)} (n = {Count})";
}
