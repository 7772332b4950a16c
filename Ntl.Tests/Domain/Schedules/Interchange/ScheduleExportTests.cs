using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules.Interchange;

/// <summary>Exported code is run, and gives Ntl's rate at every step to the last bit.</summary>
public class ScheduleExportTests
{
    private static readonly Dictionary<string, double> s_numbers = new(StringComparer.Ordinal) { ["lambda"] = 1e-3, ["class"] = 2.5, ["x"] = -0.75, ["E_1"] = 1e-7 };

    private static readonly Lazy<IReadOnlyList<ScheduleSpec>> s_schedules = new(() => [.. Drawn(), .. EveryKind(), .. Formulas(), .. Long(), .. Imported()]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_PyTorch_GivesOurRatesThroughLambdaLR() => await CheckPythonAsync(ExportFormat.PyTorch, "scheduler");

    [Fact]
    public async Task Write_HuggingFace_GivesOurRatesThroughTheTrainer() => await CheckPythonAsync(ExportFormat.HuggingFace, "trainer");

    [Fact]
    public async Task Write_Optax_GivesOurRates() => await CheckPythonAsync(ExportFormat.Optax, "optax");

    [Fact]
    public async Task Write_CSharp_CompilesAndGivesOurRates()
    {
        var schedules = s_schedules.Value.DistinctBy(schedule => schedule.Hash).ToList();

        var assembly = await ExportRunner.CompileAsync(schedules.Select(schedule => ScheduleExport.Write(schedule, ExportFormat.CSharp)).Select(file => (file.Name, file.Text)), Cancellation);

        foreach (var schedule in schedules)
        {
            var type = assembly.GetType($"NtlSchedules.Schedule_{schedule.Hash.Short}", throwOnError: true)!;
            var rate = type.GetMethod("LearningRate")!.CreateDelegate<Func<long, double>>();
            AssertSame(schedule, Steps(schedule), Steps(schedule).Select(rate));
            Assert.Equal(schedule.TotalSteps, type.GetField("TotalSteps")!.GetRawConstantValue());
            Assert.Equal(schedule.Final, rate(schedule.TotalSteps + 5));
            Assert.Throws<ArgumentOutOfRangeException>(() => rate(-1));
        }
    }

    [Theory]
    [InlineData(ExportFormat.PyTorch, "Base rate to 1.0")]
    [InlineData(ExportFormat.HuggingFace, "ScheduledTrainer")]
    [InlineData(ExportFormat.Optax, "pure_callback")]
    [InlineData(ExportFormat.CSharp, "Steps count from 0")]
    public void Write_Code_SaysWhatItIs(ExportFormat format, string words)
    {
        var schedule = StandardSchedules.Cosine(1000, 1e-3, 0, 100);

        var file = ScheduleExport.Write(schedule, format);

        Assert.Contains(schedule.Description, file.Text, StringComparison.Ordinal);
        Assert.Contains(schedule.Hash.Value, file.Text, StringComparison.Ordinal);
        Assert.Contains(words, file.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(schedule.Hash.Short, file.Name, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', file.Text);
    }

    [Fact]
    public void Write_Csv_HasEveryStepToTheBit()
    {
        var schedule = StandardSchedules.Cosine(1000, 1e-3, 0, 100);

        var rows = ScheduleExport.Write(schedule, ExportFormat.Csv).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("step,learning_rate", rows[0]);
        Assert.Equal(1001, rows.Length);
        Assert.All(rows.Skip(1).Index(), row => Assert.Equal((row.Index, schedule.LearningRate(row.Index)), (
            int.Parse(row.Item.Split(',')[0], CultureInfo.InvariantCulture), double.Parse(row.Item.Split(',')[1], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Write_CsvOfAThousandMillionSteps_HasThePointsThatDrawIt()
    {
        var schedule = StandardSchedules.Linear(1_000_000_000, 1e-3, 0, 1_000_000);

        var rows = ScheduleExport.Write(schedule, ExportFormat.Csv).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.InRange(rows.Length, 5000, 10_001);
        Assert.StartsWith("999999999,", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_IsTheCanonicalText()
    {
        var schedule = StandardSchedules.Cosine(1000, 1e-3, 0, 100);

        Assert.Equal(schedule.CanonicalJson, ScheduleExport.Write(schedule, ExportFormat.Json).Text);
    }

    [Fact]
    public void Write_Svg_IsADrawingOfIt()
    {
        var file = ScheduleExport.Write(new ScheduleSpec(new LinearRamp(10, 0, 1e-3), new ExpressionPhase(100, "lambda*(1-t)^class", s_numbers)), ExportFormat.Svg);

        var svg = XDocument.Parse(file.Text).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Contains("lambda*(1-t)^class", svg.Value, StringComparison.Ordinal);
        Assert.Equal("image/svg+xml", file.MediaType);
    }

    [Fact]
    public void Write_UnknownFormat_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleExport.Write(StandardSchedules.Constant(1, 1), (ExportFormat)99));

    private static async Task CheckPythonAsync(ExportFormat format, string way)
    {
        var schedules = s_schedules.Value.DistinctBy(schedule => schedule.Hash).ToList();
        var wishes = schedules.Select(schedule => (Schedule: schedule, File: ScheduleExport.Write(schedule, format), Steps: Steps(schedule))).Select(wish => (
            wish.Schedule,
            wish.Steps,
            Wish: wish.Steps.Count == wish.Schedule.TotalSteps
                ? (wish.File.Name, wish.File.Text, way, wish.Schedule.TotalSteps.ToString(CultureInfo.InvariantCulture))
                : (wish.File.Name, wish.File.Text, "function", string.Join(',', wish.Steps)))).ToList();

        var rates = await ExportRunner.RunPythonAsync(wishes.Select(wish => wish.Wish), Cancellation);

        Assert.Equal(wishes.Sum(wish => wish.Steps.Count), rates.Length);
        var at = 0;
        foreach (var (schedule, steps, _) in wishes)
        {
            AssertSame(schedule, steps, rates.Skip(at).Take(steps.Count));
            at += steps.Count;
        }
    }

    private static void AssertSame(ScheduleSpec schedule, IReadOnlyList<long> steps, IEnumerable<double> rates)
    {
        foreach (var (step, rate) in steps.Zip(rates))
        {
            if (BitConverter.DoubleToInt64Bits(schedule.LearningRate(step)) != BitConverter.DoubleToInt64Bits(rate))
            {
                Assert.Fail(FormattableString.Invariant($"{schedule.Description}: step {step} is {rate:R}, not {schedule.LearningRate(step):R}"));
            }
        }
    }

    // Every step of a short schedule; of a long one the steps about each boundary and a thousand between.
    private static IReadOnlyList<long> Steps(ScheduleSpec schedule) => schedule.TotalSteps <= 20_000
        ? [.. Enumerable.Range(0, (int)schedule.TotalSteps).Select(step => (long)step)]
        : [.. schedule.Phases.SelectMany(span => Enumerable.Range(0, 200).Select(i => span.FirstStep + (span.Phase.Steps - 1) * i / 199).Append(Math.Min(span.FirstStep + 1, span.LastStep))).Order().Distinct()];

    private static List<ScheduleSpec> Drawn()
    {
        var schedules = new List<ScheduleSpec>();
        Prop.ForAll(Arbitrary.Schedules, schedules.Add).Check(Properties.Seeded(40));
        return schedules;
    }

    private static IEnumerable<ScheduleSpec> EveryKind()
    {
        SchedulePhase[] phases =
        [
            new ConstantRate(100, 1.0 / 3), new LinearRamp(777, 1e-5, 1e-3), new LinearDecay(1001, 1e-3, 1e-5), new CosineDecay(3001, 1e-3, 1e-5), new OneMinusSquareRootDecay(1001, 1e-3, 1e-5),
            new ExponentialDecay(1001, 1e-3, 1e-5), new HyperbolicDecay(1001, 1e-3, 1e-5), new InverseSquareRootDecay(1001, 1e-3, 1e-5), new PolynomialDecay(1001, 1e-3, 1e-5, 1.7),
            new StepDecay(1001, 1e-3, 1e-5, 0.7, 13), new PiecewisePoints([new(0, 0.1), new(7, 0), new(300, 1.0 / 7), new(1000, 1e-9)]), new ExpressionPhase(1001, "lambda*(1-t)^class", s_numbers),
        ];
        yield return new(phases);
        yield return new(phases.Select(phase => phase.First(Math.Max(1, phase.Steps * 2 / 3))));
        foreach (var phase in phases)
        {
            yield return new ScheduleSpec(phase).First(phase.Steps / 2);
        }
    }

    // Formulas whose values pass through infinities, signed zeros and undefined places, and names that are words of Python and C#.
    private static IEnumerable<ScheduleSpec> Formulas() => new[]
    {
        "lambda*min(1,1/sqrt(k))", "min(1,-1/(0*-k))", "clamp(log(k),0,1)*lambda", "1/(1+exp(k*1000))", "min(1,max(0,(k-5)^-1))", "min(1,max(0,(-2)^(k*400+1)))", "abs(x)^class+x*x", "min(1,max(0,0^(k-3)))",
        "-x*floor(class*t)+floor(-0.5)+1", "lambda*exp(-class*t)*(1+sin(2*pi*t)/2)", "0.5+cos(k*k*k*k*k*1e6)/4", "(k+1)^(1/3)*E_1", "0-(-(t-1))*0+max(0,-(0-0))", "lambda*abs(cos(k))/(1+log(1+k))",
        "1-(1-(1-t)*(1-t))/class", "2^-k", "max(min(t,1-t),E_1)", "lambda/(class+k/n)-E_1*(t-(t-t/3))", "exp(-(k^2)^2)", "min(1,abs(0-1e308*10^k))",
    }.Select(formula => new ScheduleSpec(new ExpressionPhase(97, formula, s_numbers)));

    // What other libraries make of empty parts, and of ends between two updates.
    private static IEnumerable<ScheduleSpec> Imported() => new[]
    {
        """{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":15,"pct_start":0.3,"anneal_strategy":"linear"}""",
        """{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":40,"pct_start":0.31,"three_phase":true}""",
        """{"scheduler":"CyclicLR","steps":60,"base_lr":0.01,"max_lr":0.1,"step_size_up":7,"step_size_down":0,"mode":"triangular2"}""",
        """{"scheduler":"CyclicLR","steps":60,"base_lr":0.01,"max_lr":0.1,"step_size_up":2.5,"step_size_down":4.5}""",
        """{"scheduler":"SequentialLR","lr":0.1,"steps":30,"milestones":[0,9,9],"schedulers":[{"scheduler":"LinearLR"},{"scheduler":"ConstantLR"},{"scheduler":"LinearLR"},{"scheduler":"CosineAnnealingLR","T_max":7,"eta_min":0.01}]}""",
        """{"lr_scheduler_type":"cosine","learning_rate":1e-3,"num_warmup_steps":12.6,"num_training_steps":100}""",
        """{"lr_scheduler_type":"cosine_with_restarts","learning_rate":1e-3,"num_warmup_steps":12.6,"num_training_steps":100,"lr_scheduler_kwargs":{"num_cycles":3}}""",
        """{"lr_scheduler_type":"polynomial","learning_rate":1e-3,"num_warmup_steps":0.5,"num_training_steps":100,"lr_scheduler_kwargs":{"power":2.5}}""",
        """{"lr_scheduler_type":"inverse_sqrt","learning_rate":1e-3,"num_warmup_steps":12.6,"num_training_steps":100}""",
        """{"type":"cosine_onecycle_schedule","transition_steps":3,"peak_value":0.02,"pct_start":0.2,"steps":6}""",
        """{"type":"piecewise_interpolate_schedule","interpolate_type":"cosine","init_value":0.1,"boundaries_and_scales":{"0":0.5,"9":3.0},"steps":20}""",
    }.Select(text => ScheduleImport.Read(text).Schedule!);

    private static IEnumerable<ScheduleSpec> Long()
    {
        yield return new(
            new LinearRamp(1_000_000, 0, 1e-3), new StepDecay(299_000_000, 1e-3, 1e-6, 0.999_999, 7), new OneMinusSquareRootDecay(100_000_000, 5e-4, 0), new CosineDecay(100_000_000, 1e-3, 0),
            new LinearDecay(100_000_000, 1e-3, 1e-4), new ExponentialDecay(100_000_000, 1e-3, 1e-6), new HyperbolicDecay(100_000_000, 1e-3, 1e-12), new InverseSquareRootDecay(100_000_000, 1e-3, 1e-7),
            new PolynomialDecay(99_000_000, 1e-3, 0, 1.7), new ExpressionPhase(1_000_000, "lambda*(1-t)^class*(2+sin(k))", s_numbers));
        yield return StandardSchedules.Points(Enumerable.Range(0, PiecewisePoints.MaximumPoints).Select(i => new RatePoint(i * 90_001L, i * 7919 % 1000 / 999.0)));
        yield return new(Enumerable.Range(0, ScheduleSpec.MaximumPhases).Select(i => new ConstantRate(1000 + i, i / 7.0)));
    }
}
