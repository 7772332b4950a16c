using System.Globalization;
using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Composer;

/// <summary>Makes the draft that reads as a given run: how a run is cloned.</summary>
internal static class DraftWriter
{
    public static RunDraft Write(RunSpec spec)
    {
        var draft = new RunDraft { [DraftField.Name] = spec.Name };
        WriteSchedule(draft, spec.Schedule);
        WriteModel(draft, spec.Model);
        draft[DraftField.Dataset] = spec.Dataset.Name;
        draft[DraftField.ValidationFraction] = Text(spec.Dataset.ValidationFraction);
        draft[DraftField.Optimizer] = spec.Optimizer.Kind.ToString();
        draft[DraftField.Beta1] = Text(spec.Optimizer.Beta1);
        draft[DraftField.Beta2] = Text(spec.Optimizer.Beta2);
        draft[DraftField.Epsilon] = Text(spec.Optimizer.Epsilon);
        draft[DraftField.WeightDecay] = Text(spec.Optimizer.WeightDecay);
        draft[DraftField.Clip] = spec.Optimizer.GradientClip is { } clip ? Text(clip) : "";
        draft[DraftField.Batch] = Text(spec.BatchSize);
        draft[DraftField.Accumulation] = Text(spec.GradientAccumulationSteps);
        draft[DraftField.Seed] = Text(spec.Seed);
        draft[DraftField.Precision] = spec.Precision.ToString();
        draft[DraftField.Device] = spec.Device;
        draft[DraftField.ValidationEvery] = Text(spec.ValidationIntervalSteps);
        draft[DraftField.ValidationBatches] = Text(spec.ValidationBatches);
        draft[DraftField.CheckpointEvery] = Text(spec.CheckpointIntervalSteps);
        draft[DraftField.KeepEvery] = spec.KeptCheckpointIntervalSteps is { } kept ? Text(kept) : "";
        WriteProbes(draft, spec.Probes, spec.TotalSteps);
        return draft;
    }

    private static void WriteProbes(RunDraft draft, ProbeSpec? probes, long totalSteps)
    {
        draft[DraftField.Probes] = probes is null ? "no" : "yes";
        if (probes is null)
        {
            return;
        }

        draft[DraftField.NoiseEvery] = Interval(probes.NoiseIntervalSteps);
        draft[DraftField.ColdHorizon] = probes.ColdHorizonSteps switch
        {
            null => ProbeReader.Off,
            { } horizon when horizon == ProbeReader.ColdHorizon(totalSteps) => ProbeReader.Auto,
            { } horizon => Text(horizon),
        };
        draft[DraftField.CurvatureEvery] = Interval(probes.CurvatureIntervalSteps);
        draft[DraftField.Spectrum] = probes.SpectrumAtPhaseEnds ? "yes" : "no";
        draft[DraftField.ConductionEvery] = Interval(probes.ConductionIntervalSteps);
        draft[DraftField.RiverWindow] = Interval(probes.RiverWindowSteps);

        static string Interval(long? steps) => steps is { } every ? Text(every) : ProbeReader.Off;
    }

    private static void WriteModel(RunDraft draft, ModelSpec model)
    {
        if (ModelPreset.All.FirstOrDefault(preset => preset.Model == model) is { } preset)
        {
            draft[DraftField.Model] = preset.Id;
            return;
        }

        draft[DraftField.Model] = DraftReader.CustomModel;
        draft[DraftField.Layers] = Text(model.LayerCount);
        draft[DraftField.Heads] = Text(model.HeadCount);
        draft[DraftField.Width] = Text(model.EmbeddingWidth);
        draft[DraftField.Context] = Text(model.ContextLength);
        draft[DraftField.Vocabulary] = Text(model.VocabularySize);
        draft[DraftField.Dropout] = Text(model.Dropout);
        draft[DraftField.Bias] = model.HasBias ? "yes" : "no";
    }

    private static void WriteSchedule(RunDraft draft, ScheduleSpec schedule)
    {
        if (!TryWriteShape(draft, schedule))
        {
            draft[DraftField.Shape] = ScheduleShape.Phases;
            draft[DraftField.Phases] = schedule.CanonicalJson;
        }
    }

    // The forms that ScheduleReader makes; anything else is kept as its phases.
    private static bool TryWriteShape(RunDraft draft, ScheduleSpec schedule)
    {
        var phases = schedule.Phases.Select(span => span.Phase).ToArray();
        long warmup = 0;
        if (phases is [LinearRamp { StartRate: 0 } ramp, _, ..])
        {
            warmup = ramp.Steps;
            phases = phases[1..];
            if (phases[0].EntryRate != ramp.EndRate)
            {
                return false;
            }
        }

        var isWritten = phases switch
        {
            [ConstantRate hold, RateDecay decay] when hold.Rate == decay.StartRate => WriteStableDecay(draft, decay),
            [ConstantRate] => Shape("constant"),
            [CosineDecay decay] => Shape("cosine", decay.EndRate),
            [LinearDecay decay] => Shape("linear", decay.EndRate),
            [HyperbolicDecay decay] => Shape("hyperbolic", decay.EndRate),
            [ExponentialDecay decay] => Shape("exponential", decay.EndRate),
            [OneMinusSquareRootDecay decay] => WriteStableDecay(draft, decay),
            [PolynomialDecay decay] => Shape("polynomial", decay.EndRate) && Put(DraftField.Power, Text(decay.Power)),
            [StepDecay decay] => Shape("step", decay.FloorRate) && Put(DraftField.Factor, Text(decay.Factor)) && Put(DraftField.Every, Text(decay.EverySteps)),
            [PiecewisePoints points] when warmup == 0 =>
                Shape(ScheduleShape.Points) && Put(DraftField.Points, string.Join('\n', points.Points.Select(point => $"{Text(point.Step)} {Text(point.Rate)}"))),
            _ => false,
        };
        if (isWritten && phases is not [PiecewisePoints])
        {
            draft[DraftField.Steps] = Text(schedule.TotalSteps);
            draft[DraftField.Warmup] = Text(warmup);
            draft[DraftField.Peak] = Text(phases[0].EntryRate);
        }

        return isWritten;

        bool Shape(string id, double? final = null) => Put(DraftField.Shape, id) && (final is not { } rate || Put(DraftField.Final, Text(rate)));

        bool Put(string field, string text)
        {
            draft[field] = text;
            return true;
        }
    }

    private static bool WriteStableDecay(RunDraft draft, RateDecay decay)
    {
        DecayShape? shape = decay switch
        {
            LinearDecay => DecayShape.Linear,
            CosineDecay => DecayShape.Cosine,
            OneMinusSquareRootDecay => DecayShape.OneMinusSquareRoot,
            ExponentialDecay => DecayShape.Exponential,
            HyperbolicDecay => DecayShape.Hyperbolic,
            InverseSquareRootDecay => DecayShape.InverseSquareRoot,
            _ => null,
        };
        if (shape is not { } found)
        {
            return false;
        }

        draft[DraftField.Shape] = ScheduleShape.WarmupStableDecay;
        draft[DraftField.Decay] = found.ToString();
        draft[DraftField.DecaySteps] = Text(decay.Steps);
        draft[DraftField.Final] = Text(decay.EndRate);
        return true;
    }

    private static string Text(double value) => NumberFormat.Field(value);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
