namespace Ntl.Web.Comparison;

/// <summary>Points that were read before.</summary>
/// <param name="Parts">What they were read from; of another extent, they are read anew.</param>
/// <param name="Points">The points.</param>
internal sealed record KeptPoints(IReadOnlyList<SeriesPart> Parts, RunPoints Points)
{
    // Step, value and attempt, and what PlacedPoints adds: place and smoothed value.
    private const int BytesOfAPoint = 36;
    private const int BytesBesides = 400;

    /// <summary>Bytes in memory, about.</summary>
    public long Bytes => BytesBesides + ((long)BytesOfAPoint * Points.Steps.Length);
}
