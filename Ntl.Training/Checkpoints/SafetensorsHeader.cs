using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ntl.Training.Checkpoints;

/// <summary>The header of a safetensors file: a 64-bit length, then JSON that names each tensor's type, shape and bytes.</summary>
/// <remarks>Format: huggingface/safetensors, README.md, section "Format". The JSON is padded with spaces so that data are 8-byte aligned.</remarks>
internal static class SafetensorsHeader
{
    private const int MaximumLength = 100_000_000; // the format's own limit
    private const int Alignment = 8;
    private const string Metadata = "__metadata__";

    public static void Write(Stream stream, IEnumerable<SafetensorsEntry> entries)
    {
        var json = new JsonObject { [Metadata] = new JsonObject { ["format"] = "pt" } }; // readers of PyTorch tensors ask for this
        foreach (var entry in entries)
        {
            json[entry.Name] = new JsonObject
            {
                ["dtype"] = entry.Type,
                ["shape"] = new JsonArray([.. entry.Shape.Select(length => JsonValue.Create(length))]),
                ["data_offsets"] = new JsonArray(entry.Start, entry.End),
            };
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(json);
        var padded = new byte[(text.Length + Alignment - 1) / Alignment * Alignment];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded.Length);
        stream.Write(length);
        stream.Write(padded);
    }

    /// <summary>Reads the header; the stream is then at the data.</summary>
    /// <exception cref="SafetensorsException">It is not a safetensors file, or is cut.</exception>
    public static IReadOnlyList<SafetensorsEntry> Read(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            throw new SafetensorsException("The file is shorter than a safetensors header.");
        }

        var count = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (count is < 2 or > MaximumLength || (long)count > stream.Length - sizeof(ulong))
        {
            throw new SafetensorsException(FormattableString.Invariant($"The file says it has a header of {count} bytes: it is not safetensors, or is cut."));
        }

        var text = new byte[count];
        stream.ReadExactly(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            var dataLength = stream.Length - stream.Position;
            return [.. document.RootElement.EnumerateObject()
                .Where(property => !string.Equals(property.Name, Metadata, StringComparison.Ordinal))
                .Select(property => Entry(property, dataLength))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SafetensorsException($"The file's header is not that of safetensors: {exception.Message}", exception);
        }
    }

    private static SafetensorsEntry Entry(JsonProperty property, long dataLength)
    {
        var offsets = property.Value.GetProperty("data_offsets");
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        return start >= 0 && end >= start && end <= dataLength
            ? new SafetensorsEntry(property.Name, property.Value.GetProperty("dtype").GetString()!, shape, start, end)
            : throw new SafetensorsException(FormattableString.Invariant($"The bytes {start} to {end} of '{property.Name}' are not within the file's {dataLength} bytes of data: the file is cut."));
    }
}
