using System.Globalization;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Composer;

namespace Ntl.Tests.Web.Components.Composer;

public sealed class DraftReaderTests
{
    private static readonly DatasetSpec[] s_datasets = [new() { Name = "sotu", Path = "builtin:sotu", Format = DatasetFormat.Text, Hash = new('a', 64) }];

    [Fact]
    public void Read_UntouchedDraft_IsARunThatCanBeQueued()
    {
        var reading = DraftReader.Read(new RunDraft(), s_datasets);

        Assert.Empty(reading.Problems);
        Assert.Equal(StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.OneMinusSquareRoot, 200, 0, 100), reading.Spec!.Schedule);
        Assert.Equal("WSD 3e-3 · nano", reading.Spec.Name);
        Assert.Empty(RunSpecValidator.Validate(reading.Spec));
    }

    [Fact]
    public void Read_SeveralMistakes_TellsThemAllBesideTheirFields()
    {
        var draft = new RunDraft
        {
            [DraftField.Peak] = "-1",
            [DraftField.Batch] = "0",
            [DraftField.Seed] = "many",
            [DraftField.Beta1] = "1",
            [DraftField.Dataset] = "gone",
            [DraftField.Device] = "tpu",
            [DraftField.ValidationFraction] = "0.9",
        };

        var reading = DraftReader.Read(draft, s_datasets);

        Assert.Null(reading.Spec);
        Assert.Equal(
            [DraftField.Batch, DraftField.Beta1, DraftField.Dataset, DraftField.Device, DraftField.Peak, DraftField.Seed, DraftField.ValidationFraction],
            reading.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Contains("'many'", reading.ProblemOf(DraftField.Seed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wsd", DraftField.DecaySteps, "950")]
    [InlineData("wsd", DraftField.Warmup, "1000")]
    [InlineData("cosine", DraftField.Final, "1")]
    [InlineData("exponential", DraftField.Final, "0")]
    [InlineData("step", DraftField.Factor, "2")]
    [InlineData("inverse-sqrt", DraftField.Timescale, "0")]
    [InlineData("polynomial", DraftField.Power, "-1")]
    [InlineData("points", DraftField.Points, "0 1e-3\n0 1e-3")]
    [InlineData("points", DraftField.Points, "zero one")]
    [InlineData("phases", DraftField.Phases, "{}")]
    public void Read_ScheduleThatCannotBe_BlamesTheFieldThatCanMendIt(string shape, string field, string text)
    {
        var reading = DraftReader.Read(new RunDraft { [DraftField.Shape] = shape, [field] = text }, s_datasets);

        Assert.Null(reading.Schedule);
        Assert.Equal([field], reading.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Read_EveryShapeAsItIsChosen_IsARunThatCanBeQueued() => Assert.All(ScheduleShape.All, shape =>
    {
        var reading = DraftReader.Read(new RunDraft { [DraftField.Shape] = shape.Id }, s_datasets);

        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Spec);
    });

    [Fact]
    public void Read_EveryDecayOfAStableSchedule_IsARunThatCanBeQueued() => Assert.All(Enum.GetNames<DecayShape>(), decay =>
        Assert.Empty(DraftReader.Read(new RunDraft { [DraftField.Decay] = decay }, s_datasets).Problems));

    [Theory]
    [InlineData("exponential", "2e-3", "2e-5")]
    [InlineData("hyperbolic", "1", "1e-2")]
    [InlineData("cosine", "2e-3", "0")]
    public void Final_Untouched_IsWhatTheShapeCanReach(string shape, string peak, string final)
    {
        var draft = new RunDraft { [DraftField.Shape] = shape, [DraftField.Peak] = peak };

        Assert.Equal(final, draft[DraftField.Final]);
    }

    [Fact]
    public void Final_Given_StaysWithAnotherPeak()
    {
        var draft = new RunDraft { [DraftField.Shape] = "exponential", [DraftField.Final] = "3e-5" };

        draft[DraftField.Peak] = "1";

        Assert.Equal("3e-5", draft[DraftField.Final]);
    }

    [Theory]
    [InlineData("-5", DraftField.Steps)]
    [InlineData("0", DraftField.Steps)]
    [InlineData("2e9", DraftField.Steps)]
    [InlineData("many", DraftField.Steps)]
    [InlineData("50", DraftField.Warmup)]
    public void Read_StepsThatCannotBe_BlamesTheStepsForEveryShape(string steps, string field) =>
        Assert.All(ScheduleShape.All.Where(shape => shape.Fields.Contains(DraftField.Steps)), shape =>
            Assert.Equal([field], DraftReader.Read(new RunDraft { [DraftField.Shape] = shape.Id, [DraftField.Steps] = steps }, s_datasets).Problems.Select(problem => problem.Field)));

    [Fact]
    public void Read_WarmupBelowZero_BlamesTheWarmup() =>
        Assert.Equal([DraftField.Warmup], DraftReader.Read(new RunDraft { [DraftField.Warmup] = "-5" }, s_datasets).Problems.Select(problem => problem.Field));

    [Fact]
    public void Read_WrongElsewhere_StillGivesTheSchedule()
    {
        var reading = DraftReader.Read(new RunDraft { [DraftField.Batch] = "x" }, s_datasets);

        Assert.Null(reading.Spec);
        Assert.Equal(1000, reading.Schedule!.TotalSteps);
    }

    [Fact]
    public void Read_PresetModel_HidesTheCustomFields()
    {
        var draft = new RunDraft { [DraftField.Layers] = "nonsense" };

        Assert.Empty(DraftReader.Read(draft, s_datasets).Problems);

        draft[DraftField.Model] = DraftReader.CustomModel;
        Assert.Equal([DraftField.Layers], DraftReader.Read(draft, s_datasets).Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void FieldsOf_ServersProblems_LandBesideTheirFields()
    {
        var fields = DraftReader.FieldsOf(new RunDraft(), [new("model.vocabularySize", "a"), new("dataset.hash", "b"), new("schedule.phases[1].steps", "c"), new("", "d")]);

        Assert.Equal([DraftField.Model, DraftField.Dataset, DraftField.Shape, ""], fields.Select(problem => problem.Field));
    }

    public static TheoryData<string> Shapes { get; } = [.. ScheduleShape.All.Select(shape => shape.Id).Where(id => id != ScheduleShape.Phases)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Write_AnyShape_ReadsAsTheSameRun(string shape)
    {
        var draft = new RunDraft
        {
            [DraftField.Shape] = shape,
            [DraftField.Final] = "1e-4",
            [DraftField.Clip] = "",
            [DraftField.Optimizer] = "lion",
            [DraftField.Name] = "a & b = c",
        };
        var spec = DraftReader.Read(draft, s_datasets).Spec!;

        var clone = DraftReader.Read(DraftWriter.Write(spec), s_datasets).Spec;

        Assert.Equal(spec, clone);
    }

    [Theory]
    [InlineData(120, 20)]
    [InlineData(1_000, 67)]
    [InlineData(12_345, 820)]
    [InlineData(1_000_000, 2_000)]
    public void Read_ColdHorizonNotTyped_IsAFifteenthOfTheRunToTwoDigits(long steps, double horizon)
    {
        var draft = new RunDraft { [DraftField.Shape] = "constant", [DraftField.Steps] = steps.ToString(CultureInfo.InvariantCulture) };

        Assert.Equal(new ProbeSpec { ColdHorizonSteps = horizon, CurvatureIntervalSteps = 400, ConductionIntervalSteps = 400 }, DraftReader.Read(draft, s_datasets).Spec!.Probes);
    }

    [Fact]
    public void Read_ProbesOff_MeasuresNothingWhateverTheFieldsSay()
    {
        var draft = new RunDraft { [DraftField.Probes] = "no", [DraftField.NoiseEvery] = "often" };

        var reading = DraftReader.Read(draft, s_datasets);

        Assert.Empty(reading.Problems);
        Assert.Null(reading.Spec!.Probes);
    }

    [Fact]
    public void Read_ProbesThatCannotBe_AreToldBesideTheirFields()
    {
        var draft = new RunDraft
        {
            [DraftField.NoiseEvery] = "0",
            [DraftField.ColdHorizon] = " OFF ",
            [DraftField.CurvatureEvery] = "sometimes",
            [DraftField.ConductionEvery] = "1.5",
            [DraftField.KeepEvery] = "none",
        };

        var reading = DraftReader.Read(draft, s_datasets);

        // The force along the river needs the cold weights that are off.
        Assert.Equal(
            [DraftField.ConductionEvery, DraftField.CurvatureEvery, DraftField.KeepEvery, DraftField.NoiseEvery, DraftField.RiverWindow],
            reading.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Contains("'off'", reading.ProblemOf(DraftField.CurvatureEvery), StringComparison.Ordinal);
    }

    public static TheoryData<ProbeSpec?> Probes { get; } =
    [
        new TheoryDataRow<ProbeSpec?>(null),
        new ProbeSpec { ColdHorizonSteps = 67 },
        new ProbeSpec { NoiseIntervalSteps = 3, ColdHorizonSteps = 12.5, CurvatureIntervalSteps = 77, SpectrumAtPhaseEnds = false, ConductionIntervalSteps = 5, RiverWindowSteps = 2 },
        new ProbeSpec { NoiseIntervalSteps = null, ColdHorizonSteps = null, CurvatureIntervalSteps = null, SpectrumAtPhaseEnds = false, ConductionIntervalSteps = null, RiverWindowSteps = null },
    ];

    [Theory]
    [MemberData(nameof(Probes))]
    public void Write_AnyProbes_ReadAsTheSameByTheUrlToo(ProbeSpec? probes)
    {
        var spec = DraftReader.Read(new RunDraft(), s_datasets).Spec! with { Probes = probes, KeptCheckpointIntervalSteps = probes is null ? null : 500 };

        var query = DraftWriter.Write(spec).ToQuery().Select(pair => KeyValuePair.Create(pair.Key, (string)pair.Value!));

        Assert.Equal(spec, DraftReader.Read(RunDraft.FromQuery(query), s_datasets).Spec);
    }

    [Fact]
    public void Write_PhasesOfNoShape_KeepsThemAsJson()
    {
        var schedule = new ScheduleSpec(new LinearRamp(10, 0, 1e-3), new ConstantRate(5, 1e-3), new CosineDecay(5, 1e-3, 5e-4), new ConstantRate(5, 5e-4));
        var spec = DraftReader.Read(new RunDraft(), s_datasets).Spec! with { Schedule = schedule };

        var draft = DraftWriter.Write(spec);

        Assert.Equal(ScheduleShape.Phases, draft[DraftField.Shape]);
        Assert.Equal(schedule, DraftReader.Read(draft, s_datasets).Schedule);
    }
}
