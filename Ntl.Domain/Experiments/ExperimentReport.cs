using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>What an experiment showed.</summary>
/// <param name="Kind">Which experiment.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Sentences">What came out, with the figures, in reading order.</param>
/// <param name="Table">A row a member or a pair of them.</param>
/// <param name="Plots">In reading order.</param>
/// <param name="Claims">Each judged.</param>
/// <param name="Missing">What could not be told and why, a sentence each; empty for a complete experiment.</param>
public sealed record ExperimentReport(
    ExperimentKind Kind,
    string Title,
    ImmutableArray<string> Sentences,
    ReportTable Table,
    ImmutableArray<Plot> Plots,
    ImmutableArray<Claim> Claims,
    ImmutableArray<string> Missing)
{
    /// <summary>Reads an experiment; members may be missing or unfinished.</summary>
    /// <param name="kind">Which experiment.</param>
    /// <param name="records">Its members, in any order; other runs, such as the trunk, may be among them.</param>
    public static ExperimentReport Of(ExperimentKind kind, IReadOnlyList<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return kind switch
        {
            ExperimentKind.QuenchLadder => QuenchReport.Of(records),
            ExperimentKind.DecayRace => RaceReport.Of(records),
            ExperimentKind.Collapse => CollapseReport.Of(records),
            ExperimentKind.BatchLadder => BatchReport.Of(records),
            ExperimentKind.Suggestion => SuggestionReport.Of(records),
            ExperimentKind.Sweep => SweepReport.Of(records),
            _ => AnnealReport.Of(kind, records),
        };
    }
}
