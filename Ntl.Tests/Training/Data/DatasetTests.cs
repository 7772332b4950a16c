using System.Security.Cryptography;
using System.Text;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Data;

namespace Ntl.Tests.Training.Data;

public class DatasetTests
{
    private static readonly ModelSpec s_model = new() { LayerCount = 1, HeadCount = 1, EmbeddingWidth = 8, ContextLength = 8, VocabularySize = 256 };

    [Fact]
    public void Inspect_BuiltInCorpus_IsTheStatedOne()
    {
        var inspection = Inspect(BuiltInCorpus.Resolve(BuiltInCorpus.StateOfTheUnion.Path), DatasetFormat.Text);

        Assert.Equal(BuiltInCorpus.StateOfTheUnion.Hash, inspection.Hash);
        Assert.Equal(10_761_623, inspection.TokenCount);
    }

    [Fact]
    public void Inspect_Text_CountsBytesAndHashes()
    {
        using var directory = new TemporaryDirectory();
        var text = Encoding.UTF8.GetBytes("Ἄνδρα μοι ἔννεπε, Μοῦσα");

        var inspection = Inspect(directory.Write("text", text), DatasetFormat.Text);

        Assert.Equal(text.Length, inspection.TokenCount);
        Assert.Equal(text.Max(), inspection.LargestToken);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(text)), inspection.Hash);
    }

    [Theory]
    [InlineData("", DatasetFormat.Text, DatasetProblem.Empty)]
    [InlineData("", DatasetFormat.UInt16, DatasetProblem.Empty)]
    [InlineData("41FF41", DatasetFormat.Text, DatasetProblem.InvalidUtf8)]
    [InlineData("41C3", DatasetFormat.Text, DatasetProblem.InvalidUtf8)]
    [InlineData("010203", DatasetFormat.UInt16, DatasetProblem.OddLength)]
    [InlineData("01020304", DatasetFormat.LlmC, DatasetProblem.WrongHeader)]
    public void Inspect_BrokenFile_SaysWhatIsWrong(string hex, DatasetFormat format, DatasetProblem expected)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("data", Convert.FromHexString(hex));

        Assert.Equal(expected, Assert.Throws<DatasetException>(() => Inspect(path, format)).Problem);
    }

    [Theory]
    [InlineData(20_240_000, 1, 4, DatasetProblem.WrongHeader)]
    [InlineData(20_240_521, 1, 4, DatasetProblem.OtherKind)]
    [InlineData(20_240_520, 2, 4, DatasetProblem.WrongVersion)]
    [InlineData(20_240_520, 1, 5, DatasetProblem.WrongTokenCount)]
    [InlineData(20_240_520, 1, -1, DatasetProblem.WrongTokenCount)]
    public void Inspect_WrongLlmcHeader_SaysWhatIsWrong(int magic, int version, int count, DatasetProblem expected)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("data", LlmcFile(magic, version, count, [1, 2, 3, 4]));

        Assert.Equal(expected, Assert.Throws<DatasetException>(() => Inspect(path, DatasetFormat.LlmC)).Problem);
    }

    [Fact]
    public void Inspect_LlmcFile_FindsItsTokens()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("data", LlmcFile(20_240_520, 1, 4, [1, 50_256, 3, 4]));

        var inspection = Inspect(path, DatasetFormat.LlmC);

        Assert.Equal((4, 50_256), (inspection.TokenCount, inspection.LargestToken));
    }

    [Fact]
    public void Inspect_MissingFileAndDirectory_AreToldApart()
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(DatasetProblem.Missing, Assert.Throws<DatasetException>(() => Inspect(directory["none"], DatasetFormat.Text)).Problem);
        Assert.Equal(DatasetProblem.IsDirectory, Assert.Throws<DatasetException>(() => Inspect(directory.Root, DatasetFormat.Text)).Problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_048_575)]
    [InlineData(1_048_576)]
    [InlineData(2_000_000)]
    public void Inspect_WrongByteAnywhere_TellsItsOffset(int offset)
    {
        using var directory = new TemporaryDirectory();
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("€ ", 600_000)));
        var at = offset / 4 * 4; // the euro sign's first byte: three bytes and a space
        text[at] = 0xFF;

        var error = Assert.Throws<DatasetException>(() => Inspect(directory.Write("text", text), DatasetFormat.Text));

        Assert.Contains(FormattableString.Invariant($"offset {at} (0xFF)"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf8Checker_TextInPiecesOfAnyLength_IsSound()
    {
        var text = Encoding.UTF8.GetBytes("aé€𝄞z𝄞€éa");
        for (var length = 1; length <= text.Length; length++)
        {
            var checker = new Utf8Checker();
            foreach (var piece in text.Chunk(length))
            {
                Assert.Null(checker.Next(piece));
            }

            Assert.Null(checker.End());
        }
    }

    [Fact]
    public void Utf8Checker_CutText_TellsTheCutCharacter()
    {
        var text = Encoding.UTF8.GetBytes("aé€𝄞");
        for (var length = 1; length <= text.Length; length++)
        {
            var checker = new Utf8Checker();
            foreach (var piece in text.AsSpan(0, text.Length - 1).ToArray().Chunk(length))
            {
                Assert.Null(checker.Next(piece));
            }

            Assert.Equal(6, checker.End());
        }
    }

    [Fact]
    public void Open_ChangedFile_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var spec = TextSpec(directory, 400);
        File.AppendAllText(spec.Path, "more");

        Assert.Equal(DatasetProblem.Changed, Assert.Throws<DatasetException>(() => TokenDataset.Open(spec, s_model)).Problem);
    }

    [Fact]
    public void Open_TokenBeyondTheVocabulary_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var spec = TextSpec(directory, 400);

        var error = Assert.Throws<DatasetException>(() => TokenDataset.Open(spec, s_model with { VocabularySize = 100 }));

        Assert.Equal(DatasetProblem.TokenOutOfRange, error.Problem);
    }

    [Theory]
    [InlineData(89, false)]
    [InlineData(90, true)]
    public void Open_ShortSplit_IsRefused(int tokens, bool fits)
    {
        using var directory = new TemporaryDirectory();
        var spec = TextSpec(directory, tokens) with { ValidationFraction = 0.1 };
        var validation = (int)Math.Ceiling(tokens * 0.1); // 9 tokens are one window of 8 + 1
        Assert.Equal(9, validation);
        var model = s_model with { ContextLength = fits ? 8 : 9 };

        var error = Record.Exception(() => TokenDataset.Open(spec, model).Dispose());

        Assert.Equal(fits ? null : DatasetProblem.TooShort, (error as DatasetException)?.Problem);
    }

    [Theory]
    [InlineData(DatasetFormat.UInt16)]
    [InlineData(DatasetFormat.LlmC)]
    public void Copy_SixteenBitTokens_GivesThem(DatasetFormat format)
    {
        using var directory = new TemporaryDirectory();
        ushort[] tokens = [.. Enumerable.Range(0, 1000).Select(i => (ushort)(i * 7 % 256))];
        var bytes = format == DatasetFormat.LlmC ? LlmcFile(20_240_520, 1, tokens.Length, tokens) : Bytes(tokens);
        var path = directory.Write("data", bytes);
        var spec = new DatasetSpec { Name = "t", Path = path, Format = format, Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        using var dataset = TokenDataset.Open(spec, s_model);
        var window = new long[20];

        dataset.Copy(980, window);

        Assert.Equal(tokens[980..].Select(token => (long)token), window);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Copy(981, window));
    }

    internal static DatasetSpec TextSpec(TemporaryDirectory directory, int length)
    {
        var text = new byte[length];
        for (var i = 0; i < length; i++)
        {
            text[i] = (byte)('a' + ((i * i) % 26));
        }

        return new DatasetSpec
        {
            Name = "test",
            Path = directory.Write("text", text),
            Format = DatasetFormat.Text,
            Hash = Convert.ToHexStringLower(SHA256.HashData(text)),
        };
    }

    private static DatasetInspection Inspect(string path, DatasetFormat format) =>
        DatasetInspector.Inspect(path, format, TestContext.Current.CancellationToken);

    private static byte[] LlmcFile(int magic, int version, int count, ushort[] tokens)
    {
        var header = new int[256];
        (header[0], header[1], header[2]) = (magic, version, count);
        return [.. header.SelectMany(BitConverter.GetBytes), .. Bytes(tokens)];
    }

    private static byte[] Bytes(ushort[] tokens) => [.. tokens.SelectMany(BitConverter.GetBytes)];
}
