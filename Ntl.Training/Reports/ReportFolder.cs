using System.Globalization;
using System.Text;
using Ntl.Domain.Claims;
using Ntl.Domain.Experiments;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Training.Lab;

namespace Ntl.Training.Reports;

/// <summary>A folder with the report of experiments: <c>report.md</c> and its plots as SVG beside it.</summary>
/// <param name="folder">Made where it is missing; files of the same names are written over.</param>
internal sealed class ReportFolder(DirectoryInfo folder)
{
    /// <summary>Writes the report of every experiment among runs.</summary>
    /// <param name="records">All that can be read.</param>
    /// <param name="experiment">An experiment's identity; null for all.</param>
    /// <returns>How many experiments there were.</returns>
    public int Write(IReadOnlyList<RunRecord> records, string? experiment)
    {
        var experiments = records
            .Where(record => record.Spec.Experiment is { } part && (experiment is null || string.Equals(part.Id, experiment, StringComparison.Ordinal)))
            .GroupBy(record => (record.Spec.Experiment!.Kind, record.Spec.Experiment.Id))
            .OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Id, StringComparer.Ordinal)
            .ToList();
        if (experiments.Count == 0)
        {
            return 0;
        }

        folder.Create();
        var text = new StringBuilder("# Experiments on real runs\n\nMade by `ntl-train report` from what the runs stored; every figure is theirs.\n");
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in experiments)
        {
            var report = ExperimentReport.Of(group.Key.Kind, [.. group]);
            Add(text, report, Name(group.Key.Kind, taken));
            AddOrigin(text, [.. group], records);
        }

        File.WriteAllText(Path.Combine(folder.FullName, "report.md"), text.ToString());
        return experiments.Count;
    }

    private static string Name(ExperimentKind kind, HashSet<string> taken)
    {
        var name = kind switch
        {
            ExperimentKind.Anneal => "anneal",
            ExperimentKind.TemperatureLadder => "e1-temperature",
            ExperimentKind.QuenchLadder => "e2-quench",
            ExperimentKind.DecayRace => "e3-race",
            ExperimentKind.Collapse => "e4-collapse",
            ExperimentKind.BatchLadder => "e5-batch",
            ExperimentKind.Suggestion => "e11-suggestion",
            ExperimentKind.Sweep => "sweep",
            _ => "e6-optimizer",
        };
        for (var number = 2; !taken.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{name.TrimEnd("0123456789".ToCharArray()).TrimEnd('-')}-{number}");
        }

        return name;
    }

    private void Add(StringBuilder text, ExperimentReport report, string name)
    {
        text.Append("\n## ").Append(report.Title).Append("\n\n");
        foreach (var sentence in report.Sentences)
        {
            text.Append("- ").Append(sentence).Append('\n');
        }

        foreach (var missing in report.Missing)
        {
            text.Append("- *Missing:* ").Append(missing).Append('\n');
        }

        foreach (var (i, plot) in report.Plots.Index())
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1}.svg");
            File.WriteAllText(Path.Combine(folder.FullName, file), PlotFile.Write(plot));
            text.Append("\n![").Append(plot.Title).Append("](").Append(file).Append(")\n");
        }

        if (!report.Table.Rows.IsEmpty)
        {
            AddTable(text, report.Table.Columns, report.Table.Rows.Select(row => row.AsEnumerable()));
        }

        AddTable(text, ["row", "claim", "quantity", "expected", "measured", "verdict", "why"], report.Claims.Select(Cells));
    }

    private static IEnumerable<string> Cells(Claim claim) =>
    [
        claim.AcceptanceRow == 0 ? "–" : claim.AcceptanceRow.ToString(CultureInfo.InvariantCulture), claim.Text, claim.Unit.Length == 0 ? claim.Symbol : $"{claim.Symbol} ({claim.Unit})",
        ClaimText.Expectation(claim), claim.IsMeasured ? ClaimText.Measured(claim) : "–", ClaimText.Mark(claim.Verdict), claim.Why,
    ];

    private static void AddTable(StringBuilder text, IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var titles = columns.ToList();
        text.Append("\n| ").AppendJoin(" | ", titles.Select(ClaimText.Escape)).Append(" |\n|").Append(string.Concat(Enumerable.Repeat("---|", titles.Count))).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(ClaimText.Escape)).Append(" |\n");
        }
    }

    private static void AddOrigin(StringBuilder text, RunRecord[] members, IReadOnlyList<RunRecord> all)
    {
        var steps = members.Sum(member => member.Spec.TotalSteps - member.Spec.FirstStep);
        var own = members.Select(member => member.Id).ToHashSet();
        var origin = members.Select(member => member.Spec.Branch).FirstOrDefault(branch => branch is not null && !own.Contains(branch.Run));
        text.Append(CultureInfo.InvariantCulture, $"\n{members.Length} runs of {steps:N0} steps");
        if (origin is not null)
        {
            var trunk = all.FirstOrDefault(record => record.Id == origin.Run);
            text.Append(CultureInfo.InvariantCulture, $", off step {origin.Step:N0} of run {origin.Run}");
            if (trunk is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $": {trunk.Spec.Schedule.Description}; {trunk.Spec.Model.ParameterCount / 1e6:0.00} million parameters, {trunk.Spec.TokensPerStep:N0} tokens a step, {trunk.Spec.Dataset.Name}");
            }
        }

        text.Append(".\n");
    }
}
