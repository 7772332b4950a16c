using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Annealing;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Annealing;

public class FallingProjectionTests
{
    private static readonly Gen<double[]> s_values = Gen.Choose(-1000, 1000).Select(n => n / 100.0).ArrayOf(12);

    [Fact]
    public void Apply_KnownSequence_PoolsWhatRises() => Assert.Equal([5, 3, 3, 3, 2], Project([5, 2, 3, 4, 2]));

    [Fact]
    public void Apply_FallingSequence_ChangesNothing() => Prop.ForAll(s_values.ToArbitrary(), values =>
    {
        var falling = values.OrderDescending().ToArray();

        Assert.Equal(falling, Project(falling));
    }).Check(Properties.Seeded());

    [Fact]
    public void Apply_AnySequence_IsTheNearestThatFalls() => Prop.ForAll(s_values.ToArbitrary(), s_values.ToArbitrary(), (values, other) =>
    {
        var projected = Project(values);

        Assert.All(projected.Zip(projected.Skip(1)), pair => Assert.True(pair.First >= pair.Second));

        // The angle between what is left and the way to any other falling sequence is not acute: what makes a projection one.
        var falling = other.OrderDescending().ToArray();
        var product = Enumerable.Range(0, values.Length).Sum(i => (values[i] - projected[i]) * (falling[i] - projected[i]));
        Assert.True(product <= 1e-9);
    }).Check(Properties.Seeded());

    [Fact]
    public void Apply_NoValues_DoesNothing() => Assert.Empty(Project([]));

    private static double[] Project(double[] values)
    {
        double[] copy = [.. values];
        FallingProjection.Apply(copy);
        return copy;
    }
}
