namespace Ntl.Web.Live;

/// <summary>One key's points, reduced so that a chart can draw them: every extreme of the full data is kept.</summary>
public sealed record ChartSeries
{
    public required string Key { get; init; }

    /// <summary>Step of each point, zero-based, ascending.</summary>
    public required IReadOnlyList<long> Steps { get; init; }

    /// <summary>Place on the chosen axis of each point; ascending.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Values; NaN and ∞ as measured.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Smoothed values at the same points; null when no smoothing was asked for.</summary>
    public IReadOnlyList<double>? Smoothed { get; init; }

    /// <summary>Points of the full data within the window: the M of "shown N of M".</summary>
    public required long TotalPoints { get; init; }

    /// <summary>Index of each point at which a later attempt goes on. Smoothing starts anew there.</summary>
    public IReadOnlyList<int> Seams { get; init; } = [];

    /// <summary>Tails of earlier attempts that a resume went back behind.</summary>
    public IReadOnlyList<OrphanedTail> Orphans { get; init; } = [];

    /// <summary>Points given: the N of "shown N of M".</summary>
    public int ShownPoints => Steps.Count;
}
