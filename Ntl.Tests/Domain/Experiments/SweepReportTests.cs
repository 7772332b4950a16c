using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Experiments;

public sealed class SweepReportTests
{
    // Peaks over a decade × two weight decays, three seeds 0.02 apart; the means are 2.12, 2.02, 2.03 and 3.02 …
    private static readonly double[] s_levels = [2.10, 2.60, 2.00, 2.01, 3.00, 3.50];

    [Fact]
    public void Report_OfAFinishedSweep_HasMeansIntervalsAndTheTied()
    {
        var report = ExperimentReport.Of(ExperimentKind.Sweep, Records());

        Assert.Empty(report.Missing);
        Assert.Equal("6 cells with 3 seeds each; 18 of 18 runs have finished.", report.Sentences[0].Split(" Every")[0]);
        // Student's 95 % of two degrees, 4.302653 · 0.02/√3 = 0.04968.
        Assert.StartsWith("Lowest mean: peak 1e-3 · wd 0, 2.0200 nats/token, 95 % interval 1.9703 to 2.0697, n 3.", report.Sentences[1], StringComparison.Ordinal);
        Assert.Contains("least of 6 means", report.Sentences[2], StringComparison.Ordinal);
        // Blom: 0.02/√3 · 1.2816 (the expected least of six, −Φ⁻¹(0.625/6.25)) = 0.0148.
        Assert.Contains("about 0.015 nats/token too low", report.Sentences[2], StringComparison.Ordinal);
        Assert.Equal("Not significantly different from it at 5 % (Welch's test, Holm's correction over 5): peak 1e-3 · wd 0.1.", report.Sentences[3].Replace("; peak 1e-4 · wd 0", "", StringComparison.Ordinal));
        Assert.Equal(["1e-3", "0", "2.0200", "1.9703 to 2.0697", "n 3", "best", "finished"], report.Table.Rows[0]);
        Assert.Equal(["2.0200", "2.0300", "2.1200", "2.6200", "3.0200", "3.5200"], report.Table.Rows.Select(row => row[2]));
        Assert.Contains("tied", report.Table.Rows[1][5], StringComparison.Ordinal);
        Assert.DoesNotContain("tied", report.Table.Rows[3][5], StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfAFinishedSweep_DrawsHeatMapAndResponses()
    {
        var report = ExperimentReport.Of(ExperimentKind.Sweep, Records());

        var cells = report.Plots[0].Cells!;
        Assert.Equal(["1e-4", "1e-3", "1e-2"], cells.Columns);
        Assert.Equal(["0", "0.1"], cells.Rows);
        Assert.Equal([2.12, 2.02, 3.02, 2.62, 2.03, 3.52], cells.Values.Select(value => Math.Round(value, 9)));
        Assert.All(cells.Notes, note => Assert.Equal("n 3", note));
        var (peak, decay) = (report.Plots[1], report.Plots[2]);
        Assert.Equal((true, false), (peak.LogX, decay.LogX));
        Assert.Equal([1e-4, 1e-3, 1e-2], peak.Curves[0].X);
        Assert.Equal(2.02 - 0.0496827, peak.Curves[0].Lower[1], 1e-6);
        Assert.All(report.Plots, plot => Assert.StartsWith("<svg", PlotFile.Write(plot), StringComparison.Ordinal));
    }

    [Fact]
    public void Report_WithStoppedAndOpenMembers_NeverCountsThemAsFinished()
    {
        var records = Records();
        var reason = $"{SweepStopRule.ReasonStart} at step 500: …";
        // Of the hottest cells one seed was stopped at its rung, another although its points go to the end; the best cell's last seed has not finished.
        for (var i = 0; i < records.Count; i++)
        {
            var (cell, seed) = (i % s_levels.Length, i / s_levels.Length);
            records[i] = (cell, seed) switch
            {
                (4, 0) => records[i] with { EndedEarly = reason, Series = Losses((500, 3.3)) },
                (4, 1) => records[i] with { EndedEarly = reason },
                (2, 2) => records[i] with { Series = Losses((500, 2.5)) },
                (5, 0) => records[i] with { EndedEarly = "Cancelled by a person.", Series = Losses() },
                _ => records[i],
            };
        }

        var report = ExperimentReport.Of(ExperimentKind.Sweep, records);

        Assert.Contains("14 of 18 runs have finished", report.Sentences[0], StringComparison.Ordinal);
        // The cell with the lowest losses has two of its seeds only: the best is one with all three.
        Assert.StartsWith("Lowest mean: peak 1e-3 · wd 0.1,", report.Sentences[1], StringComparison.Ordinal);
        Assert.Contains(report.Sentences, sentence => sentence.StartsWith("2 members were stopped early by the rule", StringComparison.Ordinal));
        var hot = report.Table.Rows.Single(row => row[0] == "1e-2" && row[1] == "0");
        Assert.Equal(("1 of 3", "stopped by the rule: 3.3000 at step 500, 3.0200 at step 1\u2009000"), (hot[4], hot[6]));
        Assert.Contains("1 ended early", report.Table.Rows.Single(row => row[0] == "1e-2" && row[1] == "0.1")[6], StringComparison.Ordinal);
        Assert.Equal(["n 3", "2 of 3", "1 of 3", "n 3", "n 3", "2 of 3"], report.Plots[0].Cells!.Notes);
        Assert.NotEmpty(report.Missing);
    }

    // One seed of the lowest cell goes to NaN, one of the next explodes without NaN: neither cell may lead.
    [Fact]
    public void Report_WithSeedsThatDivergedOrExploded_GivesTheirCellsNoFiniteMean()
    {
        var records = Records();
        records[2] = records[2] with { EndedEarly = "NaN", Status = RunStatus.Failed, Failure = RunFailureKind.NonFiniteLoss, Series = Losses((500, 1.9)) };
        records[3] = records[3] with { Series = Losses((0, 11), (1000, 4e13)) };

        var report = ExperimentReport.Of(ExperimentKind.Sweep, records);

        Assert.StartsWith("Lowest mean: peak 1e-4 · wd 0, 2.1200 ", report.Sentences[2], StringComparison.Ordinal);
        Assert.Contains("2 runs in 2 cells diverged or exploded", report.Sentences[1], StringComparison.Ordinal);
        Assert.Equal(["∞", "∞"], report.Table.Rows.TakeLast(2).Select(row => row[2]));
        Assert.Equal(["2.1200", "2.6200", "3.0200", "3.5200"], report.Table.Rows.Take(4).Select(row => row[2]));
        Assert.All(report.Table.Rows.TakeLast(2), row => Assert.StartsWith("1 diverged or exploded, the other 2 at", row[6], StringComparison.Ordinal));
        Assert.Equal(2, report.Plots[0].Cells!.Notes.Count(note => note == "1 of 3 diverged"));
        Assert.DoesNotContain("E+13", string.Concat(report.Plots.Select(PlotFile.Write)), StringComparison.Ordinal);
    }

    [Fact]
    public void HeatMap_InTheFile_PrintsTheLossesAndN()
    {
        var svg = PlotFile.Write(ExperimentReport.Of(ExperimentKind.Sweep, Records()).Plots[0]);

        Assert.Contains(">2.02</text>", svg, StringComparison.Ordinal);
        Assert.Equal(6, svg.Split(">n 3</text>").Length - 1);
    }

    [Fact]
    public void Report_BeforeAnythingHasFinished_SaysSoAndDoesNotFail()
    {
        var records = Records().ConvertAll(record => record with { Series = Losses() });

        Assert.Contains("No run has finished yet.", ExperimentReport.Of(ExperimentKind.Sweep, records).Missing);
        Assert.NotEmpty(ExperimentReport.Of(ExperimentKind.Sweep, []).Missing);
        for (var kept = 1; kept <= 18; kept++)
        {
            Assert.NotEmpty(ExperimentReport.Of(ExperimentKind.Sweep, [.. Records().Take(kept)]).Table.Rows);
        }
    }

    [Fact]
    public void Report_OfOneSeed_TellsNothingApart()
    {
        var report = ExperimentReport.Of(ExperimentKind.Sweep, [.. Records().Take(s_levels.Length)]);

        Assert.Contains("No other cell can be compared with it yet.", report.Sentences);
        Assert.All(report.Table.Rows, row => Assert.Equal("–", row[3]));
    }

    private static Dictionary<MetricKey, MetricSeries> Losses(params (long Step, double Loss)[] points) =>
        new() { [MetricKeys.ValidationLoss] = new([.. points.Select(point => point.Step)], [.. points.Select(point => point.Loss)]) };

    private static List<RunRecord> Records()
    {
        var design = new SweepDesign(RunSpecs.Valid, [new(SweepKnob.PeakRate, ["1e-4", "1e-3", "1e-2"]), new(SweepKnob.WeightDecay, ["0", "0.1"])], 3, SweepStopRule.Default);
        return [.. SweepPlan.Create(design, [1, 2, 3], RunId.New).Members.Select((member, i) => new RunRecord(
            member.Id, member.Spec, Losses((500, 3), (1_000, s_levels[i % s_levels.Length] + (0.02 * (member.Spec.Seed - 1))))))];
    }
}
