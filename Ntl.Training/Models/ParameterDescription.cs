namespace Ntl.Training.Models;

/// <summary>One named parameter and its place in the flat arena.</summary>
/// <param name="Name">GPT-2's name, such as <c>h.0.attn.c_attn.weight</c>.</param>
/// <param name="Shape">GPT-2's shape; matrices of blocks are (in, out).</param>
/// <param name="Offset">Index of its first element in the arena.</param>
/// <param name="IsDecayed">Whether weight decay applies: matrices and embeddings, not biases and norms.</param>
/// <param name="InitialDeviation">Standard deviation of its initial normal draw; NaN for a constant.</param>
/// <param name="InitialConstant">Its initial value where it is not drawn.</param>
public sealed record ParameterDescription(
    string Name, IReadOnlyList<long> Shape, long Offset, bool IsDecayed, double InitialDeviation, double InitialConstant)
{
    /// <summary>Elements in the parameter.</summary>
    public long Count { get; } = Shape.Aggregate(1L, (product, length) => product * length);
}
