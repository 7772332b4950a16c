namespace Ntl.Web.Persistence;

/// <summary>Table <c>metric_series</c>: the points of one key in one attempt.</summary>
public sealed class MetricSeriesEntity
{
    public long Id { get; set; }

    public required string RunId { get; set; }

    public int Attempt { get; set; }

    public required string Key { get; set; }
}
