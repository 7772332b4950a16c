using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using Ntl.Training.Probes;
using Ntl.Training.Runs;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>What training changes: weights, optimizer state, and how far it is. Saved and restored whole.</summary>
public sealed class TrainingState : IDisposable
{
    private const string WeightsFile = "weights.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string ProbesFile = "probes.safetensors";

    private readonly bool _hasProbes;

    /// <summary>The state before the first step: initial weights, optimizer at zero.</summary>
    public TrainingState(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Arena = new ParameterArena(new ParameterLayout(spec.Model), spec.Precision, Devices.Require(spec.Device));
        GptInitializer.Initialize(Arena, spec.Seed);
        Model = new Gpt(Arena);
        Optimizer = ArenaOptimizer.Create(spec.Optimizer, Arena);
        _hasProbes = spec.Probes is not null;
        Cold = spec.Probes?.ColdHorizonSteps is { } horizon ? new ColdProbe(Arena.Master, horizon, Arena.CastWeights) : null;
        River = Cold is not null && spec.Probes?.RiverWindowSteps is { } window ? new RiverProbe(Cold, window) : null;
    }

    /// <summary>The weights and their gradient.</summary>
    public ParameterArena Arena { get; }

    /// <summary>The model over these weights.</summary>
    public Gpt Model { get; }

    /// <summary>The update rule and its arrays.</summary>
    public ArenaOptimizer Optimizer { get; }

    /// <summary>The running mean of the weights; null where the run keeps none.</summary>
    public ColdProbe? Cold { get; }

    /// <summary>The window along the river; null where the run measures no force.</summary>
    public RiverProbe? River { get; }

    /// <summary>Updates done: the next step to train.</summary>
    public long Step { get; set; }

    /// <summary>Seconds spent in training steps so far, over all attempts; validation, checkpoints and pauses left out.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>Seconds spent measuring so far, over all attempts; in no training time.</summary>
    public double ProbeSeconds { get; set; }

    /// <summary>Saves all of it as a checkpoint.</summary>
    public void Save(CheckpointStore store, FenceGuard guard)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(guard);
        List<(string Name, Action<Stream> Write)> files =
        [
            (WeightsFile, stream => GptWeights.Write(stream, Arena)),
            (OptimizerFile, stream => SafetensorsFile.Write(stream, Optimizer.States)),
        ];
        if (Cold is not null)
        {
            files.Add((ProbesFile, stream => SafetensorsFile.Write(stream, [.. ColdStates, .. RiverStates])));
        }

        if (_hasProbes)
        {
            files.Add((ProbeManifest.FileName, stream => JsonSerializer.Serialize(stream, new ProbeManifest(Cold?.StepCount ?? 0, ProbeSeconds, River?.Progress), RunJson.Options)));
        }

        store.Save(new CheckpointName(Step, guard.Own.Attempt), Optimizer.UpdateCount, ElapsedSeconds, get_num_threads(), files, guard);
    }

    /// <summary>Restores all of it from a checkpoint that <see cref="CheckpointStore"/> has found whole.</summary>
    /// <exception cref="CheckpointException">Its tensors are not those of this model and update rule.</exception>
    public void Restore(string directory, CheckpointManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        try
        {
            using var weights = File.OpenRead(Path.Combine(directory, WeightsFile));
            GptWeights.Read(weights, Arena);
            using var optimizer = File.OpenRead(Path.Combine(directory, OptimizerFile));
            SafetensorsFile.Read(optimizer, Optimizer.States);
            RestoreProbes(directory);
        }
        catch (Exception exception) when (exception is SafetensorsException or InvalidDataException)
        {
            throw new CheckpointException(exception.Message, exception);
        }

        (Optimizer.UpdateCount, Step, ElapsedSeconds) = (manifest.UpdateCount, manifest.Step, manifest.ElapsedSeconds);
    }

    /// <summary>Begins a branch: its trunk's weights and step, with no time spent yet.</summary>
    /// <param name="origin">The trunk's checkpoint.</param>
    /// <param name="keepsOptimizer">Whether the trunk's update rule is this one; else the optimizer stays as it is before the first step.</param>
    /// <exception cref="OriginException">Its tensors are not those of this model and update rule.</exception>
    public void RestoreOrigin(Origin origin, bool keepsOptimizer)
    {
        ArgumentNullException.ThrowIfNull(origin);
        try
        {
            if (keepsOptimizer)
            {
                Restore(origin.Directory, origin.Manifest);
            }
            else
            {
                RestoreWeights(origin.Directory, Arena);
                RestoreProbes(origin.Directory);
            }
        }
        catch (Exception exception) when (exception is CheckpointException or SafetensorsException or InvalidDataException)
        {
            throw new OriginException(exception.Message, exception);
        }

        River?.Restart(); // the trunk's window is of the trunk's rate
        (Step, ElapsedSeconds, ProbeSeconds) = (origin.Manifest.Step, 0, 0);
    }

    /// <summary>Reads the weights alone of a checkpoint.</summary>
    public static void RestoreWeights(string directory, ParameterArena arena)
    {
        using var weights = File.OpenRead(Path.Combine(directory, WeightsFile));
        GptWeights.Read(weights, arena);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        River?.Dispose();
        Cold?.Dispose();
        Model.Dispose();
        Optimizer.Dispose();
        Arena.Dispose();
    }

    private IReadOnlyList<(string Name, Tensor State)> ColdStates => [.. Cold!.States.Select(state => ($"cold.{state.Name}", state.State))];

    private IReadOnlyList<(string Name, Tensor State)> RiverStates => [.. (River?.States ?? []).Select(state => ($"river.{state.Name}", state.State))];

    // A checkpoint of an earlier Ntl, or of a trunk without probes, has no mean: it begins at the weights that were restored.
    private void RestoreProbes(string directory)
    {
        var manifest = DurableFile.ReadJson<ProbeManifest>(Path.Combine(directory, ProbeManifest.FileName));
        ProbeSeconds = manifest?.Seconds ?? 0;
        if (Cold is null)
        {
            return;
        }

        if (manifest is not { ColdSteps: > 0 and var steps })
        {
            Cold.Restart();
            River?.Restart();
            return;
        }

        using var file = File.OpenRead(Path.Combine(directory, ProbesFile));
        SafetensorsFile.Read(file, ColdStates);
        Cold.StepCount = steps;
        if (River is null || manifest.River is not { } progress)
        {
            River?.Restart();
            return;
        }

        file.Position = 0;
        SafetensorsFile.Read(file, RiverStates);
        River.Progress = progress;
    }
}
