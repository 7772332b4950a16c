using System.CommandLine;
using Ntl.Domain.Runs;
using Ntl.Training.Engine;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train train</c>: a run without a server. It lays out the directory itself; started again, it goes on.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Option<FileInfo> specFile = new("--spec") { Description = "The run's spec, JSON; not needed to go on with a run." };
        Option<DirectoryInfo> directory = new("--dir") { Description = "The run's directory; made where it is missing.", Required = true };
        Option<long?> pauseAt = new("--pause-at") { Description = "Pause after this many updates of the whole run." };
        Command command = new("train", "Trains a run without a server, or goes on with it; progress to the terminal.")
        {
            specFile, directory, pauseAt, ThreadOption.Threads,
        };
        command.SetAction(parsed =>
        {
            var run = new RunDirectory(parsed.GetValue(directory)!.FullName);
            if (LayOut(run, parsed.GetValue(specFile)) is { } problem)
            {
                parsed.InvocationConfiguration.Error.WriteLine(problem);
                return TrainerExitCode.Usage;
            }

            var threads = ThreadOption.Apply(parsed);
            var number = (run.Attempts() is [.., var last] ? last.Number : 0) + 1;
            var fence = Fence.Issue(number);
            fence.Raise(run);
            Control.None.Write(run); // a pause or stop was for an earlier attempt
            return new AttemptRunner(run, fence, parsed.InvocationConfiguration.Output, TimeProvider.System, parsed.GetValue(pauseAt), threads).Run();
        });
        return command;
    }

    private static string? LayOut(RunDirectory run, FileInfo? specFile)
    {
        if (File.Exists(run.SpecPath))
        {
            return specFile is not null && !string.Equals(SpecText(specFile.FullName), File.ReadAllText(run.SpecPath), StringComparison.Ordinal)
                ? $"'{run.Root}' holds a run of another spec; choose another directory, or leave --spec out to go on with it."
                : null;
        }

        if (specFile is null)
        {
            return $"'{run.Root}' holds no run yet; give its spec with --spec FILE.";
        }

        if (!specFile.Exists)
        {
            return $"There is no file '{specFile.FullName}'.";
        }

        var (spec, problems) = RunSpecJson.Read(File.ReadAllText(specFile.FullName));
        if (spec is null)
        {
            return new InvalidSpecException(specFile.FullName, problems).Message;
        }

        run.Create();
        DurableFile.Write(run.SpecPath, System.Text.Encoding.UTF8.GetBytes(RunSpecJson.Write(spec)));
        return null;
    }

    private static string? SpecText(string path) =>
        File.Exists(path) && RunSpecJson.Read(File.ReadAllText(path)).Spec is { } spec ? RunSpecJson.Write(spec) : null;
}
