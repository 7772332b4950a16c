using Ntl.Domain.Runs;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>A label as it is typed, with what the library says is wrong with it.</summary>
public sealed class LabelDraft
{
    private IReadOnlyList<SpecProblem> _problems = [];

    public string Name { get; set; } = "";

    public string Owner { get; set; } = "";

    /// <summary>Separated by commas or spaces.</summary>
    public string Tags { get; set; } = "";

    public string Notes { get; set; } = "";

    public static LabelDraft Of(ScheduleLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return new() { Name = label.Name, Owner = label.Owner, Tags = string.Join(", ", label.Tags), Notes = label.Notes };
    }

    public ScheduleLabel ToLabel() => ScheduleLabelRules.Normalize(
        new ScheduleLabel(Name, Owner, Tags.Split([',', ' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries), Notes));

    /// <summary>Whether what is typed is a label; if not, the fields say why.</summary>
    public bool Check()
    {
        Refuse([.. ScheduleLabelRules.Validate(ToLabel())]);
        return _problems.Count == 0;
    }

    /// <summary>Shows problems beside their fields.</summary>
    public void Refuse(IReadOnlyList<SpecProblem> problems) => _problems = problems;

    /// <summary>What is wrong with a field, in the API's words for it; null when nothing is.</summary>
    public string? ProblemOf(string field) =>
        string.Join('\n', _problems.Where(problem => string.Equals(problem.Path, field, StringComparison.Ordinal)).Select(problem => problem.Message)) is { Length: > 0 } text ? text : null;
}
