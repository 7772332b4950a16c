using Ntl.Training.Checkpoints;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>
/// A model's weights as a safetensors file under GPT-2's names and in GPT-2's own layout: matrices of blocks are (in, out), the
/// tied output layer is left out. Such a file is what the published GPT-2 is, and Ntl reads that one too.
/// </summary>
public static class GptWeights
{
    private const string PublishedPrefix = "transformer."; // in files saved with their output layer

    /// <summary>Writes the master weights.</summary>
    public static void Write(Stream stream, ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(stream, Named(arena));
    }

    /// <summary>Reads the master weights, and brings the bfloat16 copy up to date.</summary>
    /// <exception cref="SafetensorsException">Not safetensors, cut, or not of this model's shape.</exception>
    public static void Read(Stream stream, ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arena);
        using var scope = NewDisposeScope();
        var isPrefixed = SafetensorsFile.Names(stream).Any(name => name.StartsWith(PublishedPrefix, StringComparison.Ordinal));
        stream.Position = 0;
        SafetensorsFile.Read(stream, Named(arena), isPrefixed ? name => PublishedPrefix + name : null);
        arena.CastWeights();
    }

    private static List<(string Name, Tensor Tensor)> Named(ParameterArena arena) =>
        [.. arena.Layout.Parameters.Select(parameter => (parameter.Name, arena.View(parameter.Name)))];
}
