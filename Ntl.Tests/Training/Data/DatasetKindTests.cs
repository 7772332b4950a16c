using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Data;

namespace Ntl.Tests.Training.Data;

/// <summary>Files that are not what they are said to be: each is refused by its name, or told as doubtful.</summary>
public sealed class DatasetKindTests : IDisposable
{
    private const int Gpt2 = 50_257;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, DatasetFormat, DatasetWarningKind?> Cases => new()
    {
        { "B29a_uint32_gpt2_ids.bin", DatasetFormat.UInt16, DatasetWarningKind.WiderTokens },
        { "B29a_uint32_gpt2_ids.bin", DatasetFormat.UInt32, null },
        { "B30a_llmc_good.bin", DatasetFormat.LlmC, null },
        { "B30a_llmc_good.bin", DatasetFormat.UInt16, DatasetWarningKind.LlmcHeader },
        { "B30b_llmc_llama3_v7.bin", DatasetFormat.LlmC, null },
        { "B30b_llmc_llama3_v7.bin", DatasetFormat.UInt16, DatasetWarningKind.LlmcHeader },
    };

    public static TheoryData<string, DatasetFormat, string> RefusedCases => new()
    {
        { "B29d_odd_size.bin", DatasetFormat.UInt16, "79,999" },
        { "B30a_llmc_good.bin", DatasetFormat.Text, "llm.c token file" },
        { "B30b_llmc_llama3_v7.bin", DatasetFormat.UInt32, "begins with an llm.c header" },
        { "B30c_llmc_eval_hellaswag.bin", DatasetFormat.UInt16, "evaluation file" },
        { "B30c_llmc_eval_hellaswag.bin", DatasetFormat.LlmC, "evaluation file" },
        { "B30f_llmc_model_checkpoint.bin", DatasetFormat.UInt16, "model checkpoint" },
        { "B30f_llmc_model_checkpoint.bin", DatasetFormat.LlmC, "model checkpoint" },
        { "B32b_utf16le_bom.txt", DatasetFormat.Text, "UTF-16LE" },
        { "B32d_cut_in_last_character.txt", DatasetFormat.Text, "its last 3 bytes (F0 9F 90) begin a character of 4 bytes" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Inspect_ReportedTokenFile_IsReadOrTold(string name, DatasetFormat format, DatasetWarningKind? expected)
    {
        var inspection = Inspect(SharedData.FindCase("inputs/" + name), format);

        Assert.Equal(expected is { } kind ? [kind] : [], inspection.Warnings.Select(warning => warning.Kind).Take(1));
    }

    [Theory]
    [MemberData(nameof(RefusedCases))]
    public void Inspect_ReportedBrokenFile_SaysWhatItIs(string name, DatasetFormat format, string expected)
    {
        var message = Refusal(SharedData.FindCase("inputs/" + name), format);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("8859", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatasetFormat.UInt32, 20_240_801)]
    [InlineData(DatasetFormat.LlmC, 20_240_801)]
    public void Open_ThirtyTwoBitTokens_GivesThem(DatasetFormat format, int magic)
    {
        uint[] tokens = [.. Ids(4000, 128_256)];
        byte[] bytes = format == DatasetFormat.LlmC ? [.. Header(magic, 7, tokens.Length), .. Bytes(tokens)] : Bytes(tokens);
        var spec = new DatasetSpec
        {
            Name = "wide",
            Path = _directory.Write("wide.bin", bytes),
            Format = format,
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
        var model = new ModelSpec { LayerCount = 1, HeadCount = 1, EmbeddingWidth = 8, ContextLength = 8, VocabularySize = 128_256 };
        using var dataset = TokenDataset.Open(spec, model);
        var window = new long[30];

        dataset.Copy(3970, window);

        Assert.Equal(tokens[3970..].Select(token => (long)token), window);
        Assert.Empty(dataset.Inspection.Warnings);
        Assert.Equal(tokens.Length, dataset.Inspection.TokenCount);
    }

    [Theory]
    [InlineData(Gpt2)]
    [InlineData(65)]
    [InlineData(128_256)]
    public void Inspect_ThirtyTwoBitIdsReadAsSixteen_Warns(int vocabulary)
    {
        var warning = Assert.Single(Inspect(Write(Bytes([.. Ids(5000, vocabulary)])), DatasetFormat.UInt16).Warnings);

        Assert.Equal(DatasetWarningKind.WiderTokens, warning.Kind);
        Assert.Contains("32-bit token ids, read as 16-bit", warning.Message, StringComparison.Ordinal);
        Assert.True(warning.NeedsConsent);
    }

    [Theory]
    [InlineData(DatasetFormat.UInt16)]
    [InlineData(DatasetFormat.UInt32)]
    public void Inspect_SixtyFourBitIds_Warns(DatasetFormat format)
    {
        byte[] bytes = [.. Ids(3000, Gpt2).SelectMany(id => BitConverter.GetBytes((long)id))];

        var warning = Assert.Single(Inspect(Write(bytes), format).Warnings);

        Assert.Contains("64-bit token ids", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gpt2)]
    [InlineData(65)]
    [InlineData(300)]
    public void Inspect_BigEndianIds_Warns(int vocabulary)
    {
        byte[] bytes = [.. Ids(6000, vocabulary).SelectMany(id => new[] { (byte)(id >> 8), (byte)id })];

        Assert.Equal([DatasetWarningKind.BigEndian], Kinds(Write(bytes), DatasetFormat.UInt16));
    }

    [Theory]
    [InlineData(Gpt2)]
    [InlineData(65_536)]
    [InlineData(32_000)]
    [InlineData(256)]
    [InlineData(65)]
    [InlineData(10)]
    public void Inspect_SoundSixteenBitIds_HaveNoWarning(int vocabulary) =>
        Assert.Empty(Kinds(Write(Bytes16(Ids(6000, vocabulary))), DatasetFormat.UInt16));

    // The frequencies of natural text: the k-th most common of the ids occurs 1/k as often.
    [Theory]
    [InlineData(Gpt2)]
    [InlineData(1000)]
    public void Inspect_SoundIdsOfNaturalFrequencies_HaveNoWarning(int vocabulary)
    {
        var random = new Random(5);
        var ids = Enumerable.Range(0, 20_000).Select(_ => (uint)(Math.Pow(vocabulary, random.NextDouble()) - 1)).ToArray();

        Assert.Empty(Kinds(Write(Bytes16(ids)), DatasetFormat.UInt16));
        Assert.Empty(Kinds(Write(Bytes(ids)), DatasetFormat.UInt32));
    }

    [Fact]
    public void Inspect_TextReadAsTokens_IsToldOrRefused()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Grüße aus dem Tal, sagte der Fluss. ", 64)));

        Assert.Equal([DatasetWarningKind.TextAsTokens], Kinds(Write(text.AsSpan(0, 2048)), DatasetFormat.UInt16));
        Assert.Contains("The bytes are text", Refusal(Write(text.AsSpan(0, 2048)), DatasetFormat.UInt32), StringComparison.Ordinal);
        Assert.Equal([DatasetWarningKind.TextAsTokens], Kinds(Write(Encoding.Unicode.GetBytes("The river runs down the valley, slowly.")), DatasetFormat.UInt16));
    }

    [Fact]
    public void Inspect_ConstantTokens_Warns()
    {
        Assert.Equal([DatasetWarningKind.ConstantToken], Kinds(Write(Bytes16(Enumerable.Repeat(7u, 100))), DatasetFormat.UInt16));
        Assert.Equal([DatasetWarningKind.ConstantToken], Kinds(Write(new byte[400]), DatasetFormat.UInt32));
        Assert.Equal([DatasetWarningKind.ConstantToken], Kinds(Write("aaaaaaaaaaaa"u8), DatasetFormat.Text));
    }

    [Fact]
    public void Inspect_TokensAboveTheStatedVocabulary_AreCounted()
    {
        var path = Write(Bytes16([1, 2, 60_000, 4, 50_257]));

        var warning = Assert.Single(DatasetInspector.Inspect(path, DatasetFormat.UInt16, Gpt2, TestContext.Current.CancellationToken).Warnings);

        Assert.Equal(DatasetWarningKind.BeyondVocabulary, warning.Kind);
        Assert.Contains("2 of 5 tokens lie above the vocabulary of 50,257: the first is 60,000 at position 2", warning.Message, StringComparison.Ordinal);
        Assert.Empty(Inspect(path, DatasetFormat.UInt16).Warnings);
    }

    [Fact]
    public void Inspect_LlmcTokensAboveGpt2sVocabulary_AreTold() =>
        Assert.Equal([DatasetWarningKind.BeyondVocabulary], Kinds(Write([.. Header(20_240_520, 1, 3), .. Bytes16([1, 50_257, 3])]), DatasetFormat.LlmC));

    [Theory]
    [InlineData(131_072u, "uint16")]
    [InlineData(0x0100_0000u, "big-endian")]
    public void Inspect_TokenThatNoModelCanHave_IsRefused(uint token, string expected)
    {
        var path = Write(Bytes([1, 2, token, 4]));

        var error = Assert.Throws<DatasetException>(() => Inspect(path, DatasetFormat.UInt32));

        Assert.Equal(DatasetProblem.TokenOutOfRange, error.Problem);
        Assert.Contains("at position 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_240_520, 1, 3, 8, "The header says 3 tokens (6 bytes), but 8 bytes follow it (4 tokens)")]
    [InlineData(20_240_801, 7, 3, 8, "The header says 3 tokens (12 bytes), but 8 bytes follow it (2 tokens)")]
    [InlineData(20_240_801, 1, 2, 8, "version 7")]
    [InlineData(20_240_520, 7, 4, 8, "version 1")]
    [InlineData(20_240_522, 1, 4, 8, "evaluation file")]
    [InlineData(20_240_326, 3, 1024, 8, "model checkpoint")]
    [InlineData(20_240_803, 3, 8192, 8, "model checkpoint")]
    [InlineData(20_240_328, 2, 50_257, 8, "tokenizer")]
    [InlineData(20_251_231, 1, 4, 8, "kind that Ntl does not know")]
    [InlineData(12_345, 1, 4, 8, "an llm.c token file begins with")]
    public void Inspect_OtherLlmcFile_SaysWhatItIs(int magic, int version, int count, int bodyLength, string expected)
    {
        var message = Refusal(Write([.. Header(magic, version, count), .. Enumerable.Range(1, bodyLength).Select(i => (byte)i)]), DatasetFormat.LlmC);

        Assert.Contains(expected, message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Inspect_HeaderOf32BitTokensAbove16BitOnes_SaysSo()
    {
        var message = Refusal(Write([.. Header(20_240_801, 7, 4), .. Bytes16([9, 60, 7, 8, 9, 10, 11, 12])]), DatasetFormat.LlmC);

        Assert.Contains("The header says 32-bit tokens, but what follows it are none", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", DatasetFormat.Text, "Git LFS pointer")]
    [InlineData("MMIDIDX\0\0 and so on ", DatasetFormat.UInt16, "Megatron's index")]
    public void Inspect_FileThatStandsForAnother_SaysWhichToTake(string text, DatasetFormat format, string expected) =>
        Assert.Contains(expected, Refusal(Write(Encoding.UTF8.GetBytes(text)), format), StringComparison.Ordinal);

    [Fact]
    public void Inspect_BigEndianLlmcFile_SaysSo()
    {
        var header = Header(20_240_520, 1, 4);
        BinaryPrimitives.WriteInt32BigEndian(header, 20_240_520);

        Assert.Contains("big-endian", Refusal(Write([.. header, 1, 2, 3, 4]), DatasetFormat.LlmC), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatasetFormat.Text)]
    [InlineData(DatasetFormat.UInt16)]
    [InlineData(DatasetFormat.UInt32)]
    [InlineData(DatasetFormat.LlmC)]
    public void Inspect_FileOfAnotherFormat_IsRefusedByItsName(DatasetFormat format)
    {
        (byte[] Content, string Name)[] files =
        [
            (Gzip(2000), "gzip"),
            ([0x50, 0x4B, 3, 4, .. new byte[96]], "ZIP"),
            ([0x93, .. "NUMPY\x01\0v\0{'descr': '<u2'}"u8, .. new byte[99]], "NumPy"),
            ([0x80, 4, 0x95, 20, 0, 0, 0, 0, 0, 0, 0, .. new byte[84], .. "."u8], "pickle"),
            ([0x80, 2, .. "}q\0(X\x05\0\0\0model"u8, .. new byte[83], .. "."u8], "pickle"),
            ([16, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":{}}        "u8, .. new byte[100]], "safetensors"),
            ([.. "PAR1"u8, .. new byte[96], .. "PAR1"u8], "Parquet"),
            ([0x89, .. "HDF\r\n\x1A\n"u8, .. new byte[100]], "HDF5"),
            ([0x28, 0xB5, 0x2F, 0xFD, .. new byte[100]], "Zstandard"),
            ([0xFD, .. "7zXZ\0"u8, .. new byte[98]], "xz"),
            ([.. "GGUF"u8, 3, 0, 0, 0, .. new byte[96]], "GGUF"),
            ([.. "%PDF-1.7\n"u8, .. Enumerable.Repeat((byte)'x', 91)], "PDF"),
        ];
        foreach (var (content, name) in files)
        {
            var error = Assert.Throws<DatasetException>(() => Inspect(Write(content), format));

            Assert.Equal(DatasetProblem.OtherKind, error.Problem);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", false)]
    [InlineData("utf-32BE", false)]
    public void Inspect_TextOfWideUnits_IsNamed(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("The river runs slowly, the valley is narrow.\n")];

        var error = Assert.Throws<DatasetException>(() => Inspect(Write(bytes), DatasetFormat.Text));

        Assert.Equal(DatasetProblem.OtherEncoding, error.Problem);
        Assert.Contains(name.EndsWith("BE", StringComparison.Ordinal) ? name.ToUpperInvariant() : name.ToUpperInvariant() + "LE", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_CyrillicUtf16WithoutMark_IsNoIso8859()
    {
        var bytes = Encoding.Unicode.GetBytes(string.Concat(Enumerable.Repeat("Все счастливые семьи похожи друг на друга. ", 20)));

        Assert.Contains("UTF-16LE", Refusal(Write(bytes), DatasetFormat.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_TokenFileReadAsText_IsToldApartFromUtf16() =>
        Assert.Contains("16-bit token ids", Refusal(Write(Bytes16(Ids(3000, 65).Select(id => id % 20))), DatasetFormat.Text), StringComparison.Ordinal);

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("🐢")]
    public void Inspect_TextCutInItsLastCharacter_SaysHowManyBytes(string last)
    {
        var whole = Encoding.UTF8.GetBytes("naïve text, ends in " + last);
        var width = Encoding.UTF8.GetByteCount(last);
        for (var kept = 1; kept < width; kept++)
        {
            var message = Refusal(Write(whole.AsSpan(0, whole.Length - width + kept)), DatasetFormat.Text);

            Assert.Contains("cut inside its last character", message, StringComparison.Ordinal);
            Assert.Contains(FormattableString.Invariant($" a character of {width} bytes"), message, StringComparison.Ordinal);
            Assert.DoesNotContain("ISO", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("é")]
    [InlineData("🐢")]
    public void Inspect_TextCutInItsFirstCharacter_SaysSo(string first)
    {
        var whole = Encoding.UTF8.GetBytes(first + " naïve text");

        var message = Refusal(Write(whole.AsSpan(1)), DatasetFormat.Text);

        Assert.Contains("begins inside a character", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ISO", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grüß Gott, schöne Grüße", "iso-8859-1", "perhaps ISO-8859-1")]
    [InlineData("Все счастливые семьи похожи", "koi8-r", "KOI8-R")]
    public void Inspect_EightBitText_IsAdvisedOnlyWhatItCouldBe(string text, string encoding, string expected)
    {
        byte[] bytes = encoding == "iso-8859-1"
            ? Encoding.Latin1.GetBytes(text)
            : [.. text.Select(letter => letter == ' ' ? (byte)' ' : (byte)(0xC0 + (letter & 0x1F)))];

        Assert.Contains(expected, Refusal(Write(bytes), DatasetFormat.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("na\u00efve caf\u00e9, then ", 0xE9, "damaged at that place")]
    [InlineData("say ", 0x93, "Windows-1252")]
    public void Inspect_OneForeignByte_IsNotTakenForLatin1(string before, byte foreign, string expected)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(before), foreign, .. "hello, and then some more plain text"u8];

        var message = Refusal(Write(bytes), DatasetFormat.Text);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("8859", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_NulAndControlBytesInText_AreCounted()
    {
        var warnings = Inspect(Write("a\0b, a sound text otherwise\0"u8), DatasetFormat.Text).Warnings;

        var warning = Assert.Single(warnings);
        Assert.Equal(DatasetWarningKind.NulBytes, warning.Kind);
        Assert.Contains("2 NUL bytes, the first at offset 1", warning.Message, StringComparison.Ordinal);
        Assert.Equal([DatasetWarningKind.ControlCharacters], Kinds(Write("\x01\x02\x03 short\x04\x05"u8), DatasetFormat.Text));
    }

    [Fact]
    public void Inspect_Utf8ByteOrderMark_IsLeftOutAndTold()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "A text with a mark, as Notepad writes."u8];

        var inspection = Inspect(Write(bytes), DatasetFormat.Text);

        var warning = Assert.Single(inspection.Warnings);
        Assert.False(warning.NeedsConsent);
        Assert.Equal((bytes.Length - 3, 3), (inspection.TokenCount, inspection.Layout.BodyOffset));
    }

    [Fact]
    public async Task Inspect_PipeOrDevice_IsRefusedAtOnce()
    {
        var pipe = _directory["pipe"];
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var refused = await Task.Run(() => Assert.Throws<DatasetException>(() => Inspect(pipe, DatasetFormat.Text)), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(DatasetProblem.NotAFile, refused.Problem);
        Assert.Equal(DatasetProblem.NotAFile, Assert.Throws<DatasetException>(() => Inspect("/dev/zero", DatasetFormat.Text)).Problem);
        Assert.Equal(DatasetProblem.Empty, Assert.Throws<DatasetException>(() => Inspect("/proc/self/status", DatasetFormat.Text)).Problem);
    }

    public void Dispose() => _directory.Dispose();

    private static DatasetInspection Inspect(string path, DatasetFormat format) =>
        DatasetInspector.Inspect(path, format, TestContext.Current.CancellationToken);

    private static IEnumerable<DatasetWarningKind> Kinds(string path, DatasetFormat format) => Inspect(path, format).Warnings.Select(warning => warning.Kind);

    private static string Refusal(string path, DatasetFormat format) => Assert.Throws<DatasetException>(() => Inspect(path, format)).Message;

    private static IEnumerable<uint> Ids(int count, int vocabulary)
    {
        var random = new Random(vocabulary);
        return [.. Enumerable.Range(0, count).Select(_ => (uint)random.Next(vocabulary))];
    }

    private static byte[] Header(int magic, int version, int count)
    {
        var header = new byte[1024];
        foreach (var (i, word) in new[] { magic, version, count }.Index())
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 * i), word);
        }

        return header;
    }

    private static byte[] Bytes(IReadOnlyList<uint> tokens) => [.. tokens.SelectMany(BitConverter.GetBytes)];

    private static byte[] Bytes16(IEnumerable<uint> tokens) => [.. tokens.SelectMany(token => BitConverter.GetBytes((ushort)token))];

    private static byte[] Gzip(int length)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(RandomNumberGenerator.GetBytes(length));
        }

        return packed.ToArray();
    }

    private string Write(ReadOnlySpan<byte> content) => _directory.Write(Guid.NewGuid().ToString("N"), content);
}
