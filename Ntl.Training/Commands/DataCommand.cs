using System.CommandLine;
using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train data inspect</c>: says what a data set is, or what is wrong with it.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        Argument<string> path = new("path") { Description = "The file, or builtin:sotu." };
        Option<DatasetFormat> format = new("--format") { Description = "text, uint16 (raw, as nanoGPT writes) or llmC (with llm.c's header).", DefaultValueFactory = _ => DatasetFormat.Text };
        Command inspect = new("inspect", "Reads a data set from end to end and says what it is, or what is wrong with it.") { path, format };
        inspect.SetAction(parsed =>
        {
            try
            {
                var found = DatasetInspector.Inspect(BuiltInCorpus.Resolve(parsed.GetValue(path)!), parsed.GetValue(format));
                parsed.InvocationConfiguration.Output.WriteLine(FormattableString.Invariant(
                    $"{found.Format}: {found.TokenCount} tokens in {found.ByteCount} bytes, largest token {found.LargestToken}, SHA-256 {found.Hash}"));
                return TrainerExitCode.Finished;
            }
            catch (DatasetException exception)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"{exception.Problem}: {exception.Message}");
                return TrainerExitCode.Failed;
            }
        });
        return new Command("data", "Works with data sets.") { inspect };
    }
}
