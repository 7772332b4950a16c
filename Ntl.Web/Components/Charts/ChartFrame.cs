using System.Buffers;
using System.Buffers.Binary;

namespace Ntl.Web.Components.Charts;

/// <summary>Packs points for the chart module; the layout stands in wwwroot-assets/src/charts/frame.js, which reads it.</summary>
public static class ChartFrame
{
    private const uint HasX = 1;
    private const uint HasSmoothed = 2;

    /// <summary>Packs some lines' points: 12 bytes a point against steps, 4 more when smoothed, 8 more on another axis.</summary>
    public static byte[] Encode(IReadOnlyList<ChartPoints> blocks)
    {
        var buffer = new ArrayBufferWriter<byte>(4 + blocks.Sum(SizeOf));
        WriteUInt32(buffer, (uint)blocks.Count);
        foreach (var block in blocks)
        {
            WriteUInt32(buffer, (uint)block.Line);
            WriteUInt32(buffer, (uint)block.Steps.Count);
            WriteUInt32(buffer, (block.X is null ? 0 : HasX) | (block.Smoothed is null ? 0 : HasSmoothed));
            WriteUInt32(buffer, 0);
            WriteDouble(buffer, block.TotalPoints);
            WriteDouble(buffer, block.RewindToStep ?? double.NaN);
            foreach (var step in block.Steps)
            {
                WriteDouble(buffer, step);
            }

            foreach (var x in block.X ?? [])
            {
                WriteDouble(buffer, x);
            }

            WriteSingles(buffer, block.Y);
            WriteSingles(buffer, block.Smoothed ?? []);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static int SizeOf(ChartPoints block) =>
        32 + (block.Steps.Count * (8 + 4 + (block.X is null ? 0 : 8) + (block.Smoothed is null ? 0 : 4)));

    private static void WriteUInt32(ArrayBufferWriter<byte> buffer, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(sizeof(uint)), value);
        buffer.Advance(sizeof(uint));
    }

    private static void WriteDouble(ArrayBufferWriter<byte> buffer, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(sizeof(double)), value);
        buffer.Advance(sizeof(double));
    }

    private static void WriteSingles(ArrayBufferWriter<byte> buffer, IReadOnlyList<double> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(sizeof(float)), (float)value);
            buffer.Advance(sizeof(float));
        }
    }
}
