using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>A report while it is written.</summary>
internal sealed class ReportDraft(ExperimentKind kind, IReadOnlyList<RunRecord> records, params IReadOnlyList<string> columns)
{
    private readonly List<string[]> _rows = [];

    public List<string> Sentences { get; } = [];

    public List<Plot> Plots { get; } = [];

    public List<Claim> Claims { get; } = [];

    public List<string> Missing { get; } = [];

    public static string Number(double value, int digits = 3) => double.IsFinite(value) ? NumberText.Of(value, digits) : "–";

    public static string Number(Estimate? estimate, int digits = 3) => estimate is not { } known ? "–"
        : double.IsFinite(known.StandardError) && known.StandardError > 0 ? $"{Number(known.Value, digits)} ± {Number(known.StandardError, 2)}"
        : Number(known.Value, digits);

    /// <summary>Members with a part in the experiment, along its axis.</summary>
    public IReadOnlyList<RunRecord> Members(string role) =>
        [.. records.Where(record => record.Spec.Experiment is { } part && part.Kind == kind && string.Equals(part.Role, role, StringComparison.Ordinal)).OrderBy(record => record.Spec.Experiment!.Value ?? 0)];

    public void Row(params string[] cells) => _rows.Add(cells);

    public void NeedMembers(int count, int least, string what)
    {
        if (count < least)
        {
            Missing.Add(FormattableString.Invariant($"Only {count} {what} can be read; {least} are needed."));
        }
    }

    /// <summary>The first law's closure over each run's ledger, for the runs that keep one.</summary>
    public void AddClosure()
    {
        foreach (var record in records.Where(record => record.Spec.Experiment is { Role: ExperimentRole.Hold } part && part.Kind == kind))
        {
            if (RunLaws.Closure(RunThermodynamics.Of(record)) is { IsMeasured: true } claim)
            {
                Claims.Add(claim with { Id = $"closure-{record.Id}", Text = $"{record.Spec.Name}: {claim.Text}" });
            }
        }
    }

    public ExperimentReport Done(string title) => new(
        kind, title, [.. Sentences], new([.. columns], [.. _rows.Select(row => System.Collections.Immutable.ImmutableArray.Create(row))]), [.. Plots], [.. Claims], [.. Missing]);
}
