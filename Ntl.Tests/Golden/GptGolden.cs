using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Tests.Golden;

/// <summary>What gpt.py found with PyTorch, and a model with its initial weights.</summary>
internal static class GptGolden
{
    public const int StepCount = 10;
    public const double LearningRate = 3e-3;

    public static ModelSpec Model { get; } = new()
    {
        LayerCount = 2,
        HeadCount = 2,
        EmbeddingWidth = 16,
        ContextLength = 8,
        VocabularySize = 32,
    };

    public static Tensor Read(string name, params long[] shape)
    {
        using var file = Open();
        var tensor = empty(shape);
        SafetensorsFile.Read(file, [(name, tensor)]);
        return tensor;
    }

    public static (Tensor Tokens, Tensor Targets) Batch() => (Read("tokens", 3, 8).to(ScalarType.Int64), Read("targets", 3, 8).to(ScalarType.Int64));

    public static ParameterArena InitialArena(Precision precision)
    {
        var arena = new ParameterArena(new ParameterLayout(Model), precision, CPU);
        ReadInto(arena, "initial", arena.View);
        arena.CastWeights();
        return arena;
    }

    /// <summary>Reads one of the golden sets of parameters.</summary>
    public static void ReadInto(ParameterArena arena, string set, Func<string, Tensor> view)
    {
        using var file = Open();
        using var scope = NewDisposeScope();
        SafetensorsFile.Read(file, [.. arena.Layout.Parameters.Select(parameter => (parameter.Name, view(parameter.Name)))], name => $"{set}.{name}");
    }

    public static Tensor GradientView(ParameterArena arena, string name)
    {
        var parameter = arena.Layout[name];
        return arena.Gradient.narrow(0, parameter.Offset, parameter.Count).view([.. parameter.Shape]);
    }

    /// <summary>Fails unless two tensors agree to a part of the second's largest element.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        var difference = (expected - actual).abs().max().item<float>();
        var largest = expected.abs().max().item<float>();
        Assert.True(difference <= tolerance * largest, FormattableString.Invariant($"{what} differs by {difference}, {difference / largest:E1} of its largest element"));
    }

    private static FileStream Open() => File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "gpt.safetensors"));
}
