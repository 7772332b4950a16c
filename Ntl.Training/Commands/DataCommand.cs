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
        Option<string> format = new("--format")
        {
            Description = "text, uint16 or uint32 (raw tokens), or llmc (with llm.c's header).",
            DefaultValueFactory = _ => "text",
        };
        Option<int?> vocabulary = new("--vocabulary") { Description = "The vocabulary that the tokens are of; tokens above it are told." };
        Option<bool> accept = new("--accept-warnings") { Description = "Exit with 0 even where the file looks like something else." };
        Command inspect = new("inspect", "Reads a data set from end to end and says what it is, what is wrong with it, or what makes it doubtful.")
        {
            path, format, vocabulary, accept,
        };
        inspect.SetAction(parsed => Inspect(
            parsed.InvocationConfiguration, parsed.GetValue(path)!, parsed.GetValue(format)!, parsed.GetValue(vocabulary), parsed.GetValue(accept)));
        return new Command("data", "Works with data sets.") { inspect };
    }

    private static int Inspect(InvocationConfiguration io, string path, string formatName, int? vocabulary, bool acceptsWarnings)
    {
        if (!Enum.TryParse<DatasetFormat>(formatName, ignoreCase: true, out var format) || !Enum.IsDefined(format) || char.IsAsciiDigit(formatName[0]))
        {
            io.Error.WriteLine($"There is no format '{formatName}': text, uint16, uint32 or llmc.");
            return TrainerExitCode.Failed;
        }

        if (vocabulary is < 1 or > ModelSpec.LargestVocabularySize)
        {
            io.Error.WriteLine(FormattableString.Invariant($"--vocabulary is from 1 to {ModelSpec.LargestVocabularySize}; it is {vocabulary}."));
            return TrainerExitCode.Failed;
        }

        try
        {
            var found = DatasetInspector.Inspect(BuiltInCorpus.Resolve(path), format, vocabulary);
            io.Output.WriteLine(FormattableString.Invariant(
                $"{found.Format}: {found.TokenCount} tokens in {found.ByteCount} bytes, largest token {found.LargestToken}, SHA-256 {found.Hash}"));
            foreach (var warning in found.Warnings)
            {
                io.Error.WriteLine($"{(warning.NeedsConsent ? "warning" : "note")}: {warning.Message}");
            }

            return acceptsWarnings || !found.Warnings.Any(warning => warning.NeedsConsent) ? TrainerExitCode.Finished : TrainerExitCode.Failed;
        }
        catch (DatasetException exception)
        {
            io.Error.WriteLine($"{exception.Problem}: {exception.Message}");
            return TrainerExitCode.Failed;
        }
    }
}
