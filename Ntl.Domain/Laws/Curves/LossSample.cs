using System.Runtime.InteropServices;

namespace Ntl.Domain.Laws.Curves;

/// <summary>A loss as a file has it.</summary>
/// <param name="Step">The file's own step, zero-based; at least 0.</param>
/// <param name="Loss">Nats/token; finite.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LossSample(long Step, double Loss);
