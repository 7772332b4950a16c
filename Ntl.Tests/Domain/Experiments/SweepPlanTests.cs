using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Experiments;

public sealed class SweepPlanTests
{
    private static readonly RunSpec s_wsd = RunSpecs.Valid with { Schedule = StandardSchedules.WarmupStableDecay(1_000, 3e-3, DecayShape.Linear, 200, 0, 100) };

    [Fact]
    public void Create_TwoKnobs_MakesEveryCellWithTheSameSeeds()
    {
        var design = new SweepDesign(s_wsd, [new(SweepKnob.PeakRate, ["1e-3", "2e-3"]), new(SweepKnob.WeightDecay, ["0", "0.1", "0.2"])], 2, SweepStopRule.Default);

        var plan = SweepPlan.Create(design, [11, 7], RunId.New);

        Assert.Equal((ExperimentKind.Sweep, 12, 12_000L), (plan.Kind, plan.Members.Length, plan.TotalSteps));
        Assert.All(plan.Members, member => Assert.Empty(RunSpecValidator.Validate(member.Spec)));
        Assert.Equal([.. Enumerable.Repeat(11L, 6), .. Enumerable.Repeat(7L, 6)], plan.Members.Select(member => member.Spec.Seed));
        Assert.All(plan.Members.GroupBy(member => member.Spec.Experiment!.Sweep!.Cell), cell => Assert.Equal([11L, 7], cell.Select(member => member.Spec.Seed)));
        var last = plan.Members[^1].Spec;
        Assert.Equal((2e-3, 0.2), (Math.Round(last.Schedule.Peak, 12), last.Optimizer.WeightDecay));
        Assert.Equal(("peak 2e-3 · wd 0.2", 2e-3), (last.Experiment!.Role, last.Experiment.Value!.Value));
        Assert.Equal(12, plan.Members.Select(member => member.Spec.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Create_ThenStoredAndRead_KeepsPlaceAndRule()
    {
        var spec = SweepPlan.Create(Design(SweepKnob.DecayShape, ["linear", "cosine"]) with { Stop = new([0.25, 0.5], 6) }, [1, 2, 3], RunId.New).Members[1].Spec;

        var (read, problems) = RunSpecJson.Read(RunSpecJson.Write(spec));

        Assert.Empty(problems);
        Assert.Equal(RunSpecJson.Write(spec), RunSpecJson.Write(read!));
        Assert.Equal(("shape cosine", 6.0), (read!.Experiment!.Sweep!.Cell, read.Experiment.Sweep.Stop!.Spreads));
        Assert.Equal(RunSpecJson.Hash(spec), RunSpecJson.Hash(spec with { Experiment = null }));
    }

    public static TheoryData<SweepKnob, string, string> Turned => new()
    {
        { SweepKnob.TotalSteps, "500", "WSD: warm up 50 to 3e-3, hold 3e-3 for 350, linear decay 100 to 0" },
        { SweepKnob.WarmupSteps, "50", "WSD: warm up 50 to 3e-3, hold 3e-3 for 750, linear decay 200 to 0" },
        { SweepKnob.WarmupSteps, "0", "WSD: hold 3e-3 for 800, linear decay 200 to 0" },
        { SweepKnob.DecayFraction, "0.5", "WSD: warm up 100 to 3e-3, hold 3e-3 for 400, linear decay 500 to 0" },
        { SweepKnob.DecayFraction, "0.9", "Linear: warm up 100 to 3e-3, linear decay 900 to 0" },
        { SweepKnob.DecayShape, "oneMinusSquareRoot", "WSD: warm up 100 to 3e-3, hold 3e-3 for 700, 1−√ decay 200 to 0" },
        { SweepKnob.PeakRate, "6e-3", "WSD: warm up 100 to 6e-3, hold 6e-3 for 700, linear decay 200 to 0" },
        { SweepKnob.Schedule, """{"phases":[{"kind":"constantRate","steps":10,"rate":0.1}]}""", "Constant: hold 0.1 for 10" },
    };

    [Theory]
    [MemberData(nameof(Turned))]
    public void Create_AScheduleKnob_TurnsItAlone(SweepKnob knob, string value, string expected)
    {
        // The stored form has a version; a test reads the schedule's own.
        var text = knob == SweepKnob.Schedule ? new ScheduleSpec(new ConstantRate(10, 0.1)).CanonicalJson : value;

        var spec = SweepPlan.Create(Design(knob, [text]), [1, 2, 3], RunId.New).Members[0].Spec;

        Assert.Equal(expected, spec.Schedule.Description);
        Assert.Equal(RunSpecJson.Hash(s_wsd with { Seed = 1 }), RunSpecJson.Hash(spec with { Schedule = s_wsd.Schedule }));
    }

    [Fact]
    public void Create_ModelKnobs_KeepTheVocabulary()
    {
        var design = new SweepDesign(s_wsd, [new(SweepKnob.Model, ["micro"]), new(SweepKnob.LayerCount, ["3"]), new(SweepKnob.BatchSize, ["4"])], 1, null);

        var spec = SweepPlan.Create(design, [5], RunId.New).Members[0].Spec;

        Assert.Equal((3, 128, 256, 4), (spec.Model.LayerCount, spec.Model.EmbeddingWidth, spec.Model.VocabularySize, spec.BatchSize));
    }

    public static TheoryData<SweepKnob, string[], int, string> Wrong => new()
    {
        { SweepKnob.PeakRate, [], 3, "knobs[0].values" },
        { SweepKnob.PeakRate, ["1e-3", "0.001"], 3, "knobs[0].values" },
        { SweepKnob.PeakRate, ["1e-3", "much"], 3, "knobs[0].values[1]" },
        { SweepKnob.PeakRate, ["1e-3", "0"], 3, "knobs[0].values[1]" },
        { SweepKnob.PeakRate, ["1e-3"], 21, "seedCount" },
        { SweepKnob.PeakRate, ["1e-3"], 0, "seedCount" },
        { SweepKnob.Beta1, ["0.9", "1"], 3, "knobs[0].values[1]" },
        { SweepKnob.WarmupSteps, ["100", "900"], 3, "knobs[0].values[1]" },
        { SweepKnob.DecayFraction, ["0.2", "1"], 3, "knobs[0].values[1]" },
        { SweepKnob.DecayShape, ["linear", "exponential"], 3, "knobs[0].values[1]" },
        { SweepKnob.DecayShape, ["1"], 3, "knobs[0].values[0]" },
        { SweepKnob.EmbeddingWidth, ["64", "63"], 3, "knobs[0].values[1]" },
        { SweepKnob.Model, ["huge"], 3, "knobs[0].values[0]" },
        { SweepKnob.BatchSize, ["8", "2.5"], 3, "knobs[0].values[1]" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_AMistake_IsNamedBesideItsField(SweepKnob knob, string[] values, int seeds, string path)
    {
        var design = Design(knob, values) with { SeedCount = seeds };

        Assert.Equal(path, Assert.Single(SweepPlan.Validate(design)).Path);
        Assert.Throws<ArgumentException>(() => SweepPlan.Create(design, [.. Enumerable.Range(0, Math.Max(0, seeds)).Select(seed => (long)seed)], RunId.New));
    }

    [Fact]
    public void Validate_TooManyRunsKnobsOrAnUnsoundRule_SaysSo()
    {
        string[] many = [.. Enumerable.Range(1, 20).Select(i => $"{i}")];
        var knob = new SweepAxis(SweepKnob.BatchSize, [.. many]);
        var other = knob with { Knob = SweepKnob.GradientAccumulationSteps };

        Assert.Empty(SweepPlan.Validate(new(s_wsd, [knob, other], 1, null)));
        Assert.Equal("knobs", Assert.Single(SweepPlan.Validate(new(s_wsd, [knob, other], 2, null))).Path);
        Assert.Equal("knobs", Assert.Single(SweepPlan.Validate(new(s_wsd, [knob, knob], 1, null))).Path);
        Assert.Equal("knobs", Assert.Single(SweepPlan.Validate(new(s_wsd, [], 1, null))).Path);
        Assert.Equal(["stop.rungs", "stop.spreads"], SweepPlan.Validate(new(s_wsd, [knob], 1, new([0.5, 0.25], 1))).Select(problem => problem.Path));
        Assert.Equal("stop.rungs", Assert.Single(SweepPlan.Validate(new(s_wsd with { ValidationIntervalSteps = 1_000 }, [knob], 1, SweepStopRule.Default))).Path);
    }

    [Fact]
    public void Steps_OfARule_AreValidationsAtOrAfterTheRungs() =>
        Assert.Equal([300L, 500], new SweepStopRule([0.25, 0.5, 0.95]).Steps(s_wsd with { ValidationIntervalSteps = 100 }));

    private static SweepDesign Design(SweepKnob knob, string[] values) => new(s_wsd, [new(knob, [.. values])], 3, null);
}
