using Ntl.Domain.Claims;
using Ntl.Domain.Experiments;
using Ntl.Domain.Metrics;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

public sealed class RunLawsTests
{
    private const int Runs = 60;

    // Of 60 verdicts with an error rate of one in twenty, more than eight come by chance once in a hundred times.
    private const int MostByChance = 8;

    [Theory, InlineData("equipartition"), InlineData("second"), InlineData("clausius")]
    public void Test_LawThatHolds_IsSeldomViolatedAndMostlyTold(string law)
    {
        var verdicts = Enumerable.Range(1, Runs).Select(seed => Verdict(SyntheticRun.WarmupStableDecay() with { Seed = seed }, law)).ToList();

        Assert.InRange(verdicts.Count(verdict => verdict == ClaimVerdict.Fails), 0, MostByChance);
        Assert.True(verdicts.Count(verdict => verdict == ClaimVerdict.Holds) > Runs / 2, string.Join(' ', verdicts));
    }

    [Fact]
    public void Test_FirstLaw_IsAnIdentityAndNeverHolds() =>
        Assert.Equal(ClaimVerdict.Identity, Verdict(SyntheticRun.WarmupStableDecay(), "first"));

    [Fact]
    public void Test_ValleyColderThanItsBathOnAHold_ViolatesClausius()
    {
        var verdicts = Enumerable.Range(1, Runs).Select(seed => Verdict(
            SyntheticRun.WarmupStableDecay() with { Seed = seed, Heat = (step, heat) => step > 1500 ? heat / 10 : heat }, "clausius", until: 2000)).ToList();

        Assert.True(verdicts.Count(verdict => verdict == ClaimVerdict.Fails) >= Runs - MostByChance);
    }

    [Fact]
    public void Test_HeatBelowTheBand_IsNotCalledViolatedByALowerBound()
    {
        var verdict = Verdict(SyntheticRun.WarmupStableDecay() with { Heat = (_, heat) => heat / 3 }, "equipartition", until: 2000);

        Assert.Equal(ClaimVerdict.Inconclusive, verdict);
    }

    [Fact]
    public void Test_HeatAboveTheBand_ViolatesEquipartition() =>
        Assert.Equal(ClaimVerdict.Fails,
            Verdict(SyntheticRun.WarmupStableDecay() with { Heat = (_, heat) => 2.5 * heat }, "equipartition", until: 2000));

    [Fact]
    public void Test_SlowDecayColderThanItsBath_ViolatesTheSecondLaw()
    {
        // A decay of 20,000 steps is slow beside the probe's horizon of 50: what is colder is not the probe's doing.
        var source = SyntheticRun.WarmupStableDecay(22_000, 20_000) with { Heat = (step, heat) => step > 6000 ? heat / 2 : heat };

        Assert.Equal(ClaimVerdict.Fails, Verdict(source, "second", until: 10_000));
    }

    [Fact]
    public void Test_NothingMeasured_TellsNothingAndSaysWhatToSwitchOn()
    {
        var laws = RunLaws.Test([new(new("0000000001"), SyntheticRun.WarmupStableDecay().Spec, new Dictionary<MetricKey, MetricSeries>())]);

        Assert.Equal(14, laws.Select(law => law.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(laws.SelectMany(law => law.Findings), finding => Assert.False(finding.Claim.IsMeasured));
        Assert.All(laws.SelectMany(law => law.Findings), finding =>
            Assert.Contains(finding.Claim.Verdict, new[] { ClaimVerdict.NotMeasurable, ClaimVerdict.NotApplicable }));
        Assert.All(laws.SelectMany(law => law.Findings), finding => Assert.NotEmpty(finding.Claim.Why));
        Assert.Empty(RunLaws.Test([]));
    }

    [Fact]
    public void Test_ExperimentsAmongRuns_JudgeTheirLawsTogether()
    {
        var records = SyntheticRun.Experiment(ExperimentKind.QuenchLadder).Concat(SyntheticRun.Experiment(ExperimentKind.TemperatureLadder, seed: 2)).ToList();

        var laws = RunLaws.Test(records).ToDictionary(law => law.Id, StringComparer.Ordinal);

        Assert.Equal(ClaimVerdict.Holds, Assert.Single(laws["newton"].Findings).Claim.Verdict);
        Assert.Equal(ClaimVerdict.Holds, Assert.Single(laws["heat-capacity"].Findings).Claim.Verdict);
        Assert.Equal(ClaimVerdict.Holds, Assert.Single(laws["temperature-rate"].Findings).Claim.Verdict);
        Assert.Equal(4, laws["newton"].Findings[0].Runs.Length);
        Assert.Equal(ClaimVerdict.NotMeasurable, Assert.Single(laws["temperature-batch"].Findings).Claim.Verdict);
    }

    private static ClaimVerdict Verdict(SyntheticRun source, string law, long? until = null) =>
        RunLaws.Test([source.Record(until)]).Single(test => string.Equals(test.Id, law, StringComparison.Ordinal)).Findings[0].Claim.Verdict;
}
