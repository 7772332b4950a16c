using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules.Interchange;

public class ScheduleImportTests
{
    [Theory]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":3e-4,"warmup_steps":100,"max_steps":1000}""", ImportFormat.HuggingFace)]
    [InlineData("""{"name":"SchedulerType.LINEAR","lr":3e-4,"num_warmup_steps":100,"num_training_steps":1000}""", ImportFormat.HuggingFace)]
    [InlineData("""{"_target_":"torch.optim.lr_scheduler.StepLR","lr":0.1,"steps":10,"step_size":3}""", ImportFormat.PyTorch)]
    [InlineData("""{"class":"ExponentialLR","lr":0.1,"steps":10,"params":{"gamma":0.9}}""", ImportFormat.PyTorch)]
    [InlineData("""{"type":"optax.constant_schedule","value":0.1,"steps":10}""", ImportFormat.Optax)]
    [InlineData("""{"version":1,"phases":[{"kind":"constantRate","steps":10,"rate":0.003}]}""", ImportFormat.Json)]
    [InlineData("step,lr\n0,0.1\n1,0.2\n", ImportFormat.Csv)]
    [InlineData("\ufeff 0 0.1\n 1 0.2", ImportFormat.Csv)]
    public void Read_EachForm_IsRecognised(string text, ImportFormat format)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Empty(outcome.Problems);
        Assert.Equal(format, outcome.Format);
        Assert.NotEmpty(outcome.Notes);
        Assert.Equal(outcome.Schedule, ScheduleImport.Read(text, format).Schedule);
    }

    [Fact]
    public void Read_HuggingFaceCosine_IsOrdinaryPhasesThatJoin()
    {
        var schedule = ScheduleImport.Read("""{"lr_scheduler_type":"cosine","learning_rate":3e-4,"warmup_ratio":0.05,"max_steps":1010,"num_train_epochs":3,"output_dir":"x"}""").Schedule!;

        Assert.Equal([new PiecewisePoints([new(0, 0), new(51, 3e-4)]), new CosineDecay(959, 3e-4, 0)], schedule.Phases.Select(span => span.Phase));
        Assert.Equal(0, schedule.LearningRate(0));
        Assert.Equal(3e-4, schedule.LearningRate(51));
    }

    [Fact]
    public void Read_HuggingFaceWithoutARate_SaysWhatIsTaken()
    {
        var outcome = ScheduleImport.Read("""{"lr_scheduler_type":"constant","warmup_steps":10,"max_steps":100}""");

        Assert.Equal([new ConstantRate(100, 5e-5)], outcome.Schedule!.Phases.Select(span => span.Phase));
        Assert.Contains(outcome.Notes, note => note.Contains("default of 5e-5", StringComparison.Ordinal));
        Assert.Contains(outcome.Notes, note => note.Contains("takes no warm-up", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AScheduleThatOutlastsTheTraining_IsCutNotSqueezed()
    {
        var outcome = ScheduleImport.Read("""{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":30,"T_max":100}""");

        Assert.Equal([new FirstSteps(30, new CosineDecay(100, 0.1, 0))], outcome.Schedule!.Phases.Select(span => span.Phase));
    }

    [Fact]
    public void Read_AThousandMillionSteps_IsRead()
    {
        var outcome = ScheduleImport.Read("""{"lr_scheduler_type":"warmup_stable_decay","learning_rate":1e-3,"warmup_steps":1000000,"max_steps":1000000000,"lr_scheduler_kwargs":{"num_decay_steps":200000000,"decay_type":"1-sqrt"}}""");

        Assert.Equal(1_000_000_000, outcome.Schedule!.TotalSteps);
        Assert.Contains(outcome.Notes, note => note.Contains("1000000 of 1000000000 steps", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", "empty")]
    [InlineData("  \n ", "", "empty")]
    [InlineData("{", "", "not valid JSON")]
    [InlineData("[]", "", "no known form")]
    [InlineData("""{"a":1}""", "", "no known form")]
    [InlineData("""{"version":1,"phases":[]}""", "phases", "from 1 to 1000 phases")]
    [InlineData("""{"lr_scheduler_type":"reduce_lr_on_plateau","learning_rate":1e-3,"max_steps":10}""", "lr_scheduler_type", "looks at the loss")]
    [InlineData("""{"lr_scheduler_type":"cosin","learning_rate":1e-3,"max_steps":10}""", "lr_scheduler_type", "no schedule called 'cosin'")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":-1e-3,"max_steps":10}""", "learning_rate", "above 0")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":1e-3,"num_train_epochs":3}""", "max_steps", "epochs alone")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":1e-3,"max_steps":10,"warmup_ratio":1.5}""", "warmup_ratio", "ratio from 0 to 1")]
    [InlineData("""{"lr_scheduler_type":"cosine","learning_rate":1e-3,"max_steps":10,"lr_scheduler_kwargs":{"num_cycle":2}}""", "lr_scheduler_kwargs.num_cycle", "no such parameter")]
    [InlineData("""{"lr_scheduler_type":"cosine_with_min_lr","learning_rate":1e-3,"max_steps":10}""", "lr_scheduler_kwargs.min_lr", "one of min_lr")]
    [InlineData("""{"lr_scheduler_type":"warmup_stable_decay","learning_rate":1e-3,"max_steps":10}""", "lr_scheduler_kwargs.num_decay_steps", "decay steps")]
    [InlineData("""{"lr_scheduler_type":"warmup_stable_decay","learning_rate":1e-3,"max_steps":10,"lr_scheduler_kwargs":{"num_decay_steps":20}}""", "lr_scheduler_kwargs.num_decay_steps", "more steps together")]
    [InlineData("""{"lr_scheduler_type":"polynomial","learning_rate":1e-3,"max_steps":10,"lr_scheduler_kwargs":{"lr_end":1}}""", "lr_scheduler_kwargs.lr_end", "below the peak")]
    [InlineData("""{"scheduler":"StepLR","lr":0.1,"step_size":3}""", "steps", "does not know its end")]
    [InlineData("""{"scheduler":"StepLR","steps":10,"step_size":3}""", "lr", "optimizer's learning rate")]
    [InlineData("""{"scheduler":"StepLR","lr":0.1,"steps":10}""", "step_size", "between two falls")]
    [InlineData("""{"scheduler":"StepLR","lr":0.1,"steps":10,"step_size":3,"gama":1}""", "gama", "no such parameter")]
    [InlineData("""{"scheduler":"LambdaLR","lr":0.1,"steps":10}""", "scheduler", "function of your own")]
    [InlineData("""{"scheduler":"ReduceLROnPlateau","lr":0.1,"steps":10}""", "scheduler", "looks at the loss")]
    [InlineData("""{"scheduler":"ChainedScheduler","lr":0.1,"steps":10}""", "scheduler", "at once")]
    [InlineData("""{"scheduler":"LinearLR","lr":0.1,"steps":10,"start_factor":2}""", "start_factor", "from 0 to 1")]
    [InlineData("""{"scheduler":"CyclicLR","steps":10,"base_lr":0.1,"max_lr":1,"mode":"sine"}""", "mode", "no mode 'sine'")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":10,"schedulers":[{"scheduler":"ConstantLR"}],"milestones":[3]}""", "milestones", "one fewer")]
    [InlineData("""{"scheduler":"SequentialLR","lr":0.1,"steps":10,"schedulers":[{"scheduler":"ConstantLR"},{"scheduler":"OneCycleLR"}],"milestones":[3]}""", "schedulers[1].scheduler", "Import it alone")]
    [InlineData("""{"type":"constant_schedule","value":0.1}""", "steps", "no end of its own")]
    [InlineData("""{"type":"cosine_decay_schedule","init_value":0.1}""", "decay_steps", "above 0")]
    [InlineData("""{"type":"linear_schedule","init_value":0.1,"transition_steps":10}""", "end_value", "missing")]
    [InlineData("""{"schedules":[{"type":"constant_schedule","value":0.1},{"type":"nothing"}],"boundaries":[3],"steps":10}""", "schedules[1].type", "no schedule 'nothing'")]
    [InlineData("""{"type":"exponential_decay","init_value":0.1,"transition_steps":10,"decay_rate":-0.5,"steps":10}""", "decay_rate", "must not be negative")]
    [InlineData("""{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":2000000,"T_max":10}""", "scheduler", "at most 1000000 steps")]
    [InlineData("step,loss\n0,3\n", "line 1", "column lr")]
    [InlineData("step,lr\n", "", "no row")]
    [InlineData("step,lr\n0,0.1\n0,0.2\n", "line 3", "must rise")]
    [InlineData("step,lr\n0,NaN\n", "line 2", "'NaN'")]
    [InlineData("step,lr\n0,-1\n", "line 2", "'-1'")]
    [InlineData("step,lr\n0.5,1\n", "line 2", "whole number")]
    [InlineData("step,lr\n0,1e999\n", "line 2", "'1e999'")]
    [InlineData("step,lr\n0\n", "line 2", "needs 2 cells")]
    public void Read_WhatCannotBe_SaysWhereAndWhy(string text, string path, string words)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Null(outcome.Schedule);
        Assert.Null(outcome.LargestDifference);
        Assert.Contains(outcome.Problems, problem => problem.Path == path && problem.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EveryTextCut_NeverThrows()
    {
        const string Text = """{"scheduler":"SequentialLR","lr":0.1,"steps":60,"milestones":[10,40],"schedulers":[{"scheduler":"LinearLR","start_factor":0.1},{"scheduler":"StepLR","step_size":[]},{"scheduler":null}]}""";
        foreach (var format in Enum.GetValues<ImportFormat>())
        {
            Assert.All(Enumerable.Range(0, Text.Length), length => Assert.Null(ScheduleImport.Read(Text[..length], format).Schedule));
        }
    }

    [Fact]
    public void Read_CsvOfEveryStep_HasItsRatesToTheLastDigits() => Prop.ForAll(Arbitrary.Schedules, schedule =>
    {
        var outcome = ScheduleImport.Read(ScheduleExport.Write(schedule, ExportFormat.Csv).Text);

        Assert.Equal(schedule.TotalSteps, outcome.Schedule!.TotalSteps);
        var rates = SchedulePropertyTests.Rates(outcome.Schedule);
        Assert.All(SchedulePropertyTests.Rates(schedule).Zip(rates), pair => Assert.Equal(pair.First, pair.Second, 6e-16 * schedule.Peak));
        Assert.InRange(outcome.LargestDifference!.Value, 0, 6e-16 * schedule.Peak);
    }).Check(Properties.Seeded(60));

    [Fact]
    public void Read_CsvOfAStraightSchedule_IsFewPoints()
    {
        var text = ScheduleExport.Write(StandardSchedules.WarmupStableDecay(100_000, 1e-3, DecayShape.Linear, 20_000, 0, 1000), ExportFormat.Csv).Text;

        var points = Assert.IsType<PiecewisePoints>(Assert.Single(ScheduleImport.Read(text).Schedule!.Phases).Phase);

        Assert.InRange(points.Points.Length, 4, 100);
    }

    [Fact]
    public void Read_CsvOfSparseRows_SaysWhatIsBetween()
    {
        var outcome = ScheduleImport.Read("loss;step;lr\n# a comment\n3,5;10;0.1\n3;20;0.2\n\n2;40;0\n");

        Assert.Equal([new ConstantRate(10, 0.1), new PiecewisePoints([new(0, 0.1), new(10, 0.2), new(30, 0), new(31, 0)])], outcome.Schedule!.Phases.Select(span => span.Phase));
        Assert.Contains(outcome.Notes, note => note.Contains("begin at step 10", StringComparison.Ordinal));
        Assert.Contains(outcome.Notes, note => note.Contains("Not every step has a row", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_CsvOfMoreBendsThanOnePhaseHolds_IsSeveralPhases()
    {
        var text = new StringBuilder();
        for (var step = 0; step < 25_000; step++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{step},{1 + step % 2}\n");
        }

        var outcome = ScheduleImport.Read(text.ToString());

        Assert.Equal(3, outcome.Schedule!.Phases.Length);
        Assert.Equal(25_000, outcome.Schedule.TotalSteps);
        Assert.Equal(0, outcome.LargestDifference);
    }

    [Fact]
    public void Read_OurOwnJson_IsTheSameSchedule() => Prop.ForAll(
        Arbitrary.Schedules, schedule => Assert.Equal(schedule, ScheduleImport.Read(schedule.CanonicalJson).Schedule)).Check(Properties.Seeded(50));
}
