using Ntl.Domain.Comparison;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Comparison;

public sealed class SpecTableTests
{
    [Fact]
    public void Specs_ThatDifferInSeedAndSchedule_DifferInJustThoseRows()
    {
        var spec = TestSpecs.Tiny();

        var table = SpecTable.Of([spec, spec with { Seed = 9, Name = "other" }, spec with { Schedule = StandardSchedules.Constant(40, 0.02) }]);

        Assert.All(table.Different, row => Assert.True(row.Path == "seed" || row.Path.StartsWith("schedule", StringComparison.Ordinal), row.Path));
        Assert.Equal("1e-2,1e-2,2e-2", string.Join(',', table.Different.Single(row => row.Path == "schedule.peak").Values));
        Assert.Equal("1,9,1", string.Join(',', table.Rows.Single(row => row.Path == "seed").Values));
        Assert.DoesNotContain(table.Rows, row => row.Path == "name");
    }

    [Fact]
    public void Numbers_OfSpecs_ReadAsOnEveryOtherPage()
    {
        var spec = TestSpecs.Tiny() with { Schedule = StandardSchedules.Constant(40, 3.25e-4), Seed = 9007199254740993 };

        var rows = SpecTable.Of([spec]).Rows.ToDictionary(row => row.Path, row => row.Values[0], StringComparer.Ordinal);

        Assert.Equal("3.25e-4", rows["schedule.peak"]);
        Assert.Equal("3.25e-4", rows["schedule.minimum"]);
        Assert.Equal("3.25e-4", rows["schedule.final"]);
        Assert.Equal("1e-8", rows["optimizer.epsilon"]);
        Assert.Equal("0.013", rows["schedule.sum"]);
        Assert.Equal("9007199254740993", rows["seed"]);
    }

    [Fact]
    public void Field_ThatASpecDoesNotHave_IsNullThere()
    {
        var spec = TestSpecs.Tiny();

        var table = SpecTable.Of([spec, spec with { Probes = new() { NoiseIntervalSteps = 5 } }]);

        var row = table.Rows.Single(row => row.Path == "probes.noiseIntervalSteps");
        Assert.Equal((null, "5"), (row.Values[0], row.Values[1]));
        Assert.True(row.Differs);
    }

    [Fact]
    public void Specs_ThatAreOneAndTheSame_DifferInNothing() => Assert.Empty(SpecTable.Of([TestSpecs.Tiny(), TestSpecs.Tiny(name: "by another name")]).Different);
}
