using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Compose;

/// <summary>What the stage draws: see wwwroot-assets/src/composer/composer.js, which reads it.</summary>
internal sealed record StageModel
{
    /// <summary>The most points of a curve, however long the schedule.</summary>
    public const int MostPoints = 1_000;

    private const int OverlayPoints = 300;
    private const int ManyPhases = 40;
    private const int MostPointHandles = 60;
    private const int MostPointsSent = 400;
    private const int MostHotParts = 60;

    public required string Hash { get; init; }

    public required long Total { get; init; }

    public required double Peak { get; init; }

    public required int Selected { get; init; }

    public required string Mode { get; init; }

    public required bool Snaps { get; init; }

    public required bool IsDrawing { get; init; }

    public required long TokensPerStep { get; init; }

    public required long[] Steps { get; init; }

    public required double[] Rates { get; init; }

    public required double[] Sums { get; init; }

    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>For the end of each phase, the lowest and highest step that it may be moved to.</summary>
    public required IReadOnlyList<long[]> Boundaries { get; init; }

    public required IReadOnlyList<Node> Nodes { get; init; }

    public required IReadOnlyList<Overlay> Overlays { get; init; }

    /// <summary>Where the valley is out of equilibrium, in steps.</summary>
    public required IReadOnlyList<long[]> Hot { get; init; }

    public static StageModel Of(Composition composition)
    {
        var schedule = composition.Schedule;
        var points = schedule.Sample(MostPoints);
        var valley = composition.Preview is null ? composition.Valley : null;
        return new()
        {
            Hash = schedule.Hash.Short,
            Total = schedule.TotalSteps,
            Peak = schedule.Peak,
            Selected = composition.History.Selected,
            Mode = composition.Mode == StretchMode.TakeFromNeighbour ? "neighbour" : "total",
            Snaps = composition.Snaps,
            IsDrawing = composition.IsDrawing,
            TokensPerStep = composition.TokensPerStep,
            Steps = [.. points.Select(point => point.Step)],
            Rates = [.. points.Select(point => point.Rate)],
            Sums = [.. points.Select(point => schedule.CumulativeRate(point.Step + 1))],
            Phases = [.. schedule.Phases.Select(span => PhaseOf(schedule, span, valley))],
            Boundaries = [.. schedule.Phases.Select(span => BoundaryEdits.Range(schedule, span.Index + 1, composition.Mode)).Select(range => new[] { range.Lowest, range.Highest })],
            Nodes = [.. NodesOf(schedule, composition.History.Selected, composition.Mode)],
            Overlays = [.. composition.Pins.Select((pin, i) => OverlayOf(pin, ColorOf(i)))],
            Hot = valley is null ? [] : [.. valley.OutOfEquilibrium().Take(MostHotParts).Select(part => new[] { part.From, part.To })],
        };
    }

    /// <summary>The colour of a pinned schedule: a slot of the palette; 2 is the composed one's.</summary>
    public static int ColorOf(int pin) => pin == 0 ? 1 : pin + 2;

    private static Phase PhaseOf(ScheduleSpec schedule, PhaseSpan span, ValleyReading? valley)
    {
        var phase = span.Phase;
        return new(
            phase.Kind,
            PhaseNames.Of(phase),
            $"Phase {span.Index + 1} of {schedule.Phases.Length}: {phase.Description}, from step {Format.Count(span.FirstStep)} to {Format.Count(span.EndStep)}",
            span.FirstStep,
            phase.Steps,
            phase.EntryRate,
            phase.ExitRate,
            GaugeOf(phase),
            RateEdits.Range(schedule, span.Index, PhaseSide.Entry) is not null,
            RateEdits.Range(schedule, span.Index, PhaseSide.Exit) is not null,
            valley?.Phases[span.Index].State == CoolingState.OutOfEquilibrium,
            phase is PiecewisePoints { Points.Length: <= MostPointsSent } points ? [.. points.Points.Select(point => new[] { point.Step, point.Rate })] : null);
    }

    // In its gauge a shape is a straight function of its two ends.
    private static string GaugeOf(SchedulePhase phase) => phase switch
    {
        ExponentialDecay or StepDecay => "log",
        HyperbolicDecay => "reciprocal",
        InverseSquareRootDecay => "reciprocalSquare",
        FirstSteps cut => GaugeOf(cut.Of),
        _ => "linear",
    };

    private static IEnumerable<Node> NodesOf(ScheduleSpec schedule, int selected, StretchMode mode)
    {
        var count = schedule.Phases.Length;
        for (var boundary = 0; boundary <= count; boundary++)
        {
            if (count > ManyPhases && boundary != selected && boundary != selected + 1)
            {
                continue;
            }

            if (boundary > 0)
            {
                yield return NodeOf(schedule, boundary - 1, PhaseSide.Exit, boundary, mode);
            }

            if (boundary < count && !Joints.IsJoined(schedule, boundary))
            {
                yield return NodeOf(schedule, boundary, PhaseSide.Entry, boundary, mode);
            }

            if (boundary == selected && boundary < count && schedule.Phases[boundary].Phase is PiecewisePoints { Points.Length: <= MostPointHandles } points)
            {
                for (var i = 1; i < points.Points.Length - 1; i++)
                {
                    yield return PointOf(schedule.Phases[boundary], points, i);
                }
            }
        }
    }

    private static Node NodeOf(ScheduleSpec schedule, int index, PhaseSide side, int boundary, StretchMode mode)
    {
        var span = schedule.Phases[index];
        var range = RateEdits.Range(schedule, index, side);
        var steps = boundary == 0 ? ((long Lowest, long Highest)?)null : BoundaryEdits.Range(schedule, boundary, mode);
        var isEntry = side == PhaseSide.Entry;
        var rate = isEntry ? span.Phase.EntryRate : span.Phase.ExitRate;
        var what = rate == schedule.Peak ? "Peak" : rate <= schedule.Minimum ? "Floor" : "Rate";
        var own = PhaseNames.Of(span.Phase);
        var label = !isEntry && Joints.IsJoined(schedule, boundary) ? $"{what} between {own} and {PhaseNames.Of(schedule.Phases[boundary].Phase)}"
            : $"{what} at the {(isEntry ? "start" : "end")} of {own}";
        return new(
            $"{(isEntry ? "n" : "x")}{boundary}", boundary, index, isEntry ? "entry" : "exit", null,
            isEntry ? span.FirstStep : span.EndStep, rate, range?.Lowest, range?.Highest, steps?.Lowest, steps?.Highest, $"{label}, phase {index + 1}");
    }

    private static Node PointOf(PhaseSpan span, PiecewisePoints phase, int i) => new(
        $"p{i}", null, span.Index, "exit", i, span.FirstStep + phase.Points[i].Step, phase.Points[i].Rate, 0, ScheduleSpec.MaximumRate,
        span.FirstStep + phase.Points[i - 1].Step + 1, span.FirstStep + phase.Points[i + 1].Step - 1, $"Point {i + 1} of {phase.Points.Length}, phase {span.Index + 1}");

    private static Overlay OverlayOf(PinnedSchedule pin, int color)
    {
        var points = pin.Schedule.Sample(OverlayPoints);
        return new(pin.Name, color, pin.Schedule.TotalSteps, pin.Schedule.Peak, [.. points.Select(point => point.Step)], [.. points.Select(point => point.Rate)]);
    }

    internal sealed record Phase(
        string Kind, string Title, string Words, long First, long Steps, double Entry, double Exit, string Gauge, bool CanEntry, bool CanExit, bool IsHot, double[][]? Points);

    internal sealed record Node(
        string Id, int? Boundary, int Index, string Side, int? Point, long Step, double Rate, double? Low, double? High, long? MinStep, long? MaxStep, string Label);

    internal sealed record Overlay(string Name, int Color, long Total, double Peak, long[] Steps, double[] Rates);
}
