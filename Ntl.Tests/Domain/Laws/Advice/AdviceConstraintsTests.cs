using Ntl.Domain.Laws.Advice;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws.Advice;

public class AdviceConstraintsTests
{
    [Theory]
    [InlineData(2, 3e-4, 0, 0)]
    [InlineData(24_000, 3e-4, 3e-5, 2_160)]
    [InlineData(100, 1, 1, 98)]
    [InlineData(ScheduleSpec.MaximumSteps, 1e-3, 0, 10_000)]
    public void Validate_WhatCanBe_FindsNothing(long steps, double peak, double floor, long warmupSteps) =>
        Assert.Empty(new AdviceConstraints(steps, peak, floor, warmupSteps).Validate());

    [Theory]
    [InlineData(0, 3e-4, 0, 0, "steps")]
    [InlineData(1, 3e-4, 0, 0, "warmupSteps")]
    [InlineData(ScheduleSpec.MaximumSteps + 1, 3e-4, 0, 0, "steps")]
    [InlineData(1_000, 3e-4, 0, 999, "warmupSteps")]
    [InlineData(1_000, 3e-4, 0, -1, "warmupSteps")]
    [InlineData(1_000, 0, 0, 100, "peak")]
    [InlineData(1_000, double.NaN, 0, 100, "peak")]
    [InlineData(1_000, double.PositiveInfinity, 0, 100, "peak")]
    [InlineData(1_000, -1, 0, 100, "peak")]
    [InlineData(1_000, 3e-4, 4e-4, 100, "floor")]
    [InlineData(1_000, 3e-4, -1e-5, 100, "floor")]
    [InlineData(1_000, 3e-4, double.NaN, 100, "floor")]
    public void Validate_OneWrongField_NamesIt(long steps, double peak, double floor, long warmupSteps, string field)
    {
        var constraints = new AdviceConstraints(steps, peak, floor, warmupSteps);

        var problem = Assert.Single(constraints.Validate());
        var nested = Assert.Single(constraints.Validate("constraints"));

        Assert.Equal(field, problem.Path);
        Assert.Equal($"constraints.{field}", nested.Path);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ManyWrongFields_NamesAll() => Assert.Equal(
        ["steps", "peak", "floor"],
        new AdviceConstraints(-5, double.NaN, -1, 3).Validate().Select(problem => problem.Path));
}
