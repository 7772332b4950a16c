namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Phases laid one after another until a number of steps is full; what comes later is cut.</summary>
/// <param name="steps">How many steps there are.</param>
internal sealed class PhaseList(long steps)
{
    private readonly List<SchedulePhase> _phases = [];

    public IReadOnlyList<SchedulePhase> Phases => _phases;

    /// <summary>Steps that are not laid yet.</summary>
    public long Left { get; private set; } = steps;

    public void Add(SchedulePhase phase)
    {
        if (Left > 0 && phase.Steps > 0)
        {
            _phases.Add(phase.Steps > Left ? phase.First(Left) : phase);
            Left = Math.Max(0, Left - phase.Steps);
        }
    }

    public void AddAll(IEnumerable<SchedulePhase> phases)
    {
        foreach (var phase in phases.TakeWhile(_ => Left > 0))
        {
            Add(phase);
        }
    }

    /// <summary>The same rate for so many steps.</summary>
    public void Hold(long count, double rate) => Add(new ConstantRate(count, rate));

    /// <summary>The same rate for what is left.</summary>
    public void HoldRest(double rate) => Hold(Left, rate);

    /// <summary>A straight line: <c>from + (to − from)·k/n</c>, reaching its end one step after its last.</summary>
    public void Line(long count, double from, double to)
    {
        if (count > 0)
        {
            Add(from == to ? new ConstantRate(count, from) : from > to ? new LinearDecay(count, from, to) : new PiecewisePoints([new(0, from), new(count, to)]));
        }
    }

    /// <summary>A formula for so many steps; n is that many, even where fewer are left.</summary>
    public void Formula(long count, string formula, params (string Name, double Value)[] numbers) =>
        Add(new ExpressionPhase(count, formula, numbers.ToDictionary(number => number.Name, number => number.Value, StringComparer.Ordinal)));
}
