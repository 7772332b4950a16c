using System.Globalization;
using System.Text;
using Ntl.Domain.Schedules.Expressions;

namespace Ntl.Domain.Schedules.Interchange.Export;

/// <summary>Python files: a pure <c>learning_rate(step)</c> made of <c>math</c> alone, and what a library wants around it.</summary>
internal static class PythonFile
{
    private static readonly ExpressionCode s_code = new(
        new Dictionary<ExpressionOperation, string>
        {
            [ExpressionOperation.Divide] = "_divide",
            [ExpressionOperation.Power] = "_power",
            [ExpressionOperation.SquareRoot] = "_sqrt",
            [ExpressionOperation.Exponential] = "_exp",
            [ExpressionOperation.Logarithm] = "_log",
            [ExpressionOperation.Cosine] = "_cos",
            [ExpressionOperation.Sine] = "_sin",
            [ExpressionOperation.Absolute] = "abs",
            [ExpressionOperation.Floor] = "_floor",
            [ExpressionOperation.Minimum] = "_min",
            [ExpressionOperation.Maximum] = "_max",
        },
        "math.pi");

    public static string PyTorch(ScheduleSpec schedule) => Module(
        schedule,
        """
        PyTorch: make the optimizer, then `scheduler = schedule(optimizer)`, and call
        `scheduler.step()` after each `optimizer.step()`. LambdaLR multiplies a base rate
        by a factor; `schedule` sets the base rate to 1.0 and the factor is the rate
        itself, so that the product is exact. All parameter groups get the same rate.
        """,
        "from torch.optim.lr_scheduler import LambdaLR",
        """
        def schedule(optimizer, last_epoch=-1):
            '''A LambdaLR with this schedule's rates; the optimizer's own rate is not used.'''
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] = 1.0
            return LambdaLR(optimizer, learning_rate, last_epoch)
        """);

    public static string HuggingFace(ScheduleSpec schedule) => Module(
        schedule,
        """
        Hugging Face: use `ScheduledTrainer` in place of `Trainer`, with max_steps equal to
        TOTAL_STEPS; or give `Trainer(..., optimizers=(optimizer, get_schedule(optimizer)))`.
        LambdaLR multiplies a base rate by a factor; `get_schedule` sets the base rate to 1.0
        and the factor is the rate itself, so that the product is exact. The learning_rate,
        warmup_steps and lr_scheduler_type of TrainingArguments are not used.
        """,
        """
        from torch.optim.lr_scheduler import LambdaLR
        from transformers import Trainer
        """,
        """
        def get_schedule(optimizer, last_epoch=-1):
            '''A LambdaLR with this schedule's rates; the optimizer's own rate is not used.'''
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] = 1.0
            return LambdaLR(optimizer, learning_rate, last_epoch)


        class ScheduledTrainer(Trainer):
            '''A Trainer whose learning rate is this schedule's.'''

            def create_scheduler(self, num_training_steps, optimizer=None):
                if self.lr_scheduler is None:
                    self.lr_scheduler = get_schedule(self.optimizer if optimizer is None else optimizer)
                return self.lr_scheduler
        """);

    public static string Optax(ScheduleSpec schedule) => Module(
        schedule,
        """
        optax: `optax.adamw(learning_rate=schedule)`. The rate is worked out on the host in
        double precision and handed in by `jax.pure_callback`, so it is the same in jitted
        code; jax rounds it to its own precision (float32 unless jax_enable_x64 is set).
        """,
        """
        import jax
        import numpy
        """,
        """
        def schedule(count):
            '''The learning rate after `count` updates, as optax asks for it; in or out of jit.'''
            if not isinstance(count, jax.core.Tracer):
                return learning_rate(int(count))
            kind = jax.dtypes.canonicalize_dtype(float)
            return jax.pure_callback(
                lambda at: numpy.asarray(learning_rate(int(at)), kind), jax.ShapeDtypeStruct((), kind), count)
        """);

    private static string Module(ScheduleSpec schedule, string use, string imports, string ending)
    {
        var python = new StringBuilder();
        var calls = new StringBuilder();
        var functions = new SortedSet<string>(StringComparer.Ordinal);
        var own = new StringBuilder();
        foreach (var span in schedule.Phases)
        {
            calls.Append("    ").Append(Call(span, functions, own)).Append(",\n");
        }

        Add($"'''{schedule.Description}");
        Add("");
        Add($"A learning-rate schedule exported from Ntl; its hash is\n{schedule.Hash}.");
        Add("");
        Add(use);
        Add("");
        Add("Steps count from 0: learning_rate(s) is the rate of update s, for s below TOTAL_STEPS; beyond\nthe end the last rate stays. Rates equal Ntl's to the last bit where both use one C math library.");
        Add("'''");
        Add("import bisect\nimport math\n");
        Add(imports);
        Add($"\nTOTAL_STEPS = {CodeNumber.Of(schedule.TotalSteps)}\n");
        foreach (var function in functions)
        {
            Add($"\n{PythonFunctions.TextOf(function)}\n");
        }

        python.Append(own);
        Add($"\n# The first step of each phase, and its rate at a step counted from there.\n_FIRST_STEPS = ({string.Concat(schedule.Phases.Select(span => $"{CodeNumber.Of(span.FirstStep)}, "))})");
        Add($"_PHASES = (\n{calls})\n\n");
        Add("""
            def learning_rate(step):
                '''The learning rate of an update; steps count from 0.'''
                if step < 0:
                    raise ValueError(f"a step must not be negative, but is {step}")
                step = min(int(step), TOTAL_STEPS - 1)
                phase = bisect.bisect_right(_FIRST_STEPS, step) - 1
                return _PHASES[phase](step - _FIRST_STEPS[phase])


            """);
        Add(ending);
        return python.ToString();

        void Add(string text) => python.Append(text.ReplaceLineEndings("\n")).Append('\n');
    }

    private static string Call(PhaseSpan span, SortedSet<string> functions, StringBuilder own)
    {
        switch (PhaseCall.Whole(span.Phase))
        {
            case ExpressionPhase { Expression: { } expression } formula:
                functions.Add("formula");
                own.Append(CultureInfo.InvariantCulture, $"\ndef _formula_{span.Index}(k):\n    # {formula.Formula}\n    k, n = float(k), {CodeNumber.Of((double)formula.Steps)}\n    t = k / n\n");
                foreach (var (name, value) in formula.Constants)
                {
                    own.Append(CultureInfo.InvariantCulture, $"    {ExpressionCode.NameOf(name)} = {CodeNumber.Of(value)}\n");
                }

                own.Append(CultureInfo.InvariantCulture, $"    return {s_code.Of(expression.Root)} + 0.0\n\n");
                return FormattableString.Invariant($"_formula_{span.Index}");
            case PiecewisePoints points:
                functions.Add(PiecewisePoints.KindName);
                functions.Add("clamp");
                own.Append(CultureInfo.InvariantCulture, $"\n_STEPS_{span.Index} = ({string.Concat(points.Points.Select(point => $"{CodeNumber.Of(point.Step)}, "))})\n");
                own.Append(CultureInfo.InvariantCulture, $"_RATES_{span.Index} = ({string.Concat(points.Points.Select(point => $"{CodeNumber.Of(point.Rate)}, "))})\n");
                return FormattableString.Invariant($"lambda k: _piecewise_points(k, _STEPS_{span.Index}, _RATES_{span.Index})");
            case var phase:
                var call = PhaseCall.Of(phase);
                functions.Add(call.Kind);
                functions.Add("clamp");
                return $"lambda k: {PythonFunctions.NameOf(call.Kind)}({string.Join(", ", call.Arguments.Prepend("k"))})";
        }
    }
}
