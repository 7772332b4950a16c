using System.Runtime.InteropServices;

namespace Ntl.Domain.Metrics;

/// <summary>Which chunk of which part.</summary>
/// <param name="Part">Index of the part in the plan.</param>
/// <param name="Chunk">Index of the chunk in the part.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChunkPlace(int Part, int Chunk);
