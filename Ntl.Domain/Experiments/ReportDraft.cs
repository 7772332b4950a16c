using Ntl.Domain.Claims;
using Ntl.Domain.Numbers;
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
        : double.IsFinite(known.StandardError) && known.StandardError > 0 ? EstimateFormat.Estimate(known.Value, known.StandardError)
        : Number(known.Value, digits);

    /// <summary>A quantity that cannot be negative: where it is not significantly different from 0 its upper bound, and where it is below 0 no
    /// number.</summary>
    public static string Positive(Estimate? estimate) => estimate switch
    {
        { IsAboveZero: true } => Number(estimate),
        { IsBelowZero: true } => "not measurable",
        { } known when double.IsFinite(known.Value) => $"≤ {Number(known.UpperBound)}",
        _ => "–",
    };

    /// <summary>That a quantity which cannot be negative is above 0 by more than chance.</summary>
    /// <param name="id">Stable name.</param>
    /// <param name="what">The quantity, to begin a sentence with.</param>
    /// <param name="measured">It.</param>
    /// <param name="unit">Of it.</param>
    /// <param name="remedy">What would make it so.</param>
    public static Premise AboveZero(string id, string what, Estimate measured, string unit, string remedy) => Premise.Of(
        id, $"{what} is more than two standard errors above 0.", PremiseFailure.NotMeasurable, measured.IsAboveZero,
        measured.Value / measured.StandardError, Estimate.ChanceErrors, "standard errors",
        measured.IsBelowZero
            ? $"{what} comes out as {Number(measured)}{(unit.Length > 0 ? " " + unit : "")}, below 0, which it cannot be: something " +
                $"else than heat differs between the runs."
            : $"{what} is not significantly different from 0: it is at most " +
                $"{Number(measured.UpperBound)}{(unit.Length > 0 ? " " + unit : "")}.",
        remedy);

    /// <summary>That enough members can be read.</summary>
    /// <param name="count">How many can.</param>
    /// <param name="least">How many are needed.</param>
    /// <param name="what">They, in the plural.</param>
    public static Premise Enough(int count, int least, string what) => Premise.Of(
        "members", FormattableString.Invariant($"At least {least} {what} can be read."), PremiseFailure.NotMeasurable, count >= least,
        count, least, what,
        FormattableString.Invariant($"Only {count} {what} can be read."), FormattableString.Invariant($"It takes {least}."));

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
