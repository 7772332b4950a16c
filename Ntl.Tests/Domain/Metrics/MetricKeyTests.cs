using System.Text.Json;
using Ntl.Domain.Metrics;

namespace Ntl.Tests.Domain.Metrics;

public class MetricKeyTests
{
    [Theory]
    [InlineData("train/loss", "train", "loss")]
    [InlineData("loss", "", "loss")]
    [InlineData("sys/gpu0.util/max-1_2", "sys", "gpu0.util/max-1_2")]
    public void TryParse_ValidText_SplitsSectionAndName(string text, string section, string name)
    {
        Assert.True(MetricKey.TryParse(text, out var key));
        Assert.Equal((text, section, name), (key.Value, key.Section, key.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/loss")]
    [InlineData("loss/")]
    [InlineData("a//b")]
    [InlineData("Train/Loss")]
    [InlineData("train loss")]
    [InlineData("train\\loss")]
    [InlineData("<script>")]
    [InlineData("verlust/größe")]
    public void TryParse_OtherText_IsRefused(string? text) => Assert.False(MetricKey.TryParse(text, out _));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void TryParse_LengthAtTheLimit_CountsCharacters(int length, bool valid) =>
        Assert.Equal(valid, MetricKey.TryParse(new string('a', length), out _));

    [Fact]
    public void Constructor_OtherText_ThrowsWithTheRule() =>
        Assert.Contains("1 to 128", Assert.Throws<ArgumentException>(() => new MetricKey("A")).Message, StringComparison.Ordinal);

    [Fact]
    public void Json_KeyInADocument_IsItsText()
    {
        Assert.Equal("\"val/loss\"", JsonSerializer.Serialize(MetricKeys.ValidationLoss));
        Assert.Equal(MetricKeys.ValidationLoss, JsonSerializer.Deserialize<MetricKey>("\"val/loss\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MetricKey>("\"Val\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MetricKey>("3"));
    }

    [Fact]
    public void CompareTo_Keys_IsOrdinal()
    {
        MetricKey[] keys = [new("b"), new("a/b"), new("a-b"), new("a.b")];

        Assert.Equal(["a-b", "a.b", "a/b", "b"], keys.Order().Select(key => key.Value));
    }

    [Fact]
    public void Operators_Keys_CompareByText()
    {
        var (a, sameAsA, b) = (new MetricKey("a"), new MetricKey("a"), new MetricKey("b"));

        Assert.True(a == sameAsA && a != b && a.Equals((object)sameAsA) && a.GetHashCode() == sameAsA.GetHashCode());
        Assert.True(a < b && a <= sameAsA && b > a && a >= sameAsA);
        Assert.Equal("", default(MetricKey).Value);
    }

    [Fact]
    public void Wellknown_Keys_AreTheStoredNames() => Assert.Equal(
        ["train/loss", "val/loss", "train/learning_rate", "train/gradient_norm", "train/tokens_per_second", "time/elapsed_seconds"],
        new[]
        {
            MetricKeys.TrainLoss, MetricKeys.ValidationLoss, MetricKeys.LearningRate, MetricKeys.GradientNorm,
            MetricKeys.TokensPerSecond, MetricKeys.ElapsedSeconds,
        }.Select(key => key.Value));
}
