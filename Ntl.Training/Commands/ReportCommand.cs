using System.CommandLine;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Training.Reports;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train report</c>: reads experiments from stored runs and writes a report with plots.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> data = new("--data") { Description = "The server's data directory, or any directory with runs in its 'runs'.", Required = true };
        Option<DirectoryInfo> folder = new("--out") { Description = "Where to write report.md and its plots.", Required = true };
        Option<string?> experiment = new("--experiment") { Description = "One experiment's identity; without it, all." };
        Command command = new("report", "Writes a report of stored experiments: Markdown with plots.") { data, folder, experiment };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var runs = Path.Combine(parsed.GetValue(data)!.FullName, "runs");
            if (!Directory.Exists(runs))
            {
                error.WriteLine($"There is no directory '{runs}'.");
                return TrainerExitCode.Usage;
            }

            try
            {
                var count = new ReportFolder(parsed.GetValue(folder)!).Write(Read(runs, error), parsed.GetValue(experiment));
                if (count == 0)
                {
                    error.WriteLine(parsed.GetValue(experiment) is { } id ? $"No run in '{runs}' is part of experiment '{id}'." : $"No run in '{runs}' is part of an experiment.");
                    return TrainerExitCode.Failed;
                }

                output.WriteLine(FormattableString.Invariant($"{count} experiments in {Path.Combine(parsed.GetValue(folder)!.FullName, "report.md")}"));
                return TrainerExitCode.Finished;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                error.WriteLine(exception.Message);
                return TrainerExitCode.Failed;
            }
        });
        return command;
    }

    private static List<RunRecord> Read(string runs, TextWriter error)
    {
        List<RunRecord> records = [];
        foreach (var path in Directory.EnumerateDirectories(runs).Order(StringComparer.Ordinal))
        {
            var (record, problem) = StoredRun.Read(new(path));
            if (problem is not null)
            {
                error.WriteLine(problem);
            }

            if (record is not null)
            {
                records.Add(record);
            }
        }

        return records;
    }
}
