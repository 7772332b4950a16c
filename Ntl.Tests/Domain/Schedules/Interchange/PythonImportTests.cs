using System.Text;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;

namespace Ntl.Tests.Domain.Schedules.Interchange;

/// <summary>Python code that makes a scheduler gives the schedule that the same scheduler gives as JSON.</summary>
public class PythonImportTests
{
    private const string Sequence = """
        from torch.optim.lr_scheduler import (LinearLR, SequentialLR,
            CosineAnnealingLR as Cosine)

        total = 10_000  # updates
        warm = int(0.1 * total)
        opt = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
        first = LinearLR(opt, start_factor=0.01, total_iters=warm)
        then = Cosine(opt, total - warm, eta_min=1e-4)
        sched = SequentialLR(opt, [first, then], milestones=[warm])

        for epoch in range(epochs):
            for x, y in loader:
                loss = criterion(model(x), y); loss.backward()
                opt.step(); sched.step()
                lr = opt.param_groups[0]["lr"]
                print(f"{epoch}: {lr}")
        """;

    [Theory]
    [InlineData("opt = AdamW(params, lr=3e-4)\nsched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=1000, eta_min=1e-5)", """{"scheduler":"CosineAnnealingLR","lr":3e-4,"T_max":1000,"eta_min":1e-5,"steps":1000}""")]
    [InlineData("CosineAnnealingLR(SGD(p, .1), 100, 1e-3)", """{"scheduler":"CosineAnnealingLR","lr":0.1,"T_max":100,"eta_min":1e-3,"steps":100}""")]
    [InlineData(Sequence, """{"scheduler":"SequentialLR","lr":0.1,"steps":10000,"milestones":[1000],"schedulers":[{"scheduler":"LinearLR","start_factor":0.01,"total_iters":1000},{"scheduler":"CosineAnnealingLR","T_max":9000,"eta_min":1e-4}]}""")]
    [InlineData("s = OneCycleLR(opt, max_lr=0.01, epochs=10, steps_per_epoch=100, three_phase=True)", """{"scheduler":"OneCycleLR","max_lr":0.01,"epochs":10,"steps_per_epoch":100,"three_phase":true}""")]
    [InlineData("from transformers import get_cosine_schedule_with_warmup\nget_cosine_schedule_with_warmup(AdamW(p, lr=5e-5), 100, 1000)", """{"lr_scheduler_type":"cosine","learning_rate":5e-5,"num_warmup_steps":100,"num_training_steps":1000}""")]
    [InlineData("get_linear_schedule_with_warmup(AdamW(p, lr=2e-5), num_warmup_steps=0.1*125, num_training_steps=125)", """{"lr_scheduler_type":"linear","learning_rate":2e-5,"num_warmup_steps":12.5,"num_training_steps":125}""")]
    [InlineData("get_polynomial_decay_schedule_with_warmup(Adam(p), 10, 100, 1e-6, power=2)", """{"lr_scheduler_type":"polynomial","learning_rate":1e-3,"num_warmup_steps":10,"num_training_steps":100,"lr_scheduler_kwargs":{"lr_end":1e-6,"power":2}}""")]
    [InlineData("get_wsd_schedule(AdamW(p, lr=1e-3), 10, 20, num_stable_steps=70, decay_type='linear')", """{"lr_scheduler_type":"warmup_stable_decay","learning_rate":1e-3,"num_warmup_steps":10,"num_training_steps":100,"lr_scheduler_kwargs":{"num_decay_steps":20,"num_stable_steps":70,"decay_type":"linear"}}""")]
    [InlineData("get_scheduler('constant_with_warmup', AdamW(p, lr=1e-3), 10, 100)", """{"lr_scheduler_type":"constant_with_warmup","learning_rate":1e-3,"num_warmup_steps":10,"num_training_steps":100}""")]
    [InlineData("args = TrainingArguments(output_dir=f'{x}', learning_rate=2e-5, warmup_steps=12.6, lr_scheduler_type=SchedulerType.COSINE, max_steps=500)", """{"lr_scheduler_type":"cosine","learning_rate":2e-5,"warmup_steps":12.6,"max_steps":500}""")]
    [InlineData("import optax\ntx = optax.adamw(optax.warmup_cosine_decay_schedule(0.0, 3e-4, 100, 1_000, end_value=3e-5))", """{"type":"warmup_cosine_decay_schedule","init_value":0,"peak_value":3e-4,"warmup_steps":100,"decay_steps":1000,"end_value":3e-5}""")]
    [InlineData("optax.join_schedules([optax.linear_schedule(0., 3e-4, 100), optax.cosine_decay_schedule(3e-4, 900)], [100])", """{"schedules":[{"type":"linear_schedule","init_value":0,"end_value":3e-4,"transition_steps":100},{"type":"cosine_decay_schedule","init_value":3e-4,"decay_steps":900}],"boundaries":[100]}""")]
    [InlineData("cfg = dict(lr=3e-4, T=100)\nkw = {'eta_min': cfg['lr'] * 0.5}\nCosineAnnealingLR(SGD(p, lr=cfg['lr']), cfg['T'], **kw)", """{"scheduler":"CosineAnnealingLR","lr":3e-4,"T_max":100,"eta_min":1.5e-4,"steps":100}""")]
    [InlineData("class Lit:\n    def configure_optimizers(self):\n        o = AdamW(self.parameters(), lr=0.1)\n        return {'optimizer': o, 'lr_scheduler': CosineAnnealingLR(o, 2**7 - 28)}", """{"scheduler":"CosineAnnealingLR","lr":0.1,"T_max":100,"steps":100}""")]
    public void Read_Code_IsTheScheduleOfItsJson(string code, string json)
    {
        var outcome = ScheduleImport.Read(code);

        Assert.Empty(outcome.Problems);
        Assert.Equal(ImportFormat.Python, outcome.Format);
        Assert.Equal(ScheduleImport.Read(json).Schedule, outcome.Schedule);
        Assert.Contains(outcome.Notes, note => note.StartsWith("Read from line", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, T_max=1000)", "lr", "Give the base learning rate beside the text")]
    [InlineData("get_cosine_schedule_with_warmup(optimizer, 100, 1000)", "lr", "Give the base learning rate beside the text")]
    [InlineData("get_constant_schedule_with_warmup(AdamW(p, lr=1e-3), 100)", "steps", "beside the text")]
    [InlineData("StepLR(SGD(p, lr=0.1), 30)", "steps", "(line 1)")]
    [InlineData("x = 1\nLambdaLR(opt, lr_lambda=lambda s: min(1, s / 100))", "scheduler", "function of your own, which cannot be read: import its rates as CSV, or write its formula as a phase. (line 2)")]
    [InlineData("CosineAnnealingLR(SGD(p, lr=0.1), T_max=len(loader) * epochs)", "T_max", "a call of len (line 1)")]
    [InlineData("for n in sizes:\n    s = StepLR(SGD(p, lr=0.1), step_size=n)", "step_size", "which a loop sets")]
    [InlineData("if big:\n    n = 100\nelse:\n    n = 200\nStepLR(SGD(p, lr=0.1), n)", "step_size", "within the 'else' of line 3")]
    [InlineData("def make(n):\n    return StepLR(SGD(p, lr=0.1), n)", "step_size", "a parameter of a function")]
    [InlineData("StepLR(SGD(p, lr=0.1), int(f'{n}'))", "step_size", "a call of int")]
    [InlineData("StepLR(SGD(p, lr=0.1), [i for i in x])", "step_size[0]", "a comprehension")]
    [InlineData("StepLR(SGD(p, lr=0.1), 30 if big else 10)", "step_size", "an expression with 'if'")]
    [InlineData("StepLR(SGD(p, lr=0.1), 1 / 0)", "step_size", "a division by zero")]
    [InlineData("StepLR(SGD(p, lr=0.1), 30, gama=0.1)", "gama", "has no parameter 'gama' (line 1)")]
    [InlineData("StepLR(SGD(p, lr=0.1), 30, step_size=3)", "step_size", "given twice")]
    [InlineData("CosineAnnealingLR(SGD(p, lr=0.1), 10, 0, -1, False, 7)", "", "at most 5 arguments")]
    [InlineData("CosineAnnealingLR(SGD(p, lr=0.1), T_max=100, last_epoch=50)", "last_epoch", "after 50 updates")]
    [InlineData("SequentialLR(SGD(p, lr=0.1), [LinearLR(o), other], [3])", "schedulers[1]", "'other', which has no value")]
    [InlineData("SequentialLR(SGD(p, lr=0.1),\n  [LinearLR(o),\n   CosineAnnealingLR(o, 0)], [3])", "schedulers[1].T_max", "(line 3)")]
    [InlineData("StepLR(SGD(p, lr=0.1), 30)\nExponentialLR(SGD(p, lr=0.1), 0.9)", "line 2", "makes 2 schedulers")]
    [InlineData("StepLR(SGD(p, lr=0.1), 30", "line 1", "is not closed")]
    [InlineData("s = StepLR(SGD(p, lr=0.1), 'a", "line 1", "A string is not closed")]
    [InlineData("def lr(step):\n    return 3e-4 * step", "", "no scheduler that can be read")]
    [InlineData("import os\nos.system('true')", "", "no scheduler that can be read")]
    [InlineData("tf.train.exponential_decay(0.1, 100, 0.5)", "", "no scheduler that can be read")]
    [InlineData("s = mmengine.optim.LinearLR(start_factor=0.1)", "", "no scheduler that can be read")]
    [InlineData("for g in o.param_groups:\n    g['lr'] = 0.5\nCosineAnnealingLR(SGD(p, lr=0.1), 100)", "lr", "set by hand on line 2")]
    [InlineData("for i in range(10): print(i)", "", "no scheduler that can be read")]
    [InlineData("CosineAnnealingLR(SGD([{'params': p, 'lr': 0.2}, {'params': q}], lr=0.1), 100)", "lr", "one rate for all parameters")]
    [InlineData("CosineAnnealingLR(SGD(p, lr=args.lr), 100)", "lr", "'args.lr', which has no value in the text")]
    [InlineData("CosineAnnealingLR(SGD(p, lr=0.1), 9**99)", "T_max", "a whole number above")]
    [InlineData("TrainingArguments('out', learning_rate=2e-5, num_train_epochs=3)", "max_steps", "epochs alone")]
    public void Read_CodeThatDoesNotSay_NamesParameterAndLine(string code, string field, string words)
    {
        var outcome = ScheduleImport.Read(code);

        Assert.Null(outcome.Schedule);
        Assert.Equal(ImportFormat.Python, outcome.Format);
        Assert.Contains(outcome.Problems, problem => problem.Path == field && problem.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_RateAndStepsBesideTheText_AreTakenWhereItDoesNotSayThem()
    {
        var outcome = ScheduleImport.Read("StepLR(optimizer, step_size=30)", defaults: new(0.1, 90));

        Assert.Equal([new StepDecay(90, 0.1, 0, 0.1, 30)], outcome.Schedule!.Phases.Select(span => span.Phase));
    }

    [Fact]
    public void Read_RateBesideATextThatSaysOne_IsNotUsedAndTold()
    {
        var outcome = ScheduleImport.Read("CosineAnnealingLR(SGD(p, lr=0.1), 100)", defaults: new(0.5));

        Assert.Equal(0.1, outcome.Schedule!.Peak);
        Assert.Contains(outcome.Notes, note => note.Contains("is not used: the text has one", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"scheduler":"StepLR","step_size":30}""", 90)]
    [InlineData("""{"lr_scheduler_type":"linear"}""", 90)]
    public void Read_JsonWithoutRateAndSteps_TakesThoseBesideIt(string text, long steps)
    {
        var schedule = ScheduleImport.Read(text, defaults: new(0.1, steps)).Schedule!;

        Assert.Equal((steps, 0.1), (schedule.TotalSteps, schedule.Peak));
    }

    [Theory]
    [InlineData(-0.1, 10L, "lr")]
    [InlineData(double.NaN, 10L, "lr")]
    [InlineData(0.1, 0L, "steps")]
    public void Read_WrongBesideTheText_NamesIt(double rate, long steps, string field) =>
        Assert.Equal([field], ScheduleImport.Read("StepLR(optimizer, 30)", defaults: new(rate, steps)).Problems.Select(problem => problem.Path));

    [Fact]
    public void Read_NameAssignedAgainAfterItsUse_DoesNotChangeIt() =>
        Assert.Equal(100, ScheduleImport.Read("n = 100\ns = CosineAnnealingLR(SGD(p, lr=.1), n)\nn = 5\nn += 1").Schedule!.TotalSteps);

    [Fact]
    public void Read_AttributeAssignedLater_Counts() =>
        Assert.Equal(7, ScheduleImport.Read("a = Namespace(n=5)\na.n = 7\nCosineAnnealingLR(SGD(p, lr=.1), a.n)").Schedule!.TotalSteps);

    [Fact]
    public void Read_ParameterOfAnotherFunction_HidesNoGlobal() =>
        Assert.Equal(100, ScheduleImport.Read("n = 100\ndef f(n):\n    return n\nCosineAnnealingLR(SGD(p, lr=.1), n)").Schedule!.TotalSteps);

    [Fact]
    public void Read_ListsOfListsOfThemselves_AreRefusedAtOnce()
    {
        var wide = new StringBuilder("x = [1, 1]\n");
        var deep = new StringBuilder("x = [1]\n");
        for (var i = 0; i < 2_000; i++)
        {
            wide.Append("x = [x, x]\n");
            deep.Append("x = [x]\n");
        }

        foreach (var text in new[] { wide, deep })
        {
            Assert.Contains("too large, or nested", ScheduleImport.Read($"{text}MultiStepLR(o, x)").Problems.Single().Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("s = StepLR(o, ", "(", ")")]
    [InlineData("s = StepLR(o, ", "-(", ")")]
    [InlineData("s = StepLR(o, ", "not ", "")]
    [InlineData("s = StepLR(o, ", "2**", "")]
    [InlineData("s = StepLR(o, ", "f(", ")")]
    [InlineData("s = StepLR(o, ", "lambda x: [", "]")]
    [InlineData("s = StepLR(o, ", "{1: ", "}")]
    [InlineData("s = StepLR(o, ", "a.", "")]
    [InlineData("s = StepLR(o, ", "'a' ", "")]
    public void Read_DeeplyNestedCode_IsRefused(string start, string open, string close)
    {
        var text = new StringBuilder(start).Insert(start.Length, open, 30_000).Append('1').Insert(start.Length + 30_000 * open.Length + 1, close, 30_000).Append(')');

        var outcome = ScheduleImport.Read(text.ToString(), ImportFormat.Python);

        Assert.Null(outcome.Schedule);
        Assert.NotEmpty(outcome.Problems);
    }

    [Fact]
    public void Read_EveryCutOfACode_NeverThrows() => Assert.All(Enumerable.Range(0, Sequence.Length), length =>
    {
        foreach (var format in Enum.GetValues<ImportFormat>())
        {
            ScheduleImport.Read(Sequence[..length], format);
            ScheduleImport.Read(Sequence[length..], format);
        }
    });
}
