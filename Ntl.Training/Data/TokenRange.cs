using System.Runtime.InteropServices;

namespace Ntl.Training.Data;

/// <summary>Consecutive tokens of a data set.</summary>
/// <param name="Start">Index of the first.</param>
/// <param name="Length">How many.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenRange(long Start, long Length);
