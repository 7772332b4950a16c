using System.Collections.Frozen;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Composer;

/// <summary>Turns a draft into a run's spec, or into all of its problems at once, each beside its field.</summary>
internal static class DraftReader
{
    public const string CustomModel = "custom";

    private static readonly FrozenDictionary<string, string> s_fieldOfPath = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = DraftField.Name,
        ["model.layerCount"] = DraftField.Layers,
        ["model.headCount"] = DraftField.Heads,
        ["model.embeddingWidth"] = DraftField.Width,
        ["model.contextLength"] = DraftField.Context,
        ["model.vocabularySize"] = DraftField.Vocabulary,
        ["model.dropout"] = DraftField.Dropout,
        ["dataset.validationFraction"] = DraftField.ValidationFraction,
        ["optimizer.kind"] = DraftField.Optimizer,
        ["optimizer.beta1"] = DraftField.Beta1,
        ["optimizer.beta2"] = DraftField.Beta2,
        ["optimizer.epsilon"] = DraftField.Epsilon,
        ["optimizer.weightDecay"] = DraftField.WeightDecay,
        ["optimizer.gradientClip"] = DraftField.Clip,
        ["batchSize"] = DraftField.Batch,
        ["gradientAccumulationSteps"] = DraftField.Accumulation,
        ["seed"] = DraftField.Seed,
        ["precision"] = DraftField.Precision,
        ["device"] = DraftField.Device,
        ["validationIntervalSteps"] = DraftField.ValidationEvery,
        ["validationBatches"] = DraftField.ValidationBatches,
        ["checkpointIntervalSteps"] = DraftField.CheckpointEvery,
        ["keptCheckpointIntervalSteps"] = DraftField.KeepEvery,
        ["probes.noiseIntervalSteps"] = DraftField.NoiseEvery,
        ["probes.coldHorizonSteps"] = DraftField.ColdHorizon,
        ["probes.curvatureIntervalSteps"] = DraftField.CurvatureEvery,
        ["probes.conductionIntervalSteps"] = DraftField.ConductionEvery,
        ["probes.riverWindowSteps"] = DraftField.RiverWindow,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the whole draft.</summary>
    /// <param name="draft">What was typed.</param>
    /// <param name="datasets">The catalog's data sets, by name.</param>
    public static DraftReading Read(RunDraft draft, IReadOnlyList<DatasetSpec> datasets)
    {
        var problems = new List<FieldProblem>();
        var numbers = new DraftNumbers(draft, problems);
        var schedule = ScheduleReader.Read(draft, numbers, problems);
        var dataset = ReadDataset(draft, datasets, numbers);
        var spec = new RunSpec
        {
            Name = draft[DraftField.Name].Trim() is { Length: > 0 } name ? name : SuggestedName(draft),
            Model = ReadModel(draft, numbers),
            Dataset = dataset ?? s_standIn,
            Schedule = schedule ?? s_anySchedule,
            Optimizer = ReadOptimizer(draft, numbers),
            BatchSize = numbers.Small(DraftField.Batch),
            GradientAccumulationSteps = numbers.Small(DraftField.Accumulation),
            Seed = numbers.Whole(DraftField.Seed),
            Precision = numbers.Choice<Precision>(DraftField.Precision),
            Device = draft[DraftField.Device].Trim(),
            ValidationIntervalSteps = numbers.Whole(DraftField.ValidationEvery),
            ValidationBatches = numbers.Small(DraftField.ValidationBatches),
            CheckpointIntervalSteps = numbers.Whole(DraftField.CheckpointEvery),
            KeptCheckpointIntervalSteps = draft[DraftField.KeepEvery].Trim().Length == 0 ? null : numbers.Whole(DraftField.KeepEvery),
            Probes = ProbeReader.Read(draft, numbers, schedule?.TotalSteps),
        };

        problems.AddRange(FieldsOf(draft, RunSpecValidator.Validate(spec)).Where(problem => !numbers.Unreadable.Contains(problem.Field)));
        return new(problems.Count == 0 ? spec : null, schedule, [.. problems.DistinctBy(problem => problem.Field, StringComparer.Ordinal)]);
    }

    /// <summary>Puts a spec's problems beside the draft's fields.</summary>
    public static IEnumerable<FieldProblem> FieldsOf(RunDraft draft, IEnumerable<SpecProblem> problems) => problems.Select(problem =>
    {
        var isPreset = !IsCustom(draft) && problem.Path.StartsWith("model.", StringComparison.Ordinal);
        var field = isPreset ? DraftField.Model
            : s_fieldOfPath.TryGetValue(problem.Path, out var own) ? own
            : problem.Path.StartsWith("dataset", StringComparison.Ordinal) ? DraftField.Dataset
            : problem.Path.StartsWith("schedule", StringComparison.Ordinal) ? DraftField.Shape
            : problem.Path.StartsWith("model", StringComparison.Ordinal) ? DraftField.Model
            : "";
        return new FieldProblem(field, problem.Message);
    });

    /// <summary>What a run is called when nobody names it.</summary>
    public static string SuggestedName(RunDraft draft)
    {
        var shape = ScheduleShape.Find(draft[DraftField.Shape]);
        var peak = shape.Fields.Contains(DraftField.Peak) ? $" {draft[DraftField.Peak].Trim()}" : "";
        return $"{shape.Title}{peak} · {draft[DraftField.Model]}";
    }

    public static bool IsCustom(RunDraft draft) => string.Equals(draft[DraftField.Model], CustomModel, StringComparison.Ordinal);

    // Stand in for parts that are wrong, so that the rest is checked all the same.
    private static readonly ScheduleSpec s_anySchedule = StandardSchedules.Constant(1, 1e-3);
    private static readonly DatasetSpec s_standIn = new() { Name = "none", Path = "none", Format = DatasetFormat.Text, Hash = new('0', 64) };

    private static ModelSpec ReadModel(RunDraft draft, DraftNumbers numbers)
    {
        if (!IsCustom(draft))
        {
            if (ModelPreset.Find(draft[DraftField.Model]) is { } preset)
            {
                return preset.Model;
            }

            numbers.Report(DraftField.Model, $"There is no model called '{draft[DraftField.Model]}'.");
            return ModelPreset.All[0].Model;
        }

        return new()
        {
            LayerCount = numbers.Small(DraftField.Layers),
            HeadCount = numbers.Small(DraftField.Heads),
            EmbeddingWidth = numbers.Small(DraftField.Width),
            ContextLength = numbers.Small(DraftField.Context),
            VocabularySize = numbers.Small(DraftField.Vocabulary),
            Dropout = numbers.Real(DraftField.Dropout),
            HasBias = string.Equals(draft[DraftField.Bias], "yes", StringComparison.Ordinal),
        };
    }

    private static DatasetSpec? ReadDataset(RunDraft draft, IReadOnlyList<DatasetSpec> datasets, DraftNumbers numbers)
    {
        var share = numbers.Real(DraftField.ValidationFraction);
        var found = datasets.FirstOrDefault(dataset => string.Equals(dataset.Name, draft[DraftField.Dataset], StringComparison.Ordinal));
        if (found is null)
        {
            numbers.Report(DraftField.Dataset, $"There is no data set called '{draft[DraftField.Dataset]}' on this server.");
            return s_standIn with { ValidationFraction = share };
        }

        return found with { ValidationFraction = share };
    }

    private static OptimizerSpec ReadOptimizer(RunDraft draft, DraftNumbers numbers) => new()
    {
        Kind = numbers.Choice<OptimizerKind>(DraftField.Optimizer),
        Beta1 = numbers.Real(DraftField.Beta1),
        Beta2 = numbers.Real(DraftField.Beta2),
        Epsilon = numbers.Real(DraftField.Epsilon),
        WeightDecay = numbers.Real(DraftField.WeightDecay),
        GradientClip = draft[DraftField.Clip].Trim().Length == 0 ? null : numbers.Real(DraftField.Clip),
    };
}
