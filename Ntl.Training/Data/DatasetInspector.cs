using System.Security.Cryptography;
using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>Reads a data set once from end to end and says what it is, what is wrong with it, or what makes it doubtful.</summary>
public static class DatasetInspector
{
    private const int PieceLength = 1 << 20;
    private const int EndLength = 8;

    /// <summary>Checks the whole file and computes its identity.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is said to hold its tokens.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="DatasetException">
    /// Missing, not a regular file, unreadable, empty, of another kind (compressed, a model …), not UTF-8 (with the byte offset), cut inside a token,
    /// with a wrong header, or with tokens that no model can have.
    /// </exception>
    public static DatasetInspection Inspect(string path, DatasetFormat format, CancellationToken cancellationToken = default) =>
        Inspect(path, format, vocabularySize: null, cancellationToken);

    /// <inheritdoc cref="Inspect(string, DatasetFormat, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is said to hold its tokens.</param>
    /// <param name="vocabularySize">The vocabulary that its tokens are said to be of; null for that of an llm.c header, or for none.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static DatasetInspection Inspect(string path, DatasetFormat format, int? vocabularySize, CancellationToken cancellationToken = default)
    {
        using var file = DatasetFile.Open(path);
        try
        {
            return Inspect(file, format, vocabularySize, cancellationToken);
        }
        catch (IOException exception)
        {
            throw DatasetFile.Unreadable(exception);
        }
    }

    private static DatasetInspection Inspect(FileStream file, DatasetFormat format, int? vocabularySize, CancellationToken cancellationToken)
    {
        var byteCount = file.Length;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceLength];
        var read = byteCount == 0 ? 0 : file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
        var start = piece.AsSpan(0, Math.Min(read, LlmcHeader.Length)).ToArray();
        RequireKnownKind(file, start, format);
        var layout = DatasetLayout.Read(start, byteCount, format);
        var vocabulary = vocabularySize ?? (format == DatasetFormat.LlmC ? LlmcHeader.Vocabulary(start) : null);
        var text = format == DatasetFormat.Text ? new TextCheck() : null;
        var tokens = format == DatasetFormat.Text ? null : new TokenCheck(layout.TokenWidth, vocabulary, start);
        for (long offset = 0; read > 0; read = file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = piece.AsSpan(0, read);
            sha.AppendData(bytes);
            text?.Next(bytes);
            tokens?.Next(offset == 0 ? bytes[layout.BodyOffset..] : bytes);
            offset += read;
        }

        tokens?.RequirePossible();
        var hash = Convert.ToHexStringLower(sha.GetHashAndReset());
        return new DatasetInspection(format, byteCount, layout.TokenCount, text?.Largest ?? (int)tokens!.Largest, hash)
        {
            Layout = layout,
            StatedVocabularySize = vocabularySize,
            Warnings = [.. text?.End() ?? tokens!.Warnings(hasHeader: layout.BodyOffset > 0)],
        };
    }

    private static void RequireKnownKind(FileStream file, ReadOnlySpan<byte> start, DatasetFormat format)
    {
        Span<byte> end = stackalloc byte[(int)Math.Min(EndLength, file.Length)];
        RandomAccess.Read(file.SafeFileHandle, end, file.Length - end.Length);
        if (FileSignature.NameOf(start, end, file.Length) is { } name)
        {
            throw new DatasetException(DatasetProblem.OtherKind, $"The file is {name}. It is not text or training tokens.");
        }

        if (format == DatasetFormat.Text && LlmcHeader.IsTokenFile(start))
        {
            throw new DatasetException(DatasetProblem.OtherKind, "The file is an llm.c token file, not text. Choose the format llmc.");
        }
    }
}
