using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Comparison;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Comparison;

public sealed class CurveReductionTests
{
    private static readonly Arbitrary<(double[] Values, int Most)> s_samples = (
        from count in Gen.Choose(0, 3_000)
        from values in Gen.Choose(-9999, 9999).Select(n => n / 10.0).ArrayOf(count)
        from most in Gen.Choose(4, 500)
        select (values, most)).ToArbitrary();

    [Fact]
    public void Kept_Always_AreTheExtremesAndEndsWithinTheBudget() => Prop.ForAll(s_samples, sample =>
    {
        var kept = CurveReduction.Keep(sample.Values, sample.Most);

        Assert.InRange(kept.Length, Math.Min(1, sample.Values.Length), Math.Min(sample.Most, sample.Values.Length));
        Assert.Equal(kept.Order().Distinct(), kept);
        if (kept.Length > 0)
        {
            Assert.Equal((0, sample.Values.Length - 1), (kept[0], kept[^1]));
            Assert.Equal((sample.Values.Min(), sample.Values.Max()), (kept.Min(i => sample.Values[i]), kept.Max(i => sample.Values[i])));
        }
    }).Check(Properties.Seeded());

    [Fact]
    public void Kept_WhenTheCurveGrows_StayWhereTheyWere()
    {
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, 1_000).Select(_ => random.NextDouble())];

        var before = CurveReduction.Keep(values.AsSpan(0, 900), 200);
        var after = CurveReduction.Keep(values, 200);

        // But for its last point, and the last bin, which was not full.
        Assert.Equal(before.Where(i => i < 880), after.Where(i => i < 880));
    }

    [Fact]
    public void Kept_WhereTheCurveIsInterrupted_ShowTheInterruption()
    {
        var values = new double[1_000];
        values[513] = double.NaN;

        Assert.Contains(513, CurveReduction.Keep(values, 50));
    }
}
