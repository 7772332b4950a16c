using Ntl.Domain.Experiments;

namespace Ntl.Domain.Runs;

/// <summary>Says everything that is wrong with a spec at once, each problem by the path of its field.</summary>
public static class RunSpecValidator
{
    /// <summary>Most characters of a name.</summary>
    public const int MaximumNameLength = 120;

    /// <summary>Checks every field and every rule between fields.</summary>
    /// <param name="spec">The spec to check. The schedule's own rules were checked when it was made.</param>
    /// <returns>All problems, in the order of the fields; empty for a spec that can be trained.</returns>
    public static IReadOnlyList<SpecProblem> Validate(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<SpecProblem>();

        CheckRange(problems, "version", spec.Version, RunSpec.CurrentVersion, RunSpec.CurrentVersion);
        if (string.IsNullOrWhiteSpace(spec.Name) || spec.Name.Length > MaximumNameLength || spec.Name.Any(char.IsControl))
        {
            problems.Add(new("name", FormattableString.Invariant($"A name has 1 to {MaximumNameLength} characters, none of them a control character.")));
        }

        CheckModel(spec.Model, problems);
        CheckDataset(spec.Dataset, problems);
        CheckOptimizer(spec.Optimizer, problems);
        CheckRange(problems, "batchSize", spec.BatchSize, 1, 4_096);
        CheckRange(problems, "gradientAccumulationSteps", spec.GradientAccumulationSteps, 1, 4_096);
        CheckRange(problems, "seed", spec.Seed, 0, long.MaxValue);
        CheckRange(problems, "validationIntervalSteps", spec.ValidationIntervalSteps, 1, long.MaxValue);
        CheckRange(problems, "validationBatches", spec.ValidationBatches, 1, 1_024);
        CheckOptional(problems, "heldOutBatches", spec.HeldOutBatches, 1, 1_024);
        CheckRange(problems, "checkpointIntervalSteps", spec.CheckpointIntervalSteps, 1, long.MaxValue);
        CheckOptional(problems, "keptCheckpointIntervalSteps", spec.KeptCheckpointIntervalSteps, 1, long.MaxValue);
        if (spec.Probes is { } probes)
        {
            CheckProbes(probes, spec, problems);
        }

        if (spec.Branch is { } branch)
        {
            CheckBranch(branch, spec, problems);
        }

        if (spec.Experiment is { } experiment)
        {
            CheckExperiment(experiment, problems);
        }

        if (spec.Entry is { } entry && !(RunId.TryParse(entry.Track, out _) && RunId.TryParse(entry.Entry, out _) && entry.Batch >= 1))
        {
            problems.Add(new("entry", "An entry names its track and itself by ten characters each, and its batch of seeds from 1 on."));
        }

        if (!IsDevice(spec.Device))
        {
            problems.Add(new("device", $"The device is 'cpu' or 'cuda:' and a number; it is '{spec.Device}'."));
        }

        if (!Enum.IsDefined(spec.Precision))
        {
            problems.Add(new("precision", $"There is no precision {spec.Precision}."));
        }

        return problems;
    }

    private static void CheckExperiment(ExperimentMembership experiment, List<SpecProblem> problems)
    {
        if (!RunId.TryParse(experiment.Id, out _) || !Enum.IsDefined(experiment.Kind) || experiment.Role is not { Length: >= 1 and <= 40 })
        {
            problems.Add(new("experiment", "An experiment has an identity of ten characters, one of the known kinds, and a role of 1 to 40 characters."));
        }

        if (experiment.Forecast is { IsSound: false })
        {
            problems.Add(new("experiment.forecast", "A forecast names its fit and its law in 1 to 120 characters each, and its numbers are finite."));
        }

        if (experiment.Sweep is { } sweep && !(experiment.Kind == ExperimentKind.Sweep && sweep.IsSound))
        {
            problems.Add(new("experiment.sweep", "A place in a sweep belongs to a run of a sweep, has 1 to 3 settings of 1 to 40 characters each, and a sound rule of early stops or none."));
        }
    }

    private static void CheckModel(ModelSpec model, List<SpecProblem> problems)
    {
        CheckRange(problems, "model.layerCount", model.LayerCount, 1, 96);
        CheckRange(problems, "model.headCount", model.HeadCount, 1, 256);
        CheckRange(problems, "model.embeddingWidth", model.EmbeddingWidth, 8, 16_384);
        CheckRange(problems, "model.contextLength", model.ContextLength, 8, 8_192);
        CheckRange(problems, "model.vocabularySize", model.VocabularySize, 2, ModelSpec.LargestVocabularySize);
        CheckFraction(problems, "model.dropout", model.Dropout);
        if (model.HeadCount > 0 && model.EmbeddingWidth % model.HeadCount != 0)
        {
            problems.Add(new(
                "model.headCount",
                FormattableString.Invariant($"{model.HeadCount} heads do not divide a width of {model.EmbeddingWidth}.")));
        }
    }

    private static void CheckDataset(DatasetSpec dataset, List<SpecProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(dataset.Path))
        {
            problems.Add(new("dataset.path", "A data set needs the path of its file, or 'builtin:sotu'."));
        }

        if (dataset.Hash is not { Length: 64 } || !dataset.Hash.All(char.IsAsciiHexDigitLower))
        {
            problems.Add(new("dataset.hash", "A data set's hash is the SHA-256 of its file: 64 lower-case hex digits."));
        }

        if (!Enum.IsDefined(dataset.Format))
        {
            problems.Add(new("dataset.format", $"There is no data format {dataset.Format}."));
        }

        if (!(dataset.ValidationFraction is >= 0.001 and <= 0.5))
        {
            problems.Add(new(
                "dataset.validationFraction",
                FormattableString.Invariant($"The validation share is between 0.001 and 0.5; it is {dataset.ValidationFraction}.")));
        }
    }

    private static void CheckOptimizer(OptimizerSpec optimizer, List<SpecProblem> problems)
    {
        if (!Enum.IsDefined(optimizer.Kind))
        {
            problems.Add(new("optimizer.kind", $"There is no optimizer {optimizer.Kind}."));
        }

        CheckFraction(problems, "optimizer.beta1", optimizer.Beta1);
        CheckFraction(problems, "optimizer.beta2", optimizer.Beta2);
        CheckPositive(problems, "optimizer.epsilon", optimizer.Epsilon);
        if (!(double.IsFinite(optimizer.WeightDecay) && optimizer.WeightDecay >= 0))
        {
            problems.Add(new(
                "optimizer.weightDecay",
                FormattableString.Invariant($"The weight decay is finite and not negative; it is {optimizer.WeightDecay}.")));
        }

        if (optimizer.GradientClip is { } clip)
        {
            CheckPositive(problems, "optimizer.gradientClip", clip);
        }
    }

    private static void CheckProbes(ProbeSpec probes, RunSpec spec, List<SpecProblem> problems)
    {
        if (probes.NoiseIntervalSteps is not null && spec is { BatchSize: 1, GradientAccumulationSteps: 1 })
        {
            problems.Add(new("probes.noiseIntervalSteps", "The noise of a gradient shows between two sequences or more; a step has one. Take a larger batch, two micro-batches, or leave this out."));
        }

        CheckOptional(problems, "probes.noiseIntervalSteps", probes.NoiseIntervalSteps, 1, long.MaxValue);
        if (probes.ColdHorizonSteps is { } horizon && !(horizon is >= 1 and <= 1_000_000))
        {
            problems.Add(new("probes.coldHorizonSteps", FormattableString.Invariant($"Must be between 1 and 1,000,000; it is {horizon}.")));
        }

        CheckOptional(problems, "probes.curvatureIntervalSteps", probes.CurvatureIntervalSteps, 1, long.MaxValue);
        CheckOptional(problems, "probes.conductionIntervalSteps", probes.ConductionIntervalSteps, 1, long.MaxValue);
        CheckOptional(problems, "probes.riverWindowSteps", probes.RiverWindowSteps, 2, long.MaxValue);
        if (probes.RiverWindowSteps is not null && (probes.ColdHorizonSteps is null || probes.NoiseIntervalSteps is null))
        {
            problems.Add(new("probes.riverWindowSteps", "The force along the river needs the running mean of the weights and the gradient's noise; give both or leave this out."));
        }
    }

    private static void CheckBranch(BranchSpec branch, RunSpec spec, List<SpecProblem> problems)
    {
        if (!RunId.TryParse(branch.Run.Value, out _))
        {
            problems.Add(new("branch.run", $"'{branch.Run.Value}' is not a run's identity."));
        }

        if (branch.Step < 1 || branch.Step >= spec.TotalSteps)
        {
            problems.Add(new(
                "branch.step",
                FormattableString.Invariant($"A branch begins after step 0 and before the {spec.TotalSteps:N0} steps of its schedule, which starts with the trunk's own; it begins at {branch.Step:N0}.")));
        }

        if (branch.SpecHash is not { Length: 64 } || !branch.SpecHash.All(char.IsAsciiHexDigitLower))
        {
            problems.Add(new("branch.specHash", "The trunk's hash is 64 lower-case hex digits."));
        }
    }

    private static void CheckOptional(List<SpecProblem> problems, string path, long? value, long least, long most)
    {
        if (value is { } given)
        {
            CheckRange(problems, path, given, least, most);
        }
    }

    private static bool IsDevice(string? device) =>
        device is "cpu" ||
        (device is not null && device.StartsWith("cuda:", StringComparison.Ordinal) && device.Length is > 5 and <= 8 && device.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0);

    private static void CheckRange(List<SpecProblem> problems, string path, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            problems.Add(new(
                path,
                most == long.MaxValue
                    ? FormattableString.Invariant($"Must be {least:N0} or more; it is {value:N0}.")
                    : FormattableString.Invariant($"Must be between {least:N0} and {most:N0}; it is {value:N0}.")));
        }
    }

    private static void CheckFraction(List<SpecProblem> problems, string path, double value)
    {
        if (!(value is >= 0 and < 1))
        {
            problems.Add(new(path, FormattableString.Invariant($"Must be at least 0 and less than 1; it is {value}.")));
        }
    }

    private static void CheckPositive(List<SpecProblem> problems, string path, double value)
    {
        if (!(double.IsFinite(value) && value > 0))
        {
            problems.Add(new(path, FormattableString.Invariant($"Must be a positive finite number; it is {value}.")));
        }
    }
}
