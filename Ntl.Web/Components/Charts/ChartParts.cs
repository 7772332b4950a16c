using System.Buffers.Binary;

namespace Ntl.Web.Components.Charts;

/// <summary>The parts of an answer that wwwroot-assets/src/charts/history.js reads: <c>u32</c> length, little-endian, then so many bytes.</summary>
internal static class ChartParts
{
    public static async Task WriteAsync(Stream body, byte[] part, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)part.Length);
        await body.WriteAsync(length, cancellationToken);
        await body.WriteAsync(part, cancellationToken);
    }
}
