using System.Globalization;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;

namespace Ntl.Domain.Experiments;

/// <summary>Names of knobs, and specs with a knob turned.</summary>
public static class SweepKnobs
{
    private const string NeedsStandard = "It takes a schedule of an optional warm-up, an optional hold at the peak and an optional decay; sweep whole schedules instead.";

    /// <summary>A short word for a cell's name: <c>peak</c>, <c>batch</c>.</summary>
    /// <param name="knob">A known one.</param>
    public static string WordOf(SweepKnob knob) => knob switch
    {
        SweepKnob.Schedule => "schedule",
        SweepKnob.TotalSteps => "steps",
        SweepKnob.WarmupSteps => "warmup",
        SweepKnob.DecayFraction => "decay",
        SweepKnob.DecayShape => "shape",
        SweepKnob.PeakRate => "peak",
        SweepKnob.WeightDecay => "wd",
        SweepKnob.Beta1 => "β1",
        SweepKnob.Beta2 => "β2",
        SweepKnob.BatchSize => "batch",
        SweepKnob.GradientAccumulationSteps => "accum",
        SweepKnob.Model => "model",
        SweepKnob.EmbeddingWidth => "width",
        _ => "layers",
    };

    /// <summary>What an axis or a list of choices calls it.</summary>
    /// <param name="knob">A known one.</param>
    public static string TitleOf(SweepKnob knob) => knob switch
    {
        SweepKnob.Schedule => "Whole schedule",
        SweepKnob.TotalSteps => "Total steps",
        SweepKnob.WarmupSteps => "Warm-up steps",
        SweepKnob.DecayFraction => "Decay fraction",
        SweepKnob.DecayShape => "Decay shape",
        SweepKnob.PeakRate => "Peak rate",
        SweepKnob.WeightDecay => "Weight decay",
        SweepKnob.Beta1 => "β₁",
        SweepKnob.Beta2 => "β₂",
        SweepKnob.BatchSize => "Batch size",
        SweepKnob.GradientAccumulationSteps => "Gradient accumulation",
        SweepKnob.Model => "Model preset",
        SweepKnob.EmbeddingWidth => "Model width",
        _ => "Model layers",
    };

    /// <summary>Whether its values are numbers.</summary>
    public static bool IsNumeric(SweepKnob knob) => knob is not (SweepKnob.Schedule or SweepKnob.DecayShape or SweepKnob.Model);

    /// <summary>A number as a person writes it; null for a text that is none.</summary>
    internal static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Whether a problem at a spec's path may come from this knob.</summary>
    internal static bool Owns(SweepKnob knob, string path) => knob switch
    {
        SweepKnob.WeightDecay => path is "optimizer.weightDecay",
        SweepKnob.Beta1 => path is "optimizer.beta1",
        SweepKnob.Beta2 => path is "optimizer.beta2",
        SweepKnob.BatchSize => path is "batchSize",
        SweepKnob.GradientAccumulationSteps => path is "gradientAccumulationSteps",
        SweepKnob.Model or SweepKnob.EmbeddingWidth or SweepKnob.LayerCount => path.StartsWith("model.", StringComparison.Ordinal),
        _ => path.StartsWith("schedule", StringComparison.Ordinal),
    };

    /// <summary>A spec with a knob set; null, with what is wrong, when the value is none for it.</summary>
    /// <param name="spec">The spec before.</param>
    /// <param name="knob">What is set.</param>
    /// <param name="text">The value as written.</param>
    internal static (RunSpec? Spec, string Problem) Set(RunSpec spec, SweepKnob knob, string text)
    {
        try
        {
            return knob switch
            {
                SweepKnob.Schedule => ScheduleSpec.TryParse(text, out var schedule, out var problems) ? (spec with { Schedule = schedule }, "") : (null, problems[0].Message),
                SweepKnob.TotalSteps or SweepKnob.WarmupSteps or SweepKnob.DecayFraction or SweepKnob.DecayShape or SweepKnob.PeakRate => SetSchedule(spec, knob, text),
                SweepKnob.Model => ModelPreset.Find(text) is { } preset
                    ? (spec with { Model = preset.Model with { VocabularySize = spec.Model.VocabularySize, HasBias = spec.Model.HasBias, Dropout = spec.Model.Dropout } }, "")
                    : (null, $"There is no model '{text}': {string.Join(", ", ModelPreset.All.Select(model => model.Id))}."),
                SweepKnob.WeightDecay or SweepKnob.Beta1 or SweepKnob.Beta2 => Number(text) is { } number ? (SetOptimizer(spec, knob, number), "") : (null, NoNumber(text)),
                _ => Whole(text, int.MaxValue) is { } count ? (SetCount(spec, knob, (int)count), "") : (null, NoWhole(text)),
            };
        }
        catch (InvalidScheduleException exception)
        {
            return (null, exception.Problems[0].Message);
        }
    }

    private static (RunSpec? Spec, string Problem) SetSchedule(RunSpec spec, SweepKnob knob, string text)
    {
        var schedule = spec.Schedule;
        if (knob == SweepKnob.PeakRate)
        {
            return Number(text) is { } peak && peak is >= ScheduleSpec.SmallestPositiveRate and <= ScheduleSpec.MaximumRate && schedule.Peak > 0
                ? (spec with { Schedule = schedule.WithPeak(peak) }, "")
                : (null, FormattableString.Invariant($"A peak rate is a number above 0 and at most {NumberFormat.Rate(ScheduleSpec.MaximumRate)}, and the schedule's own is above 0; '{text}' cannot be one."));
        }

        if (knob == SweepKnob.TotalSteps)
        {
            return Whole(text, ScheduleSpec.MaximumSteps) is not { } total ? (null, NoWhole(text))
                : BoundaryEdits.ScaleTo(schedule, total) is { IsDone: true } edit ? (spec with { Schedule = edit.Schedule }, "")
                : (null, BoundaryEdits.ScaleTo(schedule, total).Problems[0].Message);
        }

        if (StandardShape.Of(schedule) is not { } shape)
        {
            return (null, NeedsStandard);
        }

        var (changed, problem) = knob switch
        {
            SweepKnob.WarmupSteps => Whole(text, ScheduleSpec.MaximumSteps) is { } steps
                ? (shape.WithWarmup(steps), FormattableString.Invariant($"A warm-up of {steps:N0} steps leaves no room for the rest of {shape.TotalSteps:N0}."))
                : (null, NoWhole(text)),
            SweepKnob.DecayFraction => Number(text) is { } fraction and > 0 and <= 1
                ? (shape.WithDecayFraction(fraction), FormattableString.Invariant($"A decay over {fraction} of {shape.TotalSteps:N0} steps has no step, or leaves no room for the warm-up."))
                : (null, $"A decay fraction is above 0 and at most 1; '{text}' is not."),
            _ => Enum.TryParse<DecayShape>(text, ignoreCase: true, out var form) && Enum.IsDefined(form) && Number(text) is null
                ? (shape.WithDecay(form), "The schedule has no decay to shape; add a decay fraction.")
                : (null, $"There is no decay shape '{text}': {string.Join(", ", Enum.GetNames<DecayShape>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}."),
        };
        return changed is null ? (null, problem) : (spec with { Schedule = changed.ToSchedule() }, "");
    }

    private static RunSpec SetOptimizer(RunSpec spec, SweepKnob knob, double value) => spec with
    {
        Optimizer = knob switch
        {
            SweepKnob.WeightDecay => spec.Optimizer with { WeightDecay = value },
            SweepKnob.Beta1 => spec.Optimizer with { Beta1 = value },
            _ => spec.Optimizer with { Beta2 = value },
        },
    };

    private static RunSpec SetCount(RunSpec spec, SweepKnob knob, int value) => knob switch
    {
        SweepKnob.BatchSize => spec with { BatchSize = value },
        SweepKnob.GradientAccumulationSteps => spec with { GradientAccumulationSteps = value },
        SweepKnob.EmbeddingWidth => spec with { Model = spec.Model with { EmbeddingWidth = value } },
        _ => spec with { Model = spec.Model with { LayerCount = value } },
    };

    private static long? Whole(string text, long most) => Number(text) is { } value && value == Math.Truncate(value) && value >= 0 && value <= most ? (long)value : null;

    private static string NoNumber(string text) => $"'{text}' is no number such as 0.1 or 3e-4.";

    private static string NoWhole(string text) => $"'{text}' is no whole number in range.";
}
