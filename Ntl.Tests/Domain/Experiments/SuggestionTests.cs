using Ntl.Domain.Claims;
using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Plots;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Experiments;

public sealed class SuggestionTests
{
    private static readonly RunForecast s_forecast = new("0123456789", "Newton's law", 1.50, 1.48, 1.52);
    private static readonly SuggestionArm s_suggestion = new(StandardSchedules.Hyperbolic(100, 1e-3, 1e-4), s_forecast with { Gain = new(0.050, 0.030, 0.070) });
    private static readonly SuggestionArm s_baseline = new(StandardSchedules.Cosine(100, 1e-3, 1e-4), s_forecast with { FinalLoss = 1.55 });

    [Fact]
    public void Create_OfTwoSchedules_MakesAPairOfRunsForEachSeedThatDifferInTheScheduleAlone()
    {
        var plan = Plan([3, 1, 4]);

        Assert.Equal(ExperimentKind.Suggestion, plan.Kind);
        Assert.Equal(6, plan.Members.Length);
        Assert.All(plan.Members, member => Assert.Empty(RunSpecValidator.Validate(member.Spec)));
        Assert.Equal(6, plan.Members.Select(member => member.Spec.Name).Distinct(StringComparer.Ordinal).Count());
        foreach (var pair in plan.Members.Chunk(2))
        {
            Assert.Equal([ExperimentRole.Suggestion, ExperimentRole.Baseline], pair.Select(member => member.Spec.Experiment!.Role));
            Assert.Equal(Bare(pair[0].Spec), Bare(pair[1].Spec));
        }

        Assert.Equal([3L, 3, 1, 1, 4, 4], plan.Members.Select(member => member.Spec.Seed));
        Assert.Equal(600, plan.TotalSteps);

        static RunSpec Bare(RunSpec spec) => spec with { Name = "", Schedule = s_baseline.Schedule, Experiment = null };
    }

    [Fact]
    public void Create_ThenStoredAndRead_KeepsWhatWasPredicted()
    {
        var spec = Plan([1, 2, 3]).Members[0].Spec;

        var (read, problems) = RunSpecJson.Read(RunSpecJson.Write(spec));

        Assert.Empty(problems);
        Assert.Equal(s_suggestion.Forecast, read!.Experiment!.Forecast);
        Assert.Equal(RunSpecJson.Hash(spec), RunSpecJson.Hash(spec with { Experiment = null }));
    }

    [Fact]
    public void Validate_SpecWhoseForecastIsNoNumber_SaysSo()
    {
        var spec = Plan([1, 2, 3]).Members[0].Spec;

        var problems = RunSpecValidator.Validate(spec with { Experiment = spec.Experiment! with { Forecast = s_forecast with { High = double.PositiveInfinity } } });

        Assert.Equal("experiment.forecast", Assert.Single(problems).Path);
    }

    public static TheoryData<string, string> Wrong => new() { { "few", "seeds" }, { "equal", "seeds" }, { "negative", "seeds" }, { "longer", "baseline" }, { "itself", "baseline" } };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_WhatCannotBeCompared_SaysWhy(string what, string path)
    {
        long[] seeds = what switch { "few" => [1, 2], "equal" => [1, 2, 2], "negative" => [-1, 2, 3], _ => [1, 2, 3] };
        var baseline = what switch { "longer" => s_baseline with { Schedule = StandardSchedules.Cosine(101, 1e-3) }, "itself" => s_suggestion, _ => s_baseline };

        Assert.Equal(path, Assert.Single(SuggestionPlan.Validate(s_suggestion, baseline, seeds)).Path);
        Assert.Throws<ArgumentException>(() => SuggestionPlan.Create(RunSpecs.Valid, s_suggestion, baseline, seeds, RunId.New));
    }

    [Fact]
    public void Report_OfThreePairs_HasStudentsIntervalOfThePairedDifferences()
    {
        // Gains .03, .05 and .04: mean .04, standard error .01/√3, Student's 95 % of two degrees 4.302653.
        var report = Report((1.60, 1.57), (1.65, 1.60), (1.62, 1.58));

        var gain = report.Claims.Single(claim => claim.Id == "gain");
        Assert.Equal(0.04, gain.Measured, 1e-12);
        Assert.Equal(4.302653 * 0.01 / Math.Sqrt(3), (gain.High - gain.Low) / 2, 1e-8);
        Assert.Equal(ClaimVerdict.Holds, gain.Verdict);
        var predicted = report.Claims.Single(claim => claim.Id == "predicted-gain");
        Assert.Equal((0.05, 0.02), (predicted.Expected, Math.Round(predicted.Tolerance, 12)));
        Assert.Empty(report.Missing);
        Assert.Equal(4, report.Table.Rows.Length);
        Assert.All(report.Plots, plot => Assert.StartsWith("<svg", PlotFile.Write(plot), StringComparison.Ordinal));
    }

    [Fact]
    public void Report_OfASpreadAboutZero_CannotTell()
    {
        var report = Report((1.60, 1.57), (1.60, 1.62), (1.60, 1.58));

        Assert.Equal(ClaimVerdict.Inconclusive, report.Claims.Single(claim => claim.Id == "gain").Verdict);
    }

    [Fact]
    public void Report_OfAGainFarFromThePredicted_IsViolated()
    {
        var report = Report((1.600, 1.610), (1.600, 1.611), (1.600, 1.612));

        Assert.Equal(ClaimVerdict.Fails, report.Claims.Single(claim => claim.Id == "predicted-gain").Verdict);
        Assert.Equal(ClaimVerdict.Fails, report.Claims.Single(claim => claim.Id == "gain").Verdict);
    }

    [Fact]
    public void Report_WhileRunsAreMissing_SaysWhichAndJudgesNothing()
    {
        var records = Records((1.60, 1.57), (1.60, 1.57), (1.60, 1.57));
        for (var kept = 0; kept < records.Count; kept++)
        {
            var report = ExperimentReport.Of(ExperimentKind.Suggestion, [.. records.Take(kept)]);

            Assert.NotEmpty(report.Missing);
            Assert.True(kept >= 4 || report.Claims.All(claim => claim.Verdict == ClaimVerdict.NotMeasurable));
        }

        var half = records.ConvertAll(record => record with { Series = new Dictionary<MetricKey, MetricSeries>() });
        Assert.All(ExperimentReport.Of(ExperimentKind.Suggestion, half).Claims, claim =>
            Assert.Equal(ClaimVerdict.NotMeasurable, claim.Verdict));
    }

    private static ExperimentReport Report(params (double Baseline, double Suggestion)[] finals) => ExperimentReport.Of(ExperimentKind.Suggestion, Records(finals));

    private static List<RunRecord> Records(params (double Baseline, double Suggestion)[] finals) =>
    [
        .. Plan([.. Enumerable.Range(1, finals.Length).Select(seed => (long)seed)]).Members.Select(member =>
        {
            var (baseline, suggestion) = finals[(int)member.Spec.Seed - 1];
            var final = member.Spec.Experiment!.Role == ExperimentRole.Suggestion ? suggestion : baseline;
            return new RunRecord(member.Id, member.Spec, new Dictionary<MetricKey, MetricSeries> { [MetricKeys.ValidationLoss] = new([0, 50, 100], [5.5, 2, final]) });
        }),
    ];

    private static ExperimentPlan Plan(long[] seeds) => SuggestionPlan.Create(RunSpecs.Valid, s_suggestion, s_baseline, seeds, RunId.New);
}
