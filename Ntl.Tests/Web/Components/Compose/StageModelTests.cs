using System.Text.Json;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Compose;

namespace Ntl.Tests.Web.Components.Compose;

public class StageModelTests
{
    [Theory]
    [InlineData(100_000)]
    [InlineData(ScheduleSpec.MaximumSteps)]
    public void Curve_HoweverLong_HasAThousandPointsAndItsCorners(long steps)
    {
        var model = Of(StandardSchedules.WarmupStableDecay(steps, 3e-3, DecayShape.Cosine, steps / 5, 1e-4, steps / 10));

        Assert.InRange(model.Steps.Length, 500, StageModel.MostPoints);
        Assert.Equal((model.Steps.Length, model.Steps.Length), (model.Rates.Length, model.Sums.Length));
        Assert.All(new[] { 0, steps / 10 - 1, steps / 10, steps * 8 / 10 - 1, steps * 8 / 10, steps - 1 }, corner => Assert.Contains(corner, model.Steps));
    }

    [Fact]
    public void Nodes_OfWsd_AreItsCornersEachWithItsName()
    {
        var model = Of(Composition.Start);

        Assert.Equal(
            [
                "Floor at the start of warm-up, phase 1",
                "Peak between warm-up and hold, phase 1",
                "Peak between hold and 1−√ decay, phase 2",
                "Floor at the end of 1−√ decay, phase 3",
            ],
            model.Nodes.Select(node => node.Label));
        Assert.Equal([null, 1L, 101L, 801L], model.Nodes.Select(node => node.MinStep));
        Assert.Equal([null, 799L, 999L, ScheduleSpec.MaximumSteps], model.Nodes.Select(node => node.MaxStep));
        Assert.Equal(3e-3, model.Nodes[3].High);
    }

    [Fact]
    public void Nodes_OfAJump_AreOneOnEachSide() =>
        Assert.Equal(["n0", "x1", "n1", "x2"], Of(new(new ConstantRate(10, 1), new ConstantRate(10, 0.5))).Nodes.Select(node => node.Id));

    [Fact]
    public void Nodes_OfSelectedPoints_AreThePointsToo() =>
        Assert.Equal(["n0", "p1", "p2", "x1"], Of(StandardSchedules.Points(new(0, 0), new(10, 1), new(20, 0.5), new(30, 0))).Nodes.Select(node => node.Id));

    [Fact]
    public void Model_OfAThousandPhases_HasFewHandlesAndIsFinite()
    {
        var model = Of(new(Enumerable.Range(1, 1000).Select(i => new LinearDecay(i, i, 0))));

        Assert.Equal(1000, model.Phases.Count);
        Assert.InRange(model.Nodes.Count, 1, 10);
        Assert.InRange(model.Steps.Length, 500, StageModel.MostPoints);
        JsonSerializer.Serialize(model); // throws at a number that JSON has not
    }

    [Fact]
    public void Model_WithPins_DrawsThemInColoursOfTheirOwn()
    {
        var composition = new Composition();
        composition.Pins.AddRange(Enumerable.Range(0, PinnedSchedule.Most).Select(i => new PinnedSchedule($"{i}", StandardSchedules.Cosine(1000 + i, 1e-3))));

        var model = StageModel.Of(composition);

        Assert.Equal([1, 3, 4, 5, 6], model.Overlays.Select(overlay => overlay.Color));
        Assert.All(model.Overlays, overlay => Assert.InRange(overlay.Steps.Length, 100, 300));
    }

    [Theory]
    [InlineData("boundary", 0)]
    [InlineData("boundary", 9)]
    [InlineData("node", -1)]
    [InlineData("node", 3)]
    [InlineData("move", 1)]
    [InlineData("point", 1)]
    [InlineData("draw", 0)]
    [InlineData("drop table", 0)]
    [InlineData(null, 0)]
    public void Gesture_ThatMakesNoSense_IsNoEdit(string? kind, int index) =>
        Assert.Null(new StageGesture(kind, index, 99, 1, "exit", kind == "node" ? null : 5, kind == "node" ? 1 : null, 77, null, null).Edit(Composition.Start, StretchMode.TakeFromNeighbour));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e300)]
    public void Gesture_WithANumberThatIsNone_ChangesNothingUnsound(double number)
    {
        var node = new StageGesture("node", 1, 2, null, "exit", number, number, null, null, null).Edit(Composition.Start, StretchMode.ChangeTotal);
        var drawn = new StageGesture("draw", 0, null, null, null, null, null, null, [number, 100], [1e-3, number]).Edit(Composition.Start, StretchMode.ChangeTotal);

        Assert.All(new[] { node!, drawn! }, outcome => Assert.True(!outcome.IsDone || ScheduleSpec.Validate([.. outcome.Schedule.Phases.Select(span => span.Phase)]).Count == 0));
    }

    [Fact]
    public void Gesture_OfANodeInBothWays_MovesBoundaryAndRates()
    {
        var outcome = new StageGesture("node", 1, 2, null, "exit", 500, 2e-3, null, null, null).Edit(Composition.Start, StretchMode.TakeFromNeighbour)!;

        Assert.Equal(StandardSchedules.WarmupStableDecay(1000, 2e-3, DecayShape.OneMinusSquareRoot, 500, 0, 100), outcome.Schedule);
    }

    private static StageModel Of(ScheduleSpec schedule)
    {
        var composition = new Composition();
        composition.Load(schedule, "load");
        return StageModel.Of(composition);
    }
}
