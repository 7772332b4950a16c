using System.Globalization;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>
/// GPT-2 (Radford et al. 2019) over a <see cref="ParameterArena"/>. Component names are GPT-2's.
/// Shapes: B sequences, T tokens in each, C width, V vocabulary.
/// </summary>
public sealed class Gpt : nn.Module
{
    [ComponentName(Name = "wte")]
    private readonly Table _tokens;
    [ComponentName(Name = "wpe")]
    private readonly Table _positions;
    [ComponentName(Name = "h")]
    private readonly ModuleList<Block> _blocks;
    [ComponentName(Name = "ln_f")]
    private readonly Normalization _finalNorm;
    [ComponentName(Name = "lm_head")]
    private readonly Table _output; // tied to wte: the same elements, in the compute type

    private readonly double _dropout;

    /// <summary>A model whose weights are the arena's.</summary>
    public Gpt(ParameterArena arena)
        : base(nameof(Gpt))
    {
        ArgumentNullException.ThrowIfNull(arena);
        var model = arena.Layout.Model;
        Arena = arena;
        _tokens = new Table("wte", arena.Leaf("wte.weight"));
        _positions = new Table("wpe", arena.Leaf("wpe.weight"));
        _blocks = nn.ModuleList(
            [.. Enumerable.Range(0, model.LayerCount).Select(layer => new Block(arena, string.Create(CultureInfo.InvariantCulture, $"h.{layer}")))]);
        _finalNorm = new Normalization(arena, "ln_f");
        _output = new Table("lm_head", arena.ComputeType == ScalarType.Float32 ? _tokens.Weight : arena.ComputeLeaf("wte.weight"));
        _dropout = model.Dropout;
        RegisterComponents();
    }

    /// <summary>The weights.</summary>
    public ParameterArena Arena { get; }

    /// <summary>Scores of every token kind for each next token.</summary>
    /// <param name="tokens">(B, T), 64-bit; T at most the context length.</param>
    /// <returns>(B·T, V), in the compute type.</returns>
    public Tensor Logits(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var (batchSize, length) = (tokens.shape[0], tokens.shape[1]);
        var width = Arena.Layout.Model.EmbeddingWidth;
        var positions = length == Arena.Layout.Model.ContextLength ? _positions.Weight : _positions.Weight.narrow(0, 0, length); // (T, C)
        var residual = _tokens.Weight.index_select(0, tokens.flatten()).view(batchSize, length, width).Plus(positions).view(batchSize * length, width); // (B·T, C)
        if (training && _dropout > 0)
        {
            residual = nn.functional.dropout(residual, _dropout);
        }

        foreach (var block in _blocks)
        {
            residual = block.Forward(residual, batchSize);
        }

        return nn.functional.linear(_finalNorm.forward(residual), _output.Weight);
    }

    /// <summary>Mean cross-entropy, computed in 32 bits; nats per token.</summary>
    /// <param name="tokens">(B, T), 64-bit.</param>
    /// <param name="targets">(B, T), 64-bit: the token that follows each.</param>
    /// <returns>A scalar.</returns>
    public Tensor Loss(Tensor tokens, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return nn.functional.cross_entropy(Logits(tokens).to(ScalarType.Float32), targets.reshape(-1));
    }
}
