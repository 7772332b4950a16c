using Ntl.Web.Components.Formatting;

namespace Ntl.Tests.Web.Components.Formatting;

public sealed class FormatTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(0.0, "0")]
    [InlineData(2.41321, "2.413")]
    [InlineData(-2.5, "−2.5")]
    [InlineData(0.003, "0.003")]
    [InlineData(0.0003, "3 × 10⁻⁴")]
    [InlineData(0.00099996, "0.001")]
    [InlineData(7.513e-6, "7.513 × 10⁻⁶")]
    [InlineData(999.96, "1\u2009000")]
    [InlineData(12_345.6, "12\u2009346")]
    [InlineData(2.5e12, "2.5 × 10¹²")]
    public void Number_OfAnySize_ReadsEasily(double? value, string expected) => Assert.Equal(expected, Format.Number(value));

    [Theory]
    [InlineData(950, "950")]
    [InlineData(1_024, "1.02\u2009k")]
    [InlineData(10_761_623, "10.8\u2009M")]
    public void Compact_LargeCounts_UseThousands(double value, string expected) => Assert.Equal(expected, Format.Compact(value));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.25, "0.25\u2009s")]
    [InlineData(12.74, "12.7\u2009s")]
    [InlineData(60.0, "1\u2009m")]
    [InlineData(95.0, "1\u2009m 35\u2009s")]
    [InlineData(7_380.0, "2\u2009h 03\u2009m")]
    [InlineData(200_000.0, "2\u2009d 7\u2009h")]
    public void Duration_OfAnyLength_HasTwoUnits(double? seconds, string expected) => Assert.Equal(expected, Format.Duration(seconds));

    [Theory]
    [InlineData(512, "512\u2009B")]
    [InlineData(11_324_620, "10.8\u2009MiB")]
    [InlineData(3_221_225_472, "3\u2009GiB")]
    public void Bytes_OfAnySize_UseBinaryUnits(double bytes, string expected) => Assert.Equal(expected, Format.Bytes(bytes));

    [Fact]
    public void Percent_AlmostDone_IsNotAHundred() => Assert.Equal("99\u2009%", Format.Percent(0.9999));
}
