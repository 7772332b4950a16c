using System.CommandLine;
using System.Text;
using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Engine;
using Ntl.Training.Models;
using Ntl.Training.Runs;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train sample</c>: lets a run's latest checkpoint write text. For byte-level models.</summary>
internal static class SampleCommand
{
    private const int ByteVocabulary = 256;

    public static Command Create()
    {
        Option<DirectoryInfo> directory = new("--dir") { Description = "The run's directory.", Required = true };
        Option<string> prompt = new("--prompt") { Description = "Text to go on from.", DefaultValueFactory = _ => "\n\nFellow-Citizens" };
        Option<int> count = new("--tokens") { Description = "Bytes to write.", DefaultValueFactory = _ => 400 };
        Option<double> temperature = new("--temperature") { Description = "Divides the scores; below 1 is more certain.", DefaultValueFactory = _ => 0.8 };
        Option<long> seed = new("--seed") { Description = "Seeds the draws." };
        Command command = new("sample", "Writes text with a run's latest checkpoint (byte-level models).") { directory, prompt, count, temperature, seed };
        command.SetAction(parsed =>
        {
            try
            {
                var text = Sample(
                    new RunDirectory(parsed.GetValue(directory)!.FullName), parsed.GetValue(prompt)!, parsed.GetValue(count), parsed.GetValue(temperature), parsed.GetValue(seed));
                parsed.InvocationConfiguration.Output.WriteLine(text);
                return TrainerExitCode.Finished;
            }
            catch (Exception exception) when (exception is IOException or InvalidSpecException or CheckpointException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
                return TrainerExitCode.Failed;
            }
        });
        return command;
    }

    private static string Sample(RunDirectory run, string prompt, int count, double temperature, long seed)
    {
        var (spec, problems) = RunSpecJson.Read(File.ReadAllText(run.SpecPath));
        if (spec is null || spec.Model.VocabularySize != ByteVocabulary)
        {
            throw spec is null
                ? new InvalidSpecException(run.SpecPath, problems)
                : new CheckpointException(FormattableString.Invariant($"The model's vocabulary is {spec.Model.VocabularySize}; only byte-level models ({ByteVocabulary}) can be sampled as text."));
        }

        var checkpoints = new CheckpointStore(run, RunSpecJson.Hash(spec));
        var (name, _) = checkpoints.FindLatest((_, _) => { }) ?? throw new CheckpointException("The run has no checkpoint yet.");
        using var withoutGraph = no_grad();
        using var state = new TrainingState(spec with { Device = "cpu", Precision = Precision.Float32 });
        TrainingState.RestoreWeights(checkpoints.PathOf(name), state.Arena);
        state.Model.eval();
        manual_seed(seed);
        List<byte> text = [.. Encoding.UTF8.GetBytes(prompt)];
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            long[] context = [.. text.TakeLast(spec.Model.ContextLength).Select(value => (long)value)];
            var logits = state.Model.Logits(tensor(context).view(1, -1)).narrow(0, context.Length - 1, 1); // (1, V)
            text.Add((byte)multinomial(nn.functional.softmax(logits.Times(1 / temperature), -1), 1).item<long>());
        }

        return Encoding.UTF8.GetString([.. text]);
    }
}
