using System.Globalization;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules.Interchange;

/// <summary>Public reports on schedules of other libraries: what each library does at empty phases, beyond its end and with a state.</summary>
public class ImportCasesTests
{
    // Of the peak.
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("B01_sequential_milestone0.json", "B01.csv")]
    [InlineData("B03c_onecycle_fractional_peak.json", "B03c.csv")]
    [InlineData("B06d_hf_v5_12_6.json", "B06d.csv")]
    [InlineData("B12_optax_cosine_onecycle_short.json", "B12.csv")]
    public void Read_SharedCase_HasTheExpectedRates(string input, string expected)
    {
        var rates = File.ReadLines(SharedData.FindCase($"expected/{expected}")).Skip(1).Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)).ToList();

        var outcome = ScheduleImport.Read(File.ReadAllText(SharedData.FindCase($"inputs/{input}")));

        Assert.Empty(outcome.Problems);
        AssertRates(rates, outcome.Schedule!);
    }

    [Theory]
    [InlineData("B03a_onecycle_zero_phase.json", "pct_start")]
    [InlineData("B03b_onecycle_one_step.json", "pct_start")]
    [InlineData("B03d_onecycle_one_step_too_many.json", "total_steps")]
    [InlineData("B05_cosine_state_dict.json", "last_epoch")]
    public void Read_SharedCase_IsRefusedByName(string input, string field)
    {
        var outcome = ScheduleImport.Read(File.ReadAllText(SharedData.FindCase($"inputs/{input}")));

        Assert.Equal([field], outcome.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Read_SharedCaseWithDecimalCommas_HasItsRates()
    {
        var schedule = ScheduleImport.Read(File.ReadAllText(SharedData.FindCase("inputs/B19b_schedule_decimal_comma.csv"))).Schedule!;

        Assert.Equal([0, 1.5e-4, 3e-4, 3e-5], new long[] { 0, 50, 100, 1000 }.Select(schedule.LearningRate), (a, b) => Math.Abs(a - b) < 1e-16);
    }

    // The rates are those of PyTorch 1.13; a milestone of 0 is as in versions with the fix of issue 185872.
    [Theory]
    [InlineData("""{"scheduler":"SequentialLR","steps":3,"milestones":[0],"schedulers":[{"scheduler":"LinearLR","start_factor":0.01},{"scheduler":"ExponentialLR","gamma":0.5}]}""", 0.1, 0.05, 0.025)]
    [InlineData("""{"scheduler":"SequentialLR","steps":3,"milestones":[0,0],"schedulers":[{"scheduler":"LinearLR"},{"scheduler":"ConstantLR"},{"scheduler":"ExponentialLR","gamma":0.5}]}""", 0.1, 0.05, 0.025)]
    [InlineData("""{"scheduler":"SequentialLR","steps":4,"milestones":[2,2],"schedulers":[{"scheduler":"ExponentialLR","gamma":0.5},{"scheduler":"LinearLR"},{"scheduler":"CosineAnnealingLR","T_max":4}]}""", 0.1, 0.05, 0.1, 0.08535533905932738)]
    [InlineData("""{"scheduler":"SequentialLR","steps":4,"milestones":[2],"schedulers":[{"scheduler":"ExponentialLR","gamma":0.5},{"scheduler":"ConstantLR","factor":0.5,"total_iters":0}]}""", 0.1, 0.05, 0.1, 0.1)]
    [InlineData("""{"scheduler":"SequentialLR","steps":2,"milestones":[2],"schedulers":[{"scheduler":"ExponentialLR","gamma":0.5},{"scheduler":"CosineAnnealingLR","T_max":0}]}""", 0.1, 0.05)]
    [InlineData("""{"scheduler":"ConstantLR","steps":3,"factor":0.5,"total_iters":0}""", 0.05, 0.05, 0.05)]
    [InlineData("""{"scheduler":"LinearLR","steps":3,"start_factor":0.5,"total_iters":0}""", 0.05, 0.05, 0.05)]
    [InlineData("""{"scheduler":"PolynomialLR","steps":3,"total_iters":0}""", 0.1, 0.1, 0.1)]
    [InlineData("""{"scheduler":"MultiStepLR","steps":4,"milestones":[0,0,3,3],"gamma":0.5}""", 0.025, 0.025, 0.025, 0.00625)]
    [InlineData("""{"scheduler":"MultiStepLR","steps":3,"milestones":{"1":2},"gamma":0.5}""", 0.1, 0.025, 0.025)]
    [InlineData("""{"scheduler":"CyclicLR","steps":6,"base_lr":0.01,"max_lr":0.1,"step_size_up":3,"step_size_down":0}""", 0.01, 0.04, 0.07, 0.01, 0.04, 0.07)]
    [InlineData("""{"scheduler":"CyclicLR","steps":6,"base_lr":0.01,"max_lr":0.1,"step_size_up":2.5}""", 0.01, 0.046, 0.082, 0.082, 0.046, 0.01)]
    [InlineData("""{"scheduler":"CosineAnnealingLR","steps":5,"T_max":2}""", 0.1, 0.05, 0.0, 0.05, 0.1)]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":5,"pct_start":0.0}""", 0.0904508879153485, 0.0654509879153485, 0.03454941208465151, 0.009549512084651508, 4e-7)]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":1}""", 4e-7)]
    public void Read_PyTorchAtItsEdges_HasPyTorchsRates(string text, params double[] rates)
    {
        var outcome = ScheduleImport.Read(text.Insert(1, "\"lr\":0.1,"));

        Assert.Empty(outcome.Problems);
        AssertRates(rates, outcome.Schedule!);
    }

    // optax 0.2.8's own functions on double precision.
    [Theory]
    [InlineData("""{"type":"cosine_onecycle_schedule","transition_steps":3,"peak_value":0.02,"pct_start":0.2,"div_factor":100,"final_div_factor":1000,"steps":5}""", 0.02, 0.01500005, 0.00500015, 2e-7, 2e-7)]
    [InlineData("""{"type":"linear_onecycle_schedule","transition_steps":1,"peak_value":0.1,"steps":2}""", 1.6e-4, 1.6e-8)]
    [InlineData("""{"type":"piecewise_interpolate_schedule","interpolate_type":"linear","init_value":0.1,"boundaries_and_scales":{"0":0.5,"2":0.5},"steps":3}""", 0.05, 0.0375, 0.025)]
    [InlineData("""{"type":"piecewise_constant_schedule","init_value":0.1,"boundaries_and_scales":{"0":0.5},"steps":2}""", 0.05, 0.05)]
    [InlineData("""{"type":"warmup_constant_schedule","init_value":0.01,"peak_value":0.1,"warmup_steps":0,"steps":2}""", 0.01, 0.01)]
    [InlineData("""{"type":"warmup_cosine_decay_schedule","init_value":0.01,"peak_value":0.1,"warmup_steps":0,"decay_steps":2,"steps":3}""", 0.1, 0.05, 0.0)]
    [InlineData("""{"type":"linear_schedule","init_value":0.01,"end_value":0.1,"transition_steps":0,"steps":2}""", 0.01, 0.01)]
    [InlineData("""{"type":"polynomial_schedule","init_value":0.1,"end_value":0.01,"power":0,"transition_steps":1,"steps":3}""", 0.1, 0.1, 0.1)]
    [InlineData("""{"type":"exponential_decay","init_value":0.3,"transition_steps":1,"decay_rate":1,"staircase":true,"end_value":0.2,"steps":2}""", 0.2, 0.2)]
    [InlineData("""{"schedules":[{"type":"constant_schedule","value":0.1},{"type":"constant_schedule","value":0.2},{"type":"constant_schedule","value":0.3}],"boundaries":[1,1],"steps":2}""", 0.1, 0.3)]
    [InlineData("""{"schedules":[{"type":"constant_schedule","value":0.1},{"type":"constant_schedule","value":0.2}],"boundaries":[0],"steps":2}""", 0.2, 0.2)]
    public void Read_OptaxAtItsEdges_HasOptaxsRates(string text, params double[] rates)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Empty(outcome.Problems);
        AssertRates(rates, outcome.Schedule!);
    }

    // transformers: TrainingArguments cuts or rounds up, its functions take a fraction as it is.
    [Theory]
    [InlineData("""{"lr_scheduler_type":"linear","learning_rate":0.1,"warmup_steps":2.9,"max_steps":4}""", "is cut to 2", 0.0, 0.05, 0.1, 0.05)]
    [InlineData("""{"lr_scheduler_type":"linear","learning_rate":0.1,"warmup_steps":0.3,"max_steps":4}""", "2 of 4 steps, rounded up", 0.0, 0.05, 0.1, 0.05)]
    [InlineData("""{"lr_scheduler_type":"linear","learning_rate":0.1,"num_warmup_steps":1.5,"num_training_steps":4}""", "do not round it", 0.0, 0.06666666666666667, 0.08, 0.04)]
    [InlineData("""{"lr_scheduler_type":"linear","learning_rate":0.1,"num_warmup_steps":0.5,"num_training_steps":3}""", "do not round it", 0.0, 0.08, 0.04)]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":0.1,"num_warmup_steps":1.5,"num_training_steps":4}""", "do not round it", 0.0, 0.06666666666666667, 0.09045084971874738, 0.034549150281252633)]
    [InlineData("""{"lr_scheduler_type":"polynomial","learning_rate":0.1,"num_warmup_steps":1.5,"num_training_steps":4,"lr_scheduler_kwargs":{"lr_end":0,"power":2}}""", "do not round it", 0.0, 0.06666666666666667, 0.064, 0.016)]
    [InlineData("""{"lr_scheduler_type":"inverse_sqrt","learning_rate":0.1,"num_warmup_steps":1.5,"num_training_steps":4,"lr_scheduler_kwargs":{"timescale":0.5}}""", "do not round it", 0.0, 0.06666666666666667, 0.07071067811865475, 0.05)]
    [InlineData("""{"lr_scheduler_type":"warmup_stable_decay","learning_rate":0.1,"warmup_steps":0,"max_steps":2,"lr_scheduler_kwargs":{"num_decay_steps":0,"num_stable_steps":1,"min_lr_ratio":0.5}}""", "Hugging Face", 0.1, 0.05)]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":0.1,"warmup_steps":3,"max_steps":2}""", "Hugging Face", 0.0, 0.033333333333333333)]
    public void Read_HuggingFacesRounding_IsItsOwn(string text, string note, params double[] rates)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Empty(outcome.Problems);
        AssertRates(rates, outcome.Schedule!);
        Assert.Contains(outcome.Notes, line => line.Contains(note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":2,"pct_start":0.5}""", "pct_start")]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":4,"pct_start":0.25,"three_phase":true}""", "pct_start")]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":15,"steps":16}""", "total_steps")]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":15,"div_factor":0}""", "div_factor")]
    [InlineData("""{"scheduler":"OneCycleLR","max_lr":0.1,"total_steps":15,"anneal_strategy":"sine"}""", "anneal_strategy")]
    [InlineData("""{"scheduler":"OneCycleLR","total_steps":15}""", "max_lr")]
    [InlineData("""{"scheduler":"LinearLR","lr":0.1,"steps":5,"start_factor":0}""", "start_factor")]
    [InlineData("""{"scheduler":"ConstantLR","lr":0.1,"steps":5,"factor":0,"total_iters":2}""", "factor")]
    [InlineData("""{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":5,"T_max":0}""", "T_max")]
    [InlineData("""{"scheduler":"CyclicLR","steps":5,"base_lr":0.01,"max_lr":0.1,"step_size_up":0}""", "step_size_up")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":5,"milestones":[2],"schedulers":[{"scheduler":"ConstantLR"},{"scheduler":"LinearLR","total_iters":0}]}""", "schedulers[1].total_iters")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":5,"milestones":[-1],"schedulers":[{"scheduler":"ConstantLR"},{"scheduler":"ConstantLR"}]}""", "milestones")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":5,"milestones":[3,2],"schedulers":[{"scheduler":"ConstantLR"},{"scheduler":"ConstantLR"},{"scheduler":"ConstantLR"}]}""", "milestones")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":5,"milestones":[2],"schedulers":[{"scheduler":"ConstantLR"},{"scheduler":"ConstantLR","last_epoch":7}]}""", "schedulers[1].last_epoch")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":5,"_milestones":[2],"_schedulers":[{"scheduler":"ConstantLR","_step_count":4},{"scheduler":"ConstantLR"}]}""", "_schedulers[0]._step_count")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":5,"last_epoch":3,"milestones":[2],"schedulers":[{"scheduler":"ConstantLR"},{"scheduler":"ConstantLR"}]}""", "last_epoch")]
    [InlineData("""{"scheduler":"StepLR","lr":0.1,"steps":5,"step_size":2,"last_epoch":500}""", "last_epoch")]
    [InlineData("""{"scheduler":"StepLR","lr":0.1,"steps":5,"params":{"step_size":2,"last_epoch":500}}""", "params.last_epoch")]
    [InlineData("""{"scheduler":"StepLR","lr":0.1,"steps":5,"step_size":2,"_step_count":501}""", "_step_count")]
    [InlineData("""{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":5,"T_max":5,"_last_lr":[0.05]}""", "_last_lr")]
    [InlineData("""{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":5,"T_max":5,"base_lrs":[0.2]}""", "base_lrs")]
    [InlineData("""{"scheduler":"CosineAnnealingLR","steps":5,"T_max":5,"base_lrs":[0.1,0.2]}""", "base_lrs")]
    [InlineData("""{"T_max":1000,"base_lrs":[0.1],"last_epoch":0,"_step_count":1}""", "scheduler")]
    [InlineData("""{"T_max":1000,"base_lrs":[0.1],"last_epoch":20}""", "last_epoch")]
    [InlineData("""{"global_step":500,"max_steps":1000,"log_history":[]}""", "global_step")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":0.1,"max_steps":1000,"last_epoch":500}""", "last_epoch")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":0.1,"max_steps":1000,"num_training_steps":900}""", "num_training_steps")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":0.1,"max_steps":1000,"warmup_steps":10,"warmup_ratio":0.1}""", "warmup_ratio")]
    [InlineData("""{"lr_scheduler_type":"warmup_stable_decay","learning_rate":0.1,"num_training_steps":10,"num_warmup_steps":1.5,"lr_scheduler_kwargs":{"num_decay_steps":2}}""", "num_warmup_steps")]
    [InlineData("""{"type":"cosine_onecycle_schedule","transition_steps":3,"peak_value":0.02,"pct_start":1.2}""", "pct_start")]
    [InlineData("""{"type":"linear_onecycle_schedule","transition_steps":3,"peak_value":0.02,"final_div_factor":-1}""", "final_div_factor")]
    [InlineData("""{"type":"cosine_decay_schedule","init_value":-0.1,"decay_steps":3}""", "init_value")]
    [InlineData("""{"type":"cosine_decay_schedule","init_value":0.1,"decay_steps":3,"exponent":-1}""", "exponent")]
    [InlineData("""{"type":"piecewise_constant_schedule","init_value":0.1,"boundaries_and_scales":{"1":-1},"steps":3}""", "boundaries_and_scales")]
    [InlineData("""{"type":"cosine_decay_schedule","init_value":0.1,"decay_steps":3,"alpha":-1}""", "type")]
    public void Read_WhatItsSourceRefusesOrRunsPast_NamesTheField(string text, string field)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Null(outcome.Schedule);
        Assert.Contains(field, outcome.Problems.Select(problem => problem.Path));
        Assert.DoesNotContain(outcome.Problems, problem => problem.Message.Contains("no such parameter", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_StateOfANewScheduler_IsTheWholeSchedule()
    {
        const string State = """{"scheduler":"CosineAnnealingLR","T_max":100,"eta_min":0,"base_lrs":[0.1],"last_epoch":0,"_step_count":1,"_last_lr":[0.1],"_get_lr_called_within_step":false,"verbose":false}""";

        var outcome = ScheduleImport.Read(State);

        Assert.Equal([new CosineDecay(100, 0.1, 0)], outcome.Schedule!.Phases.Select(span => span.Phase));
        Assert.Contains(outcome.Notes, note => note.Contains("own length of 100", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_PythonDictOfAState_IsReadAsItsJson()
    {
        var outcome = ScheduleImport.Read("{'scheduler': 'MultiStepLR', 'milestones': Counter({30: 1, 80: 2}), 'gamma': 0.1, 'base_lrs': [0.1], 'last_epoch': 0, 'verbose': False, 'steps': 100}");

        AssertRates([0.1, 0.01, 1e-4], outcome.Schedule!, 29, 30, 80);
    }

    [Fact]
    public void Read_ScheduleThatGivesNoNumber_SaysAtWhichUpdate()
    {
        var outcome = ScheduleImport.Read("""{"type":"cosine_decay_schedule","init_value":0.1,"decay_steps":3,"alpha":-1}""");

        Assert.Contains("at update 2", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal);
    }

    private static void AssertRates(IReadOnlyList<double> rates, ScheduleSpec schedule, params long[] steps)
    {
        Assert.Equal(steps.Length == 0 ? rates.Count : steps.Length, rates.Count);
        if (steps.Length == 0)
        {
            Assert.Equal(rates.Count, schedule.TotalSteps);
        }

        for (var i = 0; i < rates.Count; i++)
        {
            Assert.Equal(rates[i], schedule.LearningRate(steps.Length == 0 ? i : steps[i]), Tolerance * schedule.Peak);
        }
    }
}
