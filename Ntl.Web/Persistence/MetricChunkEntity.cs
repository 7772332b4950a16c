namespace Ntl.Web.Persistence;

/// <summary>Table <c>metric_chunks</c>: consecutive points of a series, packed. The last chunk of a series is rewritten until it is full.</summary>
/// <remarks>The small columns come first, so that reading summaries does not touch the pages that hold the points.</remarks>
public sealed class MetricChunkEntity
{
    public long SeriesId { get; set; }

    /// <summary>0 for the first chunk of the series.</summary>
    public int Ordinal { get; set; }

    public long FirstStep { get; set; }

    public long LastStep { get; set; }

    public int PointCount { get; set; }

    /// <summary>Extremes of runs of points: the min/max pyramid's lowest level.</summary>
    public required byte[] Summary { get; set; }

    /// <summary>Steps and values.</summary>
    public required byte[] Points { get; set; }
}
