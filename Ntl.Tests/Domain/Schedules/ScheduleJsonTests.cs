using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Schedules;

public class ScheduleJsonTests
{
    /// <summary>The stored form of each kind, version 1. A stored format is a promise: these texts and hashes never change.</summary>
    public static TheoryData<SchedulePhase, string, string> Stored => new()
    {
        { new ConstantRate(10, 0.003), """{"kind":"constantRate","steps":10,"rate":0.003}""", "0bdaaee62e77" },
        { new LinearRamp(100, 0, 3e-4), """{"kind":"linearRamp","steps":100,"startRate":0,"endRate":0.0003}""", "5967a9165330" },
        { new LinearDecay(100, 3e-4, 0), """{"kind":"linearDecay","steps":100,"startRate":0.0003,"endRate":0}""", "7c48cc0bf444" },
        { new CosineDecay(1_000_000_000, 1, 1e-5), """{"kind":"cosineDecay","steps":1000000000,"startRate":1,"endRate":1E-05}""", "b95f5219092b" },
        { new OneMinusSquareRootDecay(7, 0.1, 0), """{"kind":"oneMinusSquareRootDecay","steps":7,"startRate":0.1,"endRate":0}""", "6281f19508d2" },
        { new ExponentialDecay(7, 0.1, 0.01), """{"kind":"exponentialDecay","steps":7,"startRate":0.1,"endRate":0.01}""", "d8e804104da6" },
        { new HyperbolicDecay(7, 1.0 / 3, 0.01), """{"kind":"hyperbolicDecay","steps":7,"startRate":0.3333333333333333,"endRate":0.01}""", "04ac141e957b" },
        { new InverseSquareRootDecay(7, 0.1, 0.01), """{"kind":"inverseSquareRootDecay","steps":7,"startRate":0.1,"endRate":0.01}""", "2151185aa3e3" },
        { new PolynomialDecay(7, 0.1, 0, 1.5), """{"kind":"polynomialDecay","steps":7,"startRate":0.1,"endRate":0,"power":1.5}""", "1254b23f188f" },
        { new StepDecay(7, 0.1, 0.001, 0.5, 3), """{"kind":"stepDecay","steps":7,"startRate":0.1,"floorRate":0.001,"factor":0.5,"everySteps":3}""", "61f2f12ec011" },
        { new PiecewisePoints([new(0, 0.1), new(9, 0)]), """{"kind":"piecewisePoints","points":[{"step":0,"rate":0.1},{"step":9,"rate":0}]}""", "46d4a03f46fc" },
        { new ExpressionPhase(7, "peak * (1 - t)**1.50 + 1e-5", new Dictionary<string, double> { ["peak"] = 0.1, ["unused"] = 1 }), """{"kind":"expression","steps":7,"formula":"peak*(1-t)^1.5+1e-05","constants":{"peak":0.1}}""", "c1959beb445f" },
        { new FirstSteps(3, new LinearDecay(7, 0.1, 0)), """{"kind":"firstSteps","steps":3,"of":{"kind":"linearDecay","steps":7,"startRate":0.1,"endRate":0}}""", "f7d70873f97b" },
    };

    [Theory]
    [MemberData(nameof(Stored))]
    public void CanonicalJson_EachKind_IsTheStoredText(SchedulePhase phase, string stored, string hash)
    {
        var schedule = new ScheduleSpec(phase);
        var json = $$"""{"version":1,"phases":[{{stored}}]}""";

        Assert.Equal(json, schedule.CanonicalJson);
        Assert.Equal(hash, schedule.Hash.Short);
        Assert.Equal(phase, Assert.Single(ScheduleSpec.Parse(json).Phases).Phase);
    }

    [Fact]
    public void CanonicalJson_NegativeZero_IsZero()
    {
        Assert.Equal(new ScheduleSpec(new ConstantRate(1, 0)).Hash, new ScheduleSpec(new ConstantRate(1, -0.0)).Hash);
    }

    [Fact]
    public void TryParse_OtherOrderAndWhiteSpace_IsTheSameSchedule()
    {
        var schedule = ScheduleSpec.Parse("""{ "phases": [ { "rate": 3.0e-3, "kind": "constantRate", "steps": 10 } ], "version": 1 }""");

        Assert.Equal("""{"version":1,"phases":[{"kind":"constantRate","steps":10,"rate":0.003}]}""", schedule.CanonicalJson);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    [InlineData("3", "")]
    [InlineData("{}", "version, phases")]
    [InlineData("""{"version":2,"phases":[{"kind":"constantRate","steps":1,"rate":1}]}""", "version")]
    [InlineData("""{"version":1,"phases":[]}""", "phases")]
    [InlineData("""{"version":1,"phases":{}}""", "phases")]
    [InlineData("""{"version":1,"phases":[3]}""", "phases[0]")]
    [InlineData("""{"version":1,"phases":[{}]}""", "phases[0].kind")]
    [InlineData("""{"version":1,"phases":[{"kind":"cosine"}]}""", "phases[0].kind")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate"}]}""", "phases[0].steps, phases[0].rate")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":1,"rate":1,"rat":2}],"name":"x"}""", "phases[0].rat, name")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":1,"rate":1,"rate":2}]}""", "phases[0].rate")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":1.5,"rate":"1"}]}""", "phases[0].steps, phases[0].rate")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":99999999999999999999,"rate":1e999}]}""", "phases[0].steps, phases[0].rate")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":0,"rate":-1}]}""", "phases[0].steps, phases[0].rate")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":null,"rate":true}]}""", "phases[0].steps, phases[0].rate")]
    [InlineData("""{"version":1,"phases":[{"kind":"linearRamp","steps":1000000001,"startRate":2,"endRate":1}]}""", "phases[0].steps, phases[0].endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"linearDecay","steps":5,"startRate":1,"endRate":2}]}""", "phases[0].endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"linearDecay","steps":5,"startRate":1e7,"endRate":1e-31}]}""", "phases[0].startRate, phases[0].endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"hyperbolicDecay","steps":5,"startRate":1,"endRate":0}]}""", "phases[0].endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"exponentialDecay","steps":5,"startRate":1,"endRate":0}]}""", "phases[0].endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"inverseSquareRootDecay","steps":5,"startRate":1,"endRate":0}]}""", "phases[0].endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"polynomialDecay","steps":5,"startRate":1,"endRate":0,"power":0}]}""", "phases[0].power")]
    [InlineData("""{"version":1,"phases":[{"kind":"stepDecay","steps":5,"startRate":1,"floorRate":2,"factor":1.1,"everySteps":0}]}""", "phases[0].everySteps, phases[0].floorRate, phases[0].factor")]
    [InlineData("""{"version":1,"phases":[{"kind":"piecewisePoints","points":[]}]}""", "phases[0].points")]
    [InlineData("""{"version":1,"phases":[{"kind":"piecewisePoints","points":[{"step":1,"rate":1},{"step":1,"rate":-1}]}]}""", "phases[0].points[0].step, phases[0].points[1].rate, phases[0].points[1].step")]
    [InlineData("""{"version":1,"phases":[{"kind":"piecewisePoints","points":[{"step":0,"rate":1},{"step":2000000000,"rate":1}]}]}""", "phases[0].points[1].step")]
    [InlineData("""{"version":1,"phases":[{"kind":"firstSteps","steps":2}]}""", "phases[0].of")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":2}]}""", "phases[0].formula, phases[0].constants")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":2,"formula":3,"constants":{"a":"1","b":1,"b":2}}]}""", "phases[0].constants.b")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":2,"formula":3,"constants":{"a":"1","b":true}}]}""", "phases[0].formula, phases[0].constants.a, phases[0].constants.b")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":1000001,"formula":"a*(","constants":{"t":1,"é":1}}]}""", "phases[0].steps, phases[0].formula, phases[0].constants.t, phases[0].constants")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":10,"formula":"a*t","constants":{}}]}""", "phases[0].formula")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":10,"formula":"0.5-t","constants":{}}]}""", "phases[0].formula")]
    [InlineData("""{"version":1,"phases":[{"kind":"expression","steps":600000,"formula":"t","constants":{}},{"kind":"firstSteps","steps":1,"of":{"kind":"expression","steps":600000,"formula":"t","constants":{}}}]}""", "phases")]
    [InlineData("""{"version":1,"phases":[{"kind":"firstSteps","steps":2,"of":3}]}""", "phases[0].of")]
    [InlineData("""{"version":1,"phases":[{"kind":"firstSteps","steps":2,"of":{"kind":"linearDecay","steps":2,"startRate":1,"endRate":0}}]}""", "phases[0].steps")]
    [InlineData("""{"version":1,"phases":[{"kind":"firstSteps","steps":2,"of":{"kind":"linearDecay","steps":5,"startRate":1,"endRate":2,"x":1}}]}""", "phases[0].of.x")]
    [InlineData("""{"version":1,"phases":[{"kind":"firstSteps","steps":0,"of":{"kind":"linearDecay","steps":5,"startRate":1,"endRate":2}}]}""", "phases[0].steps, phases[0].of.endRate")]
    [InlineData("""{"version":1,"phases":[{"kind":"firstSteps","steps":1,"of":{"kind":"firstSteps","steps":2,"of":{"kind":"linearDecay","steps":5,"startRate":1,"endRate":0}}}]}""", "phases[0].of")]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":600000000,"rate":1},{"kind":"constantRate","steps":600000000,"rate":1}]}""", "phases")]
    public void TryParse_BrokenText_NamesEveryFieldThatIsWrong(string json, string paths)
    {
        Assert.False(ScheduleSpec.TryParse(json, out var schedule, out var problems));

        Assert.Null(schedule);
        Assert.Equal(paths, string.Join(", ", problems.Select(problem => problem.Path)));
        Assert.All(problems, problem => Assert.NotEmpty(problem.Message));
    }

    [Fact]
    public void TryParse_ManyPhasesAndPoints_AreLimited()
    {
        var phase = """{"kind":"constantRate","steps":1,"rate":1}""";
        var point = Enumerable.Range(0, PiecewisePoints.MaximumPoints + 1).Select(i => $$"""{"step":{{i}},"rate":1}""");

        Assert.True(ScheduleSpec.TryParse(Document(Enumerable.Repeat(phase, 1000)), out _, out _));
        Assert.False(ScheduleSpec.TryParse(Document(Enumerable.Repeat(phase, 1001)), out _, out var phases));
        Assert.False(ScheduleSpec.TryParse(Document([$$"""{"kind":"piecewisePoints","points":[{{string.Join(',', point)}}]}"""]), out _, out var points));
        Assert.Equal("phases", Assert.Single(phases).Path);
        Assert.Equal("phases[0].points", points[0].Path);

        static string Document(IEnumerable<string> phases) => $$"""{"version":1,"phases":[{{string.Join(',', phases)}}]}""";
    }

    [Fact]
    public void Read_InALargerDocument_PutsItsPathBefore()
    {
        using var document = JsonDocument.Parse("""{"schedule":{"version":1,"phases":[{"kind":"constantRate","steps":0,"rate":1}]}}""");
        var problems = new List<SpecProblem>();

        Assert.Null(ScheduleJson.Read(document.RootElement.GetProperty("schedule"), "schedule", problems));

        Assert.Equal("schedule.phases[0].steps", Assert.Single(problems).Path);
    }

    [Fact]
    public void Converter_ScheduleInARecord_IsItsCanonicalForm()
    {
        var holder = new Holder(StandardSchedules.Cosine(100, 1e-3, 0, 10));

        var json = JsonSerializer.Serialize(holder);

        Assert.Equal($$"""{"Schedule":{{holder.Schedule.CanonicalJson}}}""", json);
        Assert.Equal(holder, JsonSerializer.Deserialize<Holder>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Holder>("""{"Schedule":{"version":1}}"""));
    }

    [Fact]
    public void Converter_FormulaInARecord_IsItsCanonicalForm()
    {
        var holder = new Holder(new ScheduleSpec(new ExpressionPhase(10, "k+1")));

        Assert.Equal($$"""{"Schedule":{{holder.Schedule.CanonicalJson}}}""", JsonSerializer.Serialize(holder));
    }

    private sealed record Holder(ScheduleSpec Schedule);
}
