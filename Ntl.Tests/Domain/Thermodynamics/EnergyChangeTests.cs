using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using static Ntl.Tests.Domain.Thermodynamics.Draw;

namespace Ntl.Tests.Domain.Thermodynamics;

public class EnergyChangeTests
{
    private const double Slope = -0.02; // c(y) = Slope·y
    private const double Narrowing = 0.3; // a(y) = e^{Narrowing·y}

    [Fact]
    public void Ledger_RiverAndValleyFromTheFloor_ClosesAndTellsWorkFromHeat()
    {
        const int Replicas = 200;
        const double Rate = 0.05;
        var random = new Random(3);
        var (ledger, midpoint) = (default(EnergyChange), default(EnergyChange));
        var change = 0.0;
        for (var replica = 0; replica < Replicas; replica++)
        {
            var (x, y) = (0.0, 0.0);
            for (var step = 0; step < 2_000; step++)
            {
                var curvature = Math.Exp(Narrowing * y);
                var nextX = x - Rate * (curvature * x + Normal(random));
                var nextY = y - Rate * (Slope + Narrowing / 2 * curvature * x * x);
                var nextCurvature = Math.Exp(Narrowing * nextY);
                ledger += EnergyChange.OfRiver(Slope * y, Slope * nextY);
                ledger += EnergyChange.OfDirection(curvature, nextCurvature, x * x, nextX * nextX);
                midpoint += Midpoint(x, nextX, y, nextY);
                (x, y) = (nextX, nextY);
            }

            change += Slope * y + Math.Exp(Narrowing * y) / 2 * x * x;
        }

        Assert.InRange(ledger.ClosureError(change), 0, 1e-10);
        Assert.InRange(midpoint.ClosureError(change), 0, 0.02);

        // The river falls, the valley warms up from 0; the two rules split alike.
        Assert.True(ledger.Work < 0 && ledger.Heat > 0);
        AssertRelative(midpoint.Work, ledger.Work, 0.02);
        AssertRelative(midpoint.Heat, ledger.Heat, 0.02);
    }

    [Fact]
    public void OfDirection_AnyStep_ClosesToTheLastDigits() => Prop.ForAll(
        Between(0.01, 100).ArrayOf(4).ToArbitrary(), values =>
        {
            var (before, after, squareBefore, squareAfter) = (values[0], values[1], values[2], values[3]);
            var change = EnergyChange.OfDirection(before, after, squareBefore, squareAfter);

            Assert.Equal(after * squareAfter / 2 - before * squareBefore / 2, change.Total, 1e-10);
            Assert.Equal(0, EnergyChange.OfDirection(before, before, squareBefore, squareAfter).Work);
            Assert.Equal(0, EnergyChange.OfDirection(before, after, squareBefore, squareBefore).Heat);
        }).Check(Properties.Seeded());

    [Fact]
    public void OfTraining_HotAndColdLosses_SplitsTheChange()
    {
        var change = EnergyChange.OfTraining(coldBefore: 3.2, coldAfter: 3.0, hotBefore: 3.3, hotAfter: 3.04);

        Assert.Equal(-0.2, change.Work, 1e-12);
        Assert.Equal(-0.06, change.Heat, 1e-12);
        Assert.Equal(0, change.ClosureError(3.04 - 3.3), 1e-12);
    }

    [Fact]
    public void ClosureError_NothingChanged_IsNaN() => Assert.True(double.IsNaN(default(EnergyChange).ClosureError(0)));

    private static EnergyChange Midpoint(double x, double nextX, double y, double nextY)
    {
        var (middleX, curvature) = ((x + nextX) / 2, Math.Exp(Narrowing * (y + nextY) / 2));
        return new(
            (Slope + Narrowing / 2 * curvature * middleX * middleX) * (nextY - y),
            curvature * middleX * (nextX - x));
    }
}
