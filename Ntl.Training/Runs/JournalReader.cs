using System.Buffers.Binary;
using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>
/// Reads whole records from a journal that a trainer may still be writing. Stateless: the caller keeps the offset, in the same
/// transaction as what it made of the records, so that each record counts once whichever process is killed, when.
/// </summary>
public static class JournalReader
{
    private const int DefaultWindow = 1 << 20;

    /// <summary>Reads the records that are whole, from an offset on.</summary>
    /// <param name="path">The journal. A missing file is an empty one: its trainer has not begun.</param>
    /// <param name="offset">0, or <see cref="JournalPage.NextOffset"/> of an earlier page.</param>
    /// <param name="maximumBytes">About how much to read at once; a longer record is still read whole.</param>
    /// <returns>The records and the offset after them. A torn last record is not there yet: it stays in <see cref="JournalPage.PendingBytes"/>.</returns>
    /// <exception cref="JournalCorruptException">The bytes at the offset are damaged. Records before them are returned first, by an earlier call.</exception>
    public static JournalPage Read(string path, long offset, int maximumBytes = DefaultWindow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        using var handle = TryOpen(path);
        if (handle is null)
        {
            return new JournalPage([], offset, 0);
        }

        var length = RandomAccess.GetLength(handle);
        if (offset < JournalFormat.HeaderLength)
        {
            if (length < JournalFormat.HeaderLength)
            {
                return new JournalPage([], 0, length);
            }

            VerifyHeader(path, ReadAt(handle, 0, JournalFormat.HeaderLength));
            offset = JournalFormat.HeaderLength;
        }

        if (offset > length)
        {
            throw new JournalCorruptException(path, length, FormattableString.Invariant($"the file ends before offset {offset}, which was read earlier"));
        }

        var window = ReadAt(handle, offset, (int)Math.Min(length - offset, Math.Max(maximumBytes, JournalFormat.FrameLength)));
        if (window.Length >= JournalFormat.FrameLength)
        {
            // A first record longer than the window is read whole.
            var first = JournalFormat.FrameLength + Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(window), JournalFormat.MaximumPayload);
            if (first > window.Length && first <= length - offset)
            {
                window = ReadAt(handle, offset, (int)first);
            }
        }

        return Parse(path, window, offset, length);
    }

    private static JournalPage Parse(string path, byte[] window, long offset, long length)
    {
        List<JournalEntry> entries = [];
        var position = 0;
        while (window.Length - position >= JournalFormat.FrameLength)
        {
            var frame = window.AsSpan(position, JournalFormat.FrameLength);
            var payloadLength = BinaryPrimitives.ReadUInt32LittleEndian(frame);
            var end = (long)position + JournalFormat.FrameLength + payloadLength;
            if (payloadLength is 0 or > JournalFormat.MaximumPayload)
            {
                // A file system may leave zeros where a crash cut an append short.
                if (window.AsSpan(position).ContainsAnyExcept((byte)0))
                {
                    return EndBefore(entries, path, offset + position, length, FormattableString.Invariant($"a record of {payloadLength} bytes"));
                }

                break;
            }

            if (end > window.Length)
            {
                break;
            }

            var payload = window.AsMemory(position + JournalFormat.FrameLength, (int)payloadLength);
            if (JournalFormat.Checksum(frame[..4], payload.Span) != BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]))
            {
                if (offset + end == length)
                {
                    break; // the last record: its bytes may still be on their way to the disk
                }

                return EndBefore(entries, path, offset + position, length, "the checksum does not match");
            }

            JournalRecord record;
            try
            {
                record = JournalCodec.Decode(payload);
            }
            catch (InvalidDataException exception)
            {
                return EndBefore(entries, path, offset + position, length, exception.Message);
            }

            entries.Add(new JournalEntry(offset + position, offset + end, record));
            position = (int)end;
        }

        return new JournalPage(entries, offset + position, length - offset - position);
    }

    // Sound records first; the damage is thrown by the call that begins at it.
    private static JournalPage EndBefore(List<JournalEntry> entries, string path, long at, long length, string reason) =>
        entries.Count > 0 ? new JournalPage(entries, at, length - at) : throw new JournalCorruptException(path, at, reason);

    private static void VerifyHeader(string path, ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(JournalFormat.Magic))
        {
            throw new JournalCorruptException(path, 0, "it does not begin as a journal");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version != JournalFormat.Version)
        {
            throw new JournalCorruptException(path, 8, FormattableString.Invariant($"it is of version {version}, this Ntl reads version {JournalFormat.Version}"));
        }
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static byte[] ReadAt(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long offset, int count)
    {
        var bytes = new byte[count];
        var read = 0;
        while (read < count)
        {
            var now = RandomAccess.Read(handle, bytes.AsSpan(read), offset + read);
            if (now == 0)
            {
                return bytes[..read]; // cut since its length was asked
            }

            read += now;
        }

        return bytes;
    }
}
