using static TorchSharp.torch;

namespace Ntl.Training.Checkpoints;

/// <summary>Writes and reads named 32-bit tensors in the safetensors format; reads bfloat16 and half precision too.</summary>
public static class SafetensorsFile
{
    private const string Float32 = "F32";

    /// <summary>Writes tensors one after another.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="tensors">32-bit, on any device; contiguous ones on the CPU are written without a copy.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        long end = 0;
        SafetensorsHeader.Write(stream, [.. tensors.Select(pair =>
        {
            var start = end;
            end += pair.Tensor.NumberOfElements * sizeof(float);
            return new SafetensorsEntry(pair.Name, Float32, pair.Tensor.shape, start, end);
        })]);
        foreach (var (_, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            tensor.cpu().contiguous().WriteBytesToStream(stream);
        }
    }

    /// <summary>Reads every tensor of a file into the destinations of the same names.</summary>
    /// <param name="stream">A safetensors file, from its start; seekable.</param>
    /// <param name="destinations">Receive the values, converted to their type. Every one must be in the file with its shape.</param>
    /// <param name="renamed">Says under which name to look for a destination's tensor; null looks for the same.</param>
    /// <exception cref="SafetensorsException">Not safetensors, cut, or a tensor is missing or of another shape or type.</exception>
    public static void Read(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> destinations, Func<string, string>? renamed = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(destinations);
        var entries = SafetensorsHeader.Read(stream).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var dataStart = stream.Position;
        foreach (var (name, tensor) in destinations)
        {
            var wanted = renamed is null ? name : renamed(name);
            if (!entries.TryGetValue(wanted, out var entry))
            {
                throw new SafetensorsException($"The file has no tensor '{wanted}'.");
            }

            if (!entry.Shape.AsSpan().SequenceEqual(tensor.shape))
            {
                throw new SafetensorsException($"'{wanted}' has the shape [{string.Join(", ", entry.Shape)}], [{string.Join(", ", tensor.shape)}] is wanted.");
            }

            stream.Position = dataStart + entry.Start;
            Copy(stream, entry, tensor);
        }
    }

    /// <summary>The names in a file, in its order.</summary>
    /// <exception cref="SafetensorsException">Not safetensors, or cut.</exception>
    public static IReadOnlyList<string> Names(Stream stream) => [.. SafetensorsHeader.Read(stream).Select(entry => entry.Name)];

    private static void Copy(Stream stream, SafetensorsEntry entry, Tensor destination)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        var read = empty(entry.Shape, dtype: TypeOf(entry));
        if (read.NumberOfElements * read.ElementSize != entry.End - entry.Start)
        {
            throw new SafetensorsException($"'{entry.Name}' has {entry.End - entry.Start} bytes, which its shape and type do not make.");
        }

        read.ReadBytesFromStream(stream);
        destination.copy_(read);
    }

    private static ScalarType TypeOf(SafetensorsEntry entry) => entry.Type switch
    {
        Float32 => ScalarType.Float32,
        "F64" => ScalarType.Float64,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        _ => throw new SafetensorsException($"'{entry.Name}' is of the type {entry.Type}; weights are F32, F64, F16 or BF16."),
    };
}
