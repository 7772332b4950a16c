using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Ntl.Domain.Metrics;

/// <summary>The min–max pyramid's stored level: a bin for every 256 points of a chunk.</summary>
/// <remarks>
/// Bins count points, not steps, from the chunk's first one, so appending changes only the last bin. Finer levels come
/// from the points themselves, coarser ones by merging. Layout, version 1, little-endian: version (1 byte), value type (1 byte: 4 or 8), number of bins;
/// for each bin its count, non-finite count, first step less the last of the bin before, then last, minimum's and maximum's steps less
/// the first, then the values of first, last, minimum, maximum; CRC32C (4 bytes). Integers are zigzag varints.
/// </remarks>
public sealed class ChunkSummary
{
    /// <summary>Points in a full bin.</summary>
    public const int PointsPerBin = 256;

    private const byte Version = 1;
    private const int MaximumBins = MetricChunkCodec.MaximumPoints / PointsPerBin;
    private const int MaximumBytesPerBin = 6 * 10 + 4 * sizeof(double);

    private ChunkSummary(ImmutableArray<MetricBin> bins)
    {
        Bins = bins;
        Count = (int)bins.Sum(bin => bin.Count);
    }

    /// <summary>The bins in step order; at least one, all full but the last.</summary>
    public ImmutableArray<MetricBin> Bins { get; }

    /// <summary>Points in the chunk.</summary>
    public int Count { get; }

    /// <summary>Step of the first point.</summary>
    public long FirstStep => Bins[0].First.Step;

    /// <summary>Step of the last point.</summary>
    public long LastStep => Bins[^1].Last.Step;

    /// <summary>Sums up a chunk.</summary>
    /// <param name="chunk">1 to <see cref="MetricChunkCodec.MaximumPoints"/> points.</param>
    public static ChunkSummary Of(MetricSeries chunk)
    {
        ArgumentOutOfRangeException.ThrowIfZero(chunk.Count, nameof(chunk));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunk.Count, MetricChunkCodec.MaximumPoints, nameof(chunk));
        var bins = ImmutableArray.CreateBuilder<MetricBin>(MaximumBins);
        for (var start = 0; start < chunk.Count; start += PointsPerBin)
        {
            var length = Math.Min(PointsPerBin, chunk.Count - start);
            bins.Add(MetricBin.Of(chunk.Steps.Slice(start, length), chunk.Values.Slice(start, length)));
        }

        return new(bins.DrainToImmutable());
    }

    /// <summary>Packs the summary.</summary>
    public byte[] Encode()
    {
        var writer = new ChunkWriter(stackalloc byte[3 + MaximumBins * MaximumBytesPerBin + sizeof(uint)]);
        var values = Bins.SelectMany(bin => new[] { bin.First.Value, bin.Last.Value, bin.Minimum.Value, bin.Maximum.Value });
        var single = SinglePrecision.HoldsAll([.. values]);
        writer.Byte(Version);
        writer.Byte(single ? (byte)sizeof(float) : (byte)sizeof(double));
        writer.Integer(Bins.Length);
        var previousStep = 0L;
        foreach (var bin in Bins)
        {
            writer.Integer(bin.Count);
            writer.Integer(bin.NonFiniteCount);
            writer.Integer(bin.First.Step - previousStep);
            writer.Integer(bin.Last.Step - bin.First.Step);
            writer.Integer(bin.Minimum.Step - bin.First.Step);
            writer.Integer(bin.Maximum.Step - bin.First.Step);
            WriteValue(ref writer, bin.First.Value, single);
            WriteValue(ref writer, bin.Last.Value, single);
            WriteValue(ref writer, bin.Minimum.Value, single);
            WriteValue(ref writer, bin.Maximum.Value, single);
            previousStep = bin.Last.Step;
        }

        var checksum = MetricChunkCodec.Crc32C(writer.Written);
        BinaryPrimitives.WriteUInt32LittleEndian(writer.Bytes(sizeof(uint)), checksum);
        return writer.Written.ToArray();
    }

    /// <summary>Unpacks a summary.</summary>
    /// <exception cref="CorruptChunkException">The bytes are not a whole, unaltered summary.</exception>
    public static ChunkSummary Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = ChunkReader.Checked(bytes, Version);
        var single = reader.Byte() == sizeof(float);
        var bins = ImmutableArray.CreateBuilder<MetricBin>(MaximumBins);
        var previousStep = 0L;
        for (var remaining = reader.Count(MaximumBins); remaining > 0; remaining--)
        {
            var count = reader.Count(PointsPerBin);
            var nonFinite = reader.Count(count);
            var first = previousStep + reader.Integer();
            var last = first + reader.Integer();
            var minimum = first + reader.Integer();
            var maximum = first + reader.Integer();
            bins.Add(new(
                new(first, ReadValue(ref reader, single)),
                new(last, ReadValue(ref reader, single)),
                new(minimum, ReadValue(ref reader, single)),
                new(maximum, ReadValue(ref reader, single)),
                count,
                nonFinite));
            previousStep = last;
        }

        return bins.Count > 0 && reader.IsAtEnd
            ? new(bins.DrainToImmutable())
            : throw new CorruptChunkException("The summary has no bins, or bytes after its last.");
    }

    private static void WriteValue(ref ChunkWriter writer, double value, bool single)
    {
        if (single)
        {
            writer.Single((float)value);
        }
        else
        {
            writer.Double(value);
        }
    }

    private static double ReadValue(ref ChunkReader reader, bool single) => single ? reader.Single() : reader.Double();
}
