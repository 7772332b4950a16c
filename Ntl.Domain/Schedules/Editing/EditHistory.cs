using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Editing;

/// <summary>A schedule with what it was before each edit, and what was undone. Immutable: an edit makes another history.</summary>
public sealed class EditHistory
{
    /// <summary>The most edits that can be undone; older ones are forgotten.</summary>
    public const int Capacity = 200;

    private readonly ImmutableList<Past> _done;
    private readonly ImmutableStack<Past> _undone;
    private readonly bool _isOpen; // nothing else was selected since the last edit

    /// <summary>Begins a history.</summary>
    /// <param name="schedule">The schedule before any edit.</param>
    /// <param name="selected">Its selected phase.</param>
    public EditHistory(ScheduleSpec schedule, int selected = 0)
        : this(schedule, Math.Clamp(selected, 0, schedule.Phases.Length - 1), [], [], isOpen: false)
    {
    }

    private EditHistory(ScheduleSpec schedule, int selected, ImmutableList<Past> done, ImmutableStack<Past> undone, bool isOpen) =>
        (Schedule, Selected, _done, _undone, _isOpen) = (schedule, selected, done, undone, isOpen);

    /// <summary>The schedule now.</summary>
    public ScheduleSpec Schedule { get; }

    /// <summary>The selected phase.</summary>
    public int Selected { get; }

    /// <summary>How many edits can be undone.</summary>
    public int Count => _done.Count;

    /// <summary>The edit that <see cref="Undo"/> takes back; null when there is none.</summary>
    public string? UndoName => _done.IsEmpty ? null : _done[^1].Name;

    /// <summary>The edit that <see cref="Redo"/> does again; null when there is none.</summary>
    public string? RedoName => _undone.IsEmpty ? null : _undone.Peek().Name;

    /// <summary>The history after an edit. One that came to nothing, or changed nothing, adds nothing to undo.</summary>
    /// <param name="outcome">The edit, made of <see cref="Schedule"/>.</param>
    /// <param name="goesOn">Whether it goes on with the last edit, as the next letter typed does: both are undone as one if they have one name and are about one phase.</param>
    public EditHistory Do(EditOutcome outcome, bool goesOn = false)
    {
        if (!outcome.IsDone)
        {
            return this;
        }

        if (outcome.Schedule.Equals(Schedule))
        {
            return Select(outcome.Selected);
        }

        if (goesOn && _isOpen && Selected == outcome.Selected && string.Equals(UndoName, outcome.Name, StringComparison.Ordinal))
        {
            return new(outcome.Schedule, outcome.Selected, _done, [], isOpen: true);
        }

        var done = _done.Count < Capacity ? _done : _done.RemoveAt(0);
        return new(outcome.Schedule, outcome.Selected, done.Add(new(outcome.Name, Schedule, Selected)), [], isOpen: true);
    }

    /// <summary>The history with another phase selected, which is no edit.</summary>
    /// <param name="index">The nearest phase is taken.</param>
    public EditHistory Select(int index)
    {
        var selected = Math.Clamp(index, 0, Schedule.Phases.Length - 1);
        return new(Schedule, selected, _done, _undone, _isOpen && selected == Selected);
    }

    /// <summary>The history before the last edit; this one when there is none.</summary>
    public EditHistory Undo()
    {
        if (_done.IsEmpty)
        {
            return this;
        }

        var last = _done[^1];
        return new(last.Schedule, last.Selected, _done.RemoveAt(_done.Count - 1), _undone.Push(new(last.Name, Schedule, Selected)), isOpen: false);
    }

    /// <summary>The history with the edit that was undone last done again; this one when there is none.</summary>
    public EditHistory Redo()
    {
        if (_undone.IsEmpty)
        {
            return this;
        }

        var rest = _undone.Pop(out var next);
        return new(next.Schedule, next.Selected, _done.Add(new(next.Name, Schedule, Selected)), rest, isOpen: false);
    }

    // A schedule on the other side of an edit.
    private sealed record Past(string Name, ScheduleSpec Schedule, int Selected);
}
