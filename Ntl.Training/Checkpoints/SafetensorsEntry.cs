namespace Ntl.Training.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type in the format's words: <c>F32</c>, <c>BF16</c>, …</param>
/// <param name="Shape">Its shape, row-major.</param>
/// <param name="Start">First byte, from the start of the data.</param>
/// <param name="End">Byte after the last.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Start, long End);
