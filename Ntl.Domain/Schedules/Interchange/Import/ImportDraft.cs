using Ntl.Domain.Runs;

namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>A schedule while it is read: the phases that stand for it, the source's own formula to compare them with, notes and problems.</summary>
internal sealed class ImportDraft
{
    public List<SpecProblem> Problems { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>The field that says which schedule it is; what is wrong with the whole is told there. Empty where there is none.</summary>
    public string NameField { get; set; } = "";

    public IReadOnlyList<SchedulePhase> Phases { get; set; } = [];

    /// <summary>The source's rate at a step, by its own formula.</summary>
    public Func<long, double> Rate { get; set; } = _ => double.NaN;
}
