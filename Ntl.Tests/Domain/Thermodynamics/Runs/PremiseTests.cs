using Ntl.Domain.Claims;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Domain.Thermodynamics.Runs;

/// <summary>Every premise where it fails and where it holds, on a run of known heat.</summary>
public sealed class PremiseTests
{
    private static readonly SyntheticRun s_run = SyntheticRun.WarmupStableDecay();

    public static TheoryData<string> Ids => [.. Failing.Keys];

    // One run in which the premise fails, and one in which it holds.
    private static Dictionary<string, (Func<RunRecord> Fails, Func<RunRecord> Holds)> Failing { get; } = new(StringComparer.Ordinal)
    {
        ["noise-probe"] = (() => Without(ProbeKeys.Noise, ProbeKeys.UpdateSquare), () => s_run.Record()),
        ["heat-probes"] = (() => Without(ProbeKeys.ThermalLoss), () => s_run.Record()),
        ["warm-up-over"] = (() => s_run.Record(60), () => s_run.Record(2000)),
        ["horizon-filled"] = (() => Horizon(200).Record(300), () => Horizon(200).Record(600)),
        ["rate-steady"] = (() => With(StandardSchedules.Exponential(1000, 1e-3, 1e-6)).Record(), () => s_run.Record(2000)),
        ["heat-resolved"] = (() => (s_run with { Heat = (_, _) => -0.01 }).Record(2000), () => s_run.Record(2000)),
        ["river-slow"] = (() => (s_run with { TraceAt = _ => 1 }).Record(2000), () => s_run.Record(2000)),
        ["calibrated"] = (() => With(StandardSchedules.Cosine(3000, 1e-3, 1e-4, 100)).Record(), () => s_run.Record()),
        ["own-plateau"] = (() => With(StandardSchedules.Cosine(3000, 1e-3, 1e-4, 100)).Record(), () => s_run.Record()),
        ["decay"] = (() => With(StandardSchedules.Constant(2000, 1e-3, 100)).Record(), () => s_run.Record()),
        ["decay-measured"] = (() => s_run.Record(2300), () => s_run.Record()),
        ["noise-resolved"] = (() => (s_run with { TraceNoise = 8 }).Record(110), () => s_run.Record()),
        ["signal-resolved"] = (() => Set(s_run.Record(), ProbeKeys.GradientSquare, s_run.Record()[ProbeKeys.GradientCovariance]), () =>
            s_run.Record()),
        ["weight-decay"] = (() => s_run.Record(), () => Decaying(0.1).Record()),
        ["rate-held"] = (() => Held(StandardSchedules.Cosine(3000, 1e-3, 1e-4, 100)).Record(), () => Decaying(0.1).Record()),
        ["updates-enough"] = (() => Decaying(0.1).Record(130), () => Decaying(0.1).Record()),
        ["norm-stationary"] = (() => Overlap(Decaying(0.1).Record(), (_, _) => 0), () => Decaying(0.1).Record()),
        ["drift-precise"] = (() => Overlap(Decaying(0.1).Record(), (i, overlap) => i % 2 == 0 ? 0 : 2 * overlap), () =>
            Decaying(0.1).Record()),
        ["curvature-probe"] = (() => s_run.Record(), () => Sharp(1500)),
        ["measured-near-peak"] = (() => Sharp(2990), () => Sharp(1500)),
        ["edge-known"] = (() => Optimized(new() { Kind = OptimizerKind.Lion, WeightDecay = 0 }).Record(), () => s_run.Record()),
        ["metric"] = (() => Optimized(new() { Kind = OptimizerKind.Lion, WeightDecay = 0 }).Record(), () => s_run.Record()),
        ["plain-sgd"] = (() => s_run.Record(), () =>
            Optimized(new() { Kind = OptimizerKind.Sgd, Beta1 = 0, WeightDecay = 0, GradientClip = null }).Record()),
        ["valley-curved"] = (() => Traced(-5, 1), () => Traced(5, 1)),
        ["conduction-probe"] = (() => s_run.Record(), () => Flow(1, 0.1)),
        ["conduction-resolved"] = (() => Flow(1, 2), () => Flow(1, 0.1)),
        ["force-probe"] = (() => s_run.Record(), () => River(-1, 0.1, 4, 0.1)),
        ["drive-resolved"] = (() => River(-1, 0.1, 1, 2), () => River(-1, 0.1, 4, 0.1)),
        ["force-resolved"] = (() => River(-1, 2, 4, 0.1), () => River(-1, 0.1, 4, 0.1)),
        ["force-against-drive"] = (() => River(1, 0.1, 4, 0.1), () => River(-1, 0.1, 4, 0.1)),
        ["not-diverged"] = (() => Set(s_run.Record(200), MetricKeys.ValidationLoss, new([0, 25], [5, 40])), () => s_run.Record()),
    };

    [Theory, MemberData(nameof(Ids))]
    public void Premise_ThatFails_SaysWhyAndLeavesNoNumber(string id)
    {
        var record = Failing[id].Fails();

        var premise = Asked(record).First(premise => premise.Id == id && !premise.IsSatisfied);
        Assert.NotEmpty(premise.Statement);
        Assert.NotEmpty(premise.Reason);
        foreach (var claim in Claims(record).Where(claim => claim.Premises.Any(own => own.Id == id && !own.IsSatisfied)))
        {
            Assert.False(claim.IsMeasured);
            Assert.True(claim.Verdict is ClaimVerdict.NotApplicable or ClaimVerdict.NotMeasurable, $"{claim.Id} {claim.Verdict}");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Premise_ThatHolds_IsToldAsSatisfiedOrNotAskedAgain(string id)
    {
        var asked = Asked(Failing[id].Holds()).Where(premise => premise.Id == id).ToList();

        Assert.True(asked.Count > 0 || id is "not-diverged" or "ledger");
        Assert.All(asked, premise => Assert.True(premise is { IsSatisfied: true, Reason: "", Remedy: "" }, premise.Reason));
    }

    [Fact]
    public void ThermalLoss_BelowZero_IsAGapAndNotARatio()
    {
        var run = RunThermodynamics.Of((s_run with { Heat = (step, heat) => step is >= 1000 and < 1200 ? -0.02 : heat }).Record(2000));

        Assert.Contains(1100, run.ThermalLoss.Gaps);
        Assert.False(run.ThermalLoss.Holds(1100));
        Assert.True(run.ThermalLoss.IsBrokenBetween(975, 1200));
        Assert.False(run.ThermalLoss.IsBrokenBetween(900, 975));
        Assert.All(run.EquilibriumRatio.Values, value => Assert.True(value > 0));
        var bath = ThermoPanels.Of(run).Single(panel => panel.Id == "bath").Plots[0].Curves[0];
        Assert.NotEmpty(bath.Breaks);
        Assert.All(bath.Breaks, place => Assert.True(bath.X[place] > bath.X[place - 1] + 25));
    }

    [Fact]
    public void ThermalLoss_InASpikeOfTheLoss_IsAGap()
    {
        var record = s_run.Record(2000);
        var losses = record[MetricKeys.ValidationLoss];
        var spiky = new MetricSeries(losses.Steps.ToArray(),
            [.. losses.Values.ToArray().Select((loss, i) => losses.Steps[i] == 1000 ? 30 : loss)]);

        var run = RunThermodynamics.Of(Set(record, MetricKeys.ValidationLoss, spiky));

        Assert.Null(run.DivergedAt);
        Assert.False(run.ThermalLoss.Holds(1000));
        Assert.True(run.ThermalLoss.Holds(1025));
    }

    [Fact]
    public void RatioOfUpdates_WhoseNormDrifts_HasNoVerdictAndNoLine()
    {
        // ρ = −75, as on a run whose weights still grow.
        var record = Overlap(Decaying(0.1).Record(), (_, overlap) => -75 * overlap);

        var claim = Claims(record).Single(claim => claim.Id == "rho");
        Assert.Equal((ClaimVerdict.NotApplicable, false), (claim.Verdict, claim.IsMeasured));
        Assert.Contains("norm of the weights still grows", claim.Why, StringComparison.Ordinal);
        Assert.True(RunThermodynamics.Of(record).FluctuationRatio.IsEmpty);
        Assert.DoesNotContain(ThermoPanels.Of(RunThermodynamics.Of(record)).SelectMany(panel => panel.Plots), plot => plot.YLabel == "ρ");
    }

    [Fact]
    public void Alerts_OfALaggingMean_DoNotTakeItForWarming()
    {
        // The mean catches up while the river slows down: hot minus cold rises, though no heat does.
        var source = s_run with { TraceAt = _ => 20, Heat = (step, _) => 0.05 * step / 3000 };

        Assert.DoesNotContain(RunAlerts.Of(source.Record()), alert => alert.Kind is RunAlertKind.EarlyDecay or RunAlertKind.EntropyFalls);
    }

    private static IEnumerable<Premise> Asked(RunRecord record) =>
        ThermoPanels.Of(RunThermodynamics.Of(record)).SelectMany(panel =>
            panel.Premises).Concat(Claims(record).SelectMany(claim => claim.Premises));

    private static List<Claim> Claims(RunRecord record) =>
        [.. RunLaws.Test([record]).SelectMany(law => law.Findings).Select(finding => finding.Claim)];

    private static RunRecord Set(RunRecord record, MetricKey key, MetricSeries series) =>
        new(record.Id, record.Spec, new Dictionary<MetricKey, MetricSeries>(record.Series) { [key] = series });

    private static RunRecord Without(params MetricKey[] keys)
    {
        var record = s_run.Record();
        return new(record.Id, record.Spec, record.Series.Where(pair => !keys.Contains(pair.Key)).ToDictionary());
    }

    private static SyntheticRun With(ScheduleSpec schedule) => s_run with { Spec = s_run.Spec with { Schedule = schedule } };

    private static SyntheticRun Held(ScheduleSpec schedule) =>
        Decaying(0.1) with { Spec = Decaying(0.1).Spec with { Schedule = schedule } };

    private static SyntheticRun Horizon(double steps) =>
        s_run with { Spec = s_run.Spec with { Probes = SyntheticRun.Probes with { ColdHorizonSteps = steps } } };

    private static SyntheticRun Decaying(double decay) => Optimized(new() { WeightDecay = decay, GradientClip = null });

    private static SyntheticRun Optimized(OptimizerSpec optimizer) => s_run with { Spec = s_run.Spec with { Optimizer = optimizer } };

    private static RunRecord Overlap(RunRecord record, Func<int, double, double> of)
    {
        var overlaps = record[ProbeKeys.UpdateOverlap];
        return Set(record, ProbeKeys.UpdateOverlap,
            new(overlaps.Steps.ToArray(), [.. overlaps.Values.ToArray().Select((value, i) => of(i, value))]));
    }

    private static RunRecord Measured(RunRecord record, MetricKey key, long step, double value, double error) =>
        Set(Set(record, key, new([step], [value])), ProbeKeys.Error(key), new([step], [error]));

    private static RunRecord Sharp(long step) => Measured(s_run.Record(), ProbeKeys.LargestPreconditionedCurvature, step, 1000, 1);

    private static RunRecord Traced(double value, double error) =>
        Measured(s_run.Record(), ProbeKeys.PreconditionedCurvatureTrace, 1000, value, error);

    private static RunRecord Flow(double value, double error) =>
        Measured(s_run.Record(), ProbeKeys.Of(ProbeKeys.HeatFlow, "h.0"), 1000, value, error);

    private static RunRecord River(double force, double forceError, double drive, double driveError) =>
        Measured(Measured(s_run.Record(), ProbeKeys.RiverForce, 1000, force, forceError), ProbeKeys.RiverDrive, 1000, drive, driveError);
}
