using System.Globalization;
using Ntl.Domain.Runs;

namespace Ntl.Training.Models;

/// <summary>
/// Where each parameter of a GPT-2 lies in one flat array: first what weight decay applies to, then the rest, so that an
/// optimizer sees two contiguous ranges; and within these so that what is computed in bfloat16 is contiguous too.
/// <code>
/// wpe | wte, matrices of blocks | biases of blocks | layer norms
///       ←———— computed in bfloat16 ————→
/// ←————————— decayed ————————→
/// </code>
/// </summary>
public sealed class ParameterLayout
{
    private const double InitialDeviation = 0.02; // Radford et al. 2018 (GPT), section 4.1; kept by GPT-2

    private readonly List<ParameterDescription> _parameters = [];
    private readonly Dictionary<string, ParameterDescription> _byName = new(StringComparer.Ordinal);

    /// <summary>Lays out a model's parameters.</summary>
    public ParameterLayout(ModelSpec model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        long width = model.EmbeddingWidth;
        // Each block adds twice to the residual stream; this keeps the variance of the sum (Radford et al. 2019, section 2.3).
        var residualDeviation = InitialDeviation / Math.Sqrt(2.0 * model.LayerCount);

        Draw("wpe.weight", InitialDeviation, model.ContextLength, width);
        HalfOffset = Count;
        Draw("wte.weight", InitialDeviation, model.VocabularySize, width);
        ForEachBlock(block =>
        {
            Draw($"{block}.attn.c_attn.weight", InitialDeviation, width, 3 * width);
            Draw($"{block}.attn.c_proj.weight", residualDeviation, width, width);
            Draw($"{block}.mlp.c_fc.weight", InitialDeviation, width, 4 * width);
            Draw($"{block}.mlp.c_proj.weight", residualDeviation, 4 * width, width);
        });
        DecayedCount = Count;
        if (model.HasBias)
        {
            ForEachBlock(block =>
            {
                Fill($"{block}.attn.c_attn.bias", 0, 3 * width);
                Fill($"{block}.attn.c_proj.bias", 0, width);
                Fill($"{block}.mlp.c_fc.bias", 0, 4 * width);
                Fill($"{block}.mlp.c_proj.bias", 0, width);
            });
        }

        HalfCount = Count - HalfOffset;
        ForEachBlock(block =>
        {
            Norm($"{block}.ln_1");
            Norm($"{block}.ln_2");
        });
        Norm("ln_f");

        void Norm(string name)
        {
            Fill($"{name}.weight", 1, width);
            if (model.HasBias)
            {
                Fill($"{name}.bias", 0, width);
            }
        }

        void ForEachBlock(Action<string> add)
        {
            for (var layer = 0; layer < model.LayerCount; layer++)
            {
                add(string.Create(CultureInfo.InvariantCulture, $"h.{layer}"));
            }
        }
    }

    /// <summary>The model's shape.</summary>
    public ModelSpec Model { get; }

    /// <summary>All parameters, in the order of the arena.</summary>
    public IReadOnlyList<ParameterDescription> Parameters => _parameters;

    /// <summary>Elements of the arena.</summary>
    public long Count { get; private set; }

    /// <summary>Elements at the arena's start that weight decay applies to.</summary>
    public long DecayedCount { get; }

    /// <summary>First element that bfloat16 runs compute in bfloat16.</summary>
    public long HalfOffset { get; }

    /// <summary>Elements from <see cref="HalfOffset"/> on that bfloat16 runs compute in bfloat16.</summary>
    public long HalfCount { get; }

    /// <summary>A parameter by its name.</summary>
    /// <exception cref="KeyNotFoundException">The model has no parameter of that name.</exception>
    public ParameterDescription this[string name] => _byName[name];

    private void Draw(string name, double deviation, params long[] shape) =>
        Add(new ParameterDescription(name, shape, Count, IsDecayed: true, deviation, double.NaN));

    private void Fill(string name, double constant, params long[] shape) =>
        Add(new ParameterDescription(name, shape, Count, IsDecayed: false, double.NaN, constant));

    private void Add(ParameterDescription parameter)
    {
        _parameters.Add(parameter);
        _byName.Add(parameter.Name, parameter);
        Count += parameter.Count;
    }
}
