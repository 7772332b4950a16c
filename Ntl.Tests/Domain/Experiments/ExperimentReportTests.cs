using Ntl.Domain.Claims;
using Ntl.Domain.Experiments;
using Ntl.Domain.Plots;
using Ntl.Tests.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Experiments;

public sealed class ExperimentReportTests
{
    public static TheoryData<ExperimentKind> Kinds => [.. ExperimentKinds.OffACheckpoint];

    [Fact]
    public void Of_TemperatureLadder_FindsWhatTheAnnealLetsOutOfTheValley()
    {
        var members = SyntheticRun.Experiment(ExperimentKind.TemperatureLadder);

        var report = ExperimentReport.Of(ExperimentKind.TemperatureLadder, members);

        var anneals = members.Where(member => member.Spec.Experiment!.Role == ExperimentRole.Anneal).OrderBy(member => member.Spec.Experiment!.Value).ToList();
        foreach (var (i, anneal) in anneals.Index())
        {
            var hold = members.Single(member => member.Id == anneal.Spec.Branch!.Run);
            var time = anneal.Spec.Schedule.IntrinsicTime;
            var expected = (SyntheticRun.HeatAt(hold.Spec, time) - SyntheticRun.HeatAt(anneal.Spec, time)) / (SyntheticRun.Trace * anneal.Spec.Experiment!.Value!.Value);
            var claim = Claim(report, $"alpha-{i + 1}");
            Assert.InRange(claim.Measured, expected - (3 * claim.StandardError), expected + (3 * claim.StandardError));
        }

        Assert.Equal(ClaimVerdict.Holds, Claim(report, "alpha").Verdict);
        Assert.Equal(ClaimVerdict.Holds, Claim(report, "r-square").Verdict);
        Assert.Equal(1, Claim(report, "temperature").Measured, 0.05);
        Assert.All(report.Claims.Where(claim => claim.Id.StartsWith("closure", StringComparison.Ordinal)), claim =>
            Assert.Equal(ClaimVerdict.Identity, claim.Verdict));
        Assert.Equal(4, report.Table.Rows.Length);
        Assert.Empty(report.Missing);
    }

    [Fact]
    public void Of_QuenchLadder_FindsHeatCapacityAndCoolingRate()
    {
        var report = ExperimentReport.Of(ExperimentKind.QuenchLadder, SyntheticRun.Experiment(ExperimentKind.QuenchLadder));

        Assert.Equal(SyntheticRun.Kappa, Claim(report, "kappa").Measured, 0.15 * SyntheticRun.Kappa);
        Assert.InRange(Claim(report, "kappa").Measured, SyntheticRun.Kappa - (3 * Claim(report, "kappa").StandardError), SyntheticRun.Kappa + (3 * Claim(report, "kappa").StandardError));
        Assert.Equal(ClaimVerdict.Holds, Claim(report, "linear").Verdict);
        Assert.InRange(Claim(report, "linear").Measured, 0, 0.06);
    }

    [Fact]
    public void Of_DecayRace_NoneIsColderThanItsBath()
    {
        var report = ExperimentReport.Of(ExperimentKind.DecayRace, SyntheticRun.Experiment(ExperimentKind.DecayRace));

        Assert.Equal(6, report.Claims.Count(claim => claim.Id.StartsWith("second-law", StringComparison.Ordinal)));
        Assert.DoesNotContain(report.Claims, claim => claim.Verdict == ClaimVerdict.Fails);
    }

    [Fact]
    public void Of_BatchLadder_TemperatureGoesWithOneOverBatch()
    {
        var report = ExperimentReport.Of(ExperimentKind.BatchLadder, SyntheticRun.Experiment(ExperimentKind.BatchLadder));

        Assert.Equal(-1, Claim(report, "temperature").Measured, 0.15);
        Assert.NotEqual(ClaimVerdict.Fails, Claim(report, "temperature").Verdict);
        Assert.Equal(ClaimVerdict.Holds, Claim(report, "covariance").Verdict);
    }

    [Fact]
    public void Of_Collapse_LiesOnOneCurve()
    {
        var report = ExperimentReport.Of(ExperimentKind.Collapse, SyntheticRun.Experiment(ExperimentKind.Collapse));

        Assert.Equal(ClaimVerdict.Holds, Claim(report, "collapse").Verdict);
        Assert.Equal(9, report.Table.Rows.Length);
    }

    [Fact]
    public void Of_OptimizerLadder_JudgesEachRule()
    {
        var report = ExperimentReport.Of(ExperimentKind.OptimizerLadder, SyntheticRun.Experiment(ExperimentKind.OptimizerLadder));

        Assert.Equal(4, report.Claims.Count(claim => claim.Id.StartsWith("alpha", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Of_MembersMissing_SaysWhichAndViolatesNothing(ExperimentKind kind)
    {
        var all = SyntheticRun.Experiment(kind);
        for (var kept = 0; kept < all.Count; kept++)
        {
            var report = ExperimentReport.Of(kind, [.. all.Take(kept)]);

            // A short decay leaves the more heat the higher the peak: with few ways that is more than D tells of them.
            Assert.DoesNotContain(report.Claims, claim => claim.Verdict == ClaimVerdict.Fails
                && !claim.Id.StartsWith("alpha-", StringComparison.Ordinal) && claim.Id != "collapse");
            Assert.True(kept > 2 || report.Missing.Length > 0);
            Assert.All(report.Plots, plot => Assert.StartsWith("<svg", PlotFile.Write(plot), StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Of_MembersThatHaveNotBegunOrSpoilt_DoesNotFail(ExperimentKind kind)
    {
        var all = SyntheticRun.Experiment(kind);
        var empty = all.ConvertAll(record => record with { Series = new Dictionary<Ntl.Domain.Metrics.MetricKey, Ntl.Domain.Metrics.MetricSeries>() });
        var spoilt = all.ConvertAll(record => record with
        {
            Series = record.Series.ToDictionary(pair => pair.Key, pair => new Ntl.Domain.Metrics.MetricSeries(pair.Value.Steps.ToArray(), [.. Enumerable.Repeat(double.NaN, pair.Value.Count)])),
        });

        Assert.All(ExperimentReport.Of(kind, empty).Claims, claim =>
            Assert.Equal((ClaimVerdict.NotMeasurable, false), (claim.Verdict, claim.IsMeasured)));
        Assert.All(ExperimentReport.Of(kind, spoilt).Claims, claim =>
            Assert.Equal((ClaimVerdict.NotMeasurable, false), (claim.Verdict, claim.IsMeasured)));
    }

    private static Claim Claim(ExperimentReport report, string id) => report.Claims.Single(claim => string.Equals(claim.Id, id, StringComparison.Ordinal));
}
