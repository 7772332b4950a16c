namespace Ntl.Tests.Domain.Schedules;

/// <summary>Neumaier's sum: an independent reference for long sums.</summary>
internal sealed class CompensatedSum
{
    private double _sum;
    private double _lost;

    public double Value => _sum + _lost;

    public void Add(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }
}
