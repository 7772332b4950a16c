using Ntl.Domain.Runs;

namespace Ntl.Web.Live;

/// <summary>Which part of which series a chart wants, and how many points it can draw.</summary>
public sealed record SeriesRequest
{
    public required RunId Run { get; init; }

    /// <summary>Metric keys; a key without points yields an empty series.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    public SeriesAxis Axis { get; init; } = SeriesAxis.Step;

    /// <summary>Left end of the window, in the axis' unit; null: the beginning.</summary>
    public double? From { get; init; }

    /// <summary>Right end of the window, inclusive; null: the end.</summary>
    public double? To { get; init; }

    /// <summary>About the most points wanted a series; 16 to 4,000.</summary>
    public int MaxPoints { get; init; } = 1000;

    /// <summary>Strength of the time-weighted exponential average, in [0, 1); 0 for none. Computed on all points before they are reduced.</summary>
    public double Smoothing { get; init; }

    /// <summary>Whether points that a resume went back behind are given as well, apart from the rest.</summary>
    public bool IncludeOrphans { get; init; }
}
