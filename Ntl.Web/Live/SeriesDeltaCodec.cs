using System.Text;

namespace Ntl.Web.Live;

/// <summary>
/// New points as bytes, little-endian:
/// <code>
/// u16 series; each: u8 length of key, key (UTF-8), i32 attempt, f64 rewind (−1: none), i32 n, f64 first step,
/// n × u32 step less the first, n × f64 x (left out on the step axis), n × f64 y
/// </code>
/// </summary>
public static class SeriesDeltaCodec
{
    private const int NoRewind = -1;

    public static byte[] Encode(IReadOnlyList<SeriesDelta> deltas, bool withX)
    {
        ArgumentNullException.ThrowIfNull(deltas);
        if (deltas.Count == 0)
        {
            return [];
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(checked((ushort)deltas.Count));
        foreach (var delta in deltas)
        {
            var key = Encoding.UTF8.GetBytes(delta.Key);
            writer.Write(checked((byte)key.Length));
            writer.Write(key);
            writer.Write(delta.Attempt);
            writer.Write((double)(delta.RewindToStep ?? NoRewind));
            writer.Write(delta.Steps.Count);
            var first = delta.Steps.Count > 0 ? delta.Steps[0] : 0;
            writer.Write((double)first);
            foreach (var step in delta.Steps)
            {
                writer.Write(checked((uint)(step - first)));
            }

            foreach (var x in withX ? delta.X : [])
            {
                writer.Write(x);
            }

            foreach (var value in delta.Values)
            {
                writer.Write(value);
            }
        }

        return stream.ToArray();
    }
}
