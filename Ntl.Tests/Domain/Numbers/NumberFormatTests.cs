using System.Globalization;
using Ntl.Domain.Numbers;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Numbers;

public class NumberFormatTests
{
    public static TheoryData<string, int> Cases => [.. NumberFixture.Read().Select((each, i) => (each.Kind, i))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Number_OfTheSharedFixture_ReadsAsItSays(string kind, int place)
    {
        var (_, input, text) = NumberFixture.Read()[place];

        Assert.Equal(text, NumberFixture.Format(kind, input));
    }

    [Fact]
    public async Task Browser_OnTheSharedFixture_WritesTheSame()
    {
        var (status, told) = await NumberFixture.AskBrowserModuleAsync(NumberFixture.Path, TestContext.Current.CancellationToken);

        Assert.True(status == 0, told);
        Assert.EndsWith("numbers, 0 different\n", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browser_OnFiveThousandDrawnNumbers_WritesTheSame()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(20261130);
        string[] kinds =
        [
            "number", "signed", "rate", "rateField", "field", "loss", "compact", "share", "duration", "bytes", "estimate", "shareEstimate", "interval", "range",
        ];
        var cases = Enumerable.Range(0, 5000).Select(i =>
        {
            var kind = kinds[i % kinds.Length];
            double[] input = [.. Enumerable.Range(0, NumberFixture.Inputs(kind)).Select(_ => Draw(random))];
            return new NumberCase(kind, input, NumberFixture.Format(kind, input));
        });
        var file = directory.Write("numbers.json", NumberFixture.Write(cases));

        var (status, told) = await NumberFixture.AskBrowserModuleAsync(file, TestContext.Current.CancellationToken);

        Assert.True(status == 0, told);
    }

    [Fact]
    public void Field_OfAnyNumber_ReadsBackAsTheSame() => Assert.All(Drawn(), value =>
    {
        Assert.Equal(value, double.Parse(NumberFormat.Field(value), NumberStyles.Float, CultureInfo.InvariantCulture));
        Assert.Equal(value, double.Parse(NumberFormat.RateField(value), NumberStyles.Float, CultureInfo.InvariantCulture));
    });

    [Fact]
    public void Rate_OfAnyRate_IsRightToSixDigits() =>
        Assert.All(Drawn(), value => Assert.Equal(value, Read(NumberFormat.Rate(value)), 0.5000001e-5 * Math.Abs(value)));

    [Fact]
    public void Number_OfAnyNumber_IsRightToFourDigits() =>
        Assert.All(Drawn(), value => Assert.Equal(value, Read(NumberFormat.Number(value)), 0.5000001e-3 * Math.Abs(value)));

    [Fact]
    public void Estimate_OfAnyValueAndError_IsRightToAFewHundredthsOfTheError()
    {
        var random = new Random(5);
        for (var i = 0; i < 5000; i++)
        {
            var (value, error) = (Draw(random), Math.Abs(Draw(random)));
            if (!double.IsFinite(value) || !double.IsFinite(error))
            {
                continue;
            }

            var text = EstimateFormat.Estimate(value, error);
            if (!text.Contains('±', StringComparison.Ordinal))
            {
                Assert.True(error == 0 || error < 1e-13 * Math.Abs(value), text);
                continue;
            }

            var power = text.Contains(") × 10", StringComparison.Ordinal) ? Read("1" + text[(text.IndexOf(')', StringComparison.Ordinal) + 1)..]) : 1;
            var parts = text.Split(')')[0].Trim('(').Split(" ± ");
            Assert.Equal(error, Read(parts[1]) * power, 0.0500001 * error);
            Assert.Equal(value, Read(parts[0]) * power, (0.0500001 * error) + (1e-14 * Math.Abs(value)));
            Assert.Equal(parts[0].Split('.').ElementAtOrDefault(1)?.Length, parts[1].Split('.').ElementAtOrDefault(1)?.Length);
        }
    }

    [Theory]
    [InlineData(0.08 * 3e-4, 2.4e-5)]
    [InlineData(0.1 + 0.2, 0.3)]
    [InlineData(1234567, 1235000)]
    [InlineData(-1.00004e-9, -1e-9)]
    [InlineData(0, 0)]
    public void Round_AfterArithmetic_IsTheNumberOfFourDigits(double value, double rounded) => Assert.Equal(rounded, NumberFormat.Round(value));

    private static List<double> Drawn()
    {
        var random = new Random(7);
        return Enumerable.Range(0, 5000).Select(_ => Draw(random)).Where(double.IsFinite).ToList();
    }

    private static double Draw(Random random) => random.Next(20) switch
    {
        0 => 0,
        1 => double.NaN,
        2 => double.PositiveInfinity,
        3 => random.Next(2_000_000) / 1000.0,
        4 => Math.Round(random.NextDouble(), 2),
        5 => BitConverter.Int64BitsToDouble(random.NextInt64()),
        _ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-12, 14)),
    };

    // What a person reads.
    private static double Read(string text)
    {
        var parts = text.Replace("\u2009", "", StringComparison.Ordinal).Replace('−', '-').Split(" × 10");
        var power = parts.Length == 1 ? "" : "e" + string.Concat(parts[1].Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal))));
        return double.Parse(parts[0] + power, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
