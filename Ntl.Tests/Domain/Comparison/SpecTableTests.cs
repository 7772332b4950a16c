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
        Assert.Equal("0.01,0.01,0.02", string.Join(',', table.Different.Single(row => row.Path == "schedule.peak").Values));
        Assert.Equal("1,9,1", string.Join(',', table.Rows.Single(row => row.Path == "seed").Values));
        Assert.DoesNotContain(table.Rows, row => row.Path == "name");
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
