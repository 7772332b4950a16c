namespace Ntl.Domain.Runs;

/// <summary>The shape of a GPT-2 (Radford et al. 2019): pre-layer-norm transformer, learned positions, output tied to the token embedding.</summary>
/// <remarks>Symbols in formulas: L layers, H heads, C width, T context, V vocabulary.</remarks>
public sealed record ModelSpec
{
    /// <summary>The largest <see cref="VocabularySize"/>; Llama 3's 128,256 fits.</summary>
    public const int LargestVocabularySize = 131_072;

    /// <summary>Transformer blocks, L; 1 to 96.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Attention heads a block, H; divides <see cref="EmbeddingWidth"/>.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Width of the residual stream, C; 8 to 16,384.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Tokens that the model sees at once, T; 8 to 8,192.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Token kinds, V; 256 for bytes, 50,257 for GPT-2's tokens; at most 131,072.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Whether linear layers and layer norms have biases, as in GPT-2.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Probability of zeroing an activation while training, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Width of one head, C / H.</summary>
    public int HeadWidth => EmbeddingWidth / HeadCount;

    /// <summary>Trainable numbers, the tied output counted once: <c>V·C + T·C + L·(12 C² + biases and norms) + final norm</c>.</summary>
    public long ParameterCount
    {
        get
        {
            long width = EmbeddingWidth;
            // A block's vectors: 2 norms (2C), c_attn 3C, attn.c_proj C, c_fc 4C, mlp.c_proj C; without biases the two norm gains.
            var blockVectors = HasBias ? 13 * width : 2 * width;
            var finalNorm = HasBias ? 2 * width : width;
            return ((long)VocabularySize * width) + (ContextLength * width) + (LayerCount * ((12 * width * width) + blockVectors)) + finalNorm;
        }
    }

    /// <summary>Floating-point operations to train on one token, forward and backward: <c>6 N + 12 L C T</c>, N without the position table.</summary>
    /// <remarks>Chowdhery et al. 2022, arXiv:2204.02311 (PaLM), appendix B; the attention term is not halved for causality.</remarks>
    public double TrainingFlopsPerToken =>
        (6.0 * (ParameterCount - ((long)ContextLength * EmbeddingWidth))) + (12.0 * LayerCount * EmbeddingWidth * ContextLength);
}
