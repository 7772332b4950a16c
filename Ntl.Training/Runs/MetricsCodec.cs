using System.Text;
using Ntl.Domain.Metrics;

namespace Ntl.Training.Runs;

/// <summary>
/// Metric segments as bytes: 7-bit encoded count of segments; each a length-prefixed UTF-8 key, a 7-bit encoded count n, n 7-bit
/// encoded step differences (the first from 0), n little-endian doubles.
/// </summary>
internal static class MetricsCodec
{
    public static byte[] Encode(MetricsRecorded metrics)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write((byte)JournalRecordKind.Metrics);
        writer.Write7BitEncodedInt(metrics.Segments.Count);
        foreach (var (key, points) in metrics.Segments)
        {
            writer.Write(key.Value);
            writer.Write7BitEncodedInt(points.Count);
            long previous = 0;
            foreach (var step in points.Steps)
            {
                writer.Write7BitEncodedInt64(step - previous);
                previous = step;
            }

            foreach (var value in points.Values)
            {
                writer.Write(value);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The record that <see cref="Encode"/> wrote, its first byte left out.</summary>
    /// <exception cref="InvalidDataException">The bytes are no metric segments.</exception>
    public static unsafe MetricsRecorded Decode(ReadOnlySpan<byte> content)
    {
        fixed (byte* bytes = content)
        {
            using var stream = new UnmanagedMemoryStream(bytes, content.Length);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            try
            {
                var segments = new MetricSegment[Count(reader, content.Length)];
                for (var i = 0; i < segments.Length; i++)
                {
                    segments[i] = ReadSegment(reader, content.Length);
                }

                return new MetricsRecorded(segments);
            }
            catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException)
            {
                throw new InvalidDataException($"metric segments that are not sound: {exception.Message}", exception);
            }
        }
    }

    private static MetricSegment ReadSegment(BinaryReader reader, int limit)
    {
        var key = new MetricKey(reader.ReadString());
        var steps = new long[Count(reader, limit)];
        long step = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            step += reader.Read7BitEncodedInt64();
            steps[i] = step;
        }

        var values = new double[steps.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return new MetricSegment(key, new MetricSeries(steps, values));
    }

    // Each segment and each point takes more than one byte, so a larger count is damage; it must not size an array.
    private static int Count(BinaryReader reader, int limit)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count < limit ? count : throw new InvalidDataException($"metric segments with a count of {count}");
    }
}
