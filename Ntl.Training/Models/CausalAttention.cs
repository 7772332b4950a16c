using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>softmax(Q·Kᵀ / √D)·V over the tokens up to each (Vaswani et al. 2017, arXiv:1706.03762, equation 1).</summary>
/// <remarks>
/// Spelled out on the processor: libtorch 2.10's fused kernel is up to five times slower there in bfloat16 at the lengths of
/// small models, and has no second derivative, which the curvature probes need. On a GPU the fused one is the faster.
/// </remarks>
internal sealed class CausalAttention : IDisposable
{
    private Tensor? _mask; // (1, T, T): 0 up to the token itself, −∞ after it

    /// <summary>What each token takes from itself and those before it.</summary>
    /// <param name="query">(B, H, T, D).</param>
    /// <param name="key">(B, H, T, D).</param>
    /// <param name="value">(B, H, T, D).</param>
    /// <param name="dropout">Share of the weights that is dropped; 0 … 1.</param>
    /// <returns>(B, H, T, D).</returns>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, double dropout)
    {
        if (query.device_type != TorchSharp.DeviceType.CPU)
        {
            return nn.functional.scaled_dot_product_attention(query, key, value, p: dropout, is_casual: true);
        }

        var shape = query.shape;
        var (batch, length, width) = (shape[0] * shape[1], shape[2], shape[3]);
        using var mask = MaskOf(query).expand(batch, length, length);
        // TorchSharp's argument order: the first product's matrix is the receiver, what is added comes last.
        var scores = Flat(query).baddbmm(Flat(key).transpose(1, 2), mask, alpha: 1 / MathF.Sqrt(width)); // (B·H, T, T)
        var weights = nn.functional.softmax(scores, -1);
        if (dropout > 0)
        {
            weights = nn.functional.dropout(weights, dropout);
        }

        return weights.bmm(Flat(value)).view(shape);

        Tensor Flat(Tensor heads) => heads.reshape(batch, length, width);
    }

    /// <inheritdoc/>
    public void Dispose() => _mask?.Dispose();

    private Tensor MaskOf(Tensor query)
    {
        var length = query.shape[2];
        if (_mask is null || _mask.shape[1] != length || _mask.dtype != query.dtype)
        {
            _mask?.Dispose();
            using var scope = NewDisposeScope();
            _mask = zeros([1, length, length], query.dtype, query.device).Fill(double.NegativeInfinity).triu_(1).DetachFromDisposeScope();
        }

        return _mask;
    }
}
