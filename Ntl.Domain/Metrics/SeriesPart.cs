namespace Ntl.Domain.Metrics;

/// <summary>The part of one attempt's series that a chart shows.</summary>
/// <param name="Chunks">Summaries of the attempt's chunks from its first one on, in order; all full but the last.</param>
/// <param name="FirstStep">First step shown.</param>
/// <param name="EndStep">The step after the last one shown; <see cref="long.MaxValue"/> for all.</param>
/// <param name="FirstChunk">Index in the attempt's series of the first of <paramref name="Chunks"/>, when earlier ones were left out.</param>
public sealed record SeriesPart(IReadOnlyList<ChunkSummary> Chunks, long FirstStep = 0, long EndStep = long.MaxValue, int FirstChunk = 0);
