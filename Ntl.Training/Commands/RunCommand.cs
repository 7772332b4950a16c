using System.CommandLine;
using Ntl.Training.Engine;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train run</c>: what the server's launcher starts, one attempt of a run that is laid out already.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> directory = new("--dir") { Description = "The run's directory, with its spec and fence.", Required = true };
        Option<int> attempt = new("--attempt") { Description = "The attempt's number, from 1.", Required = true };
        Option<string> token = new("--token") { Description = "The attempt's fencing token.", Required = true };
        Command command = new("run", "Runs one attempt of a run; its output goes to the attempt's log.txt.") { directory, attempt, token, ThreadOption.Threads };
        command.SetAction(parsed =>
        {
            var run = new RunDirectory(parsed.GetValue(directory)!.FullName);
            var fence = new Fence(parsed.GetValue(attempt), parsed.GetValue(token)!);
            try
            {
                new FenceGuard(run, fence).Verify(); // before anything is written
            }
            catch (SupersededException exception)
            {
                parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
                return TrainerExitCode.Superseded;
            }

            Posix.LeaveTerminal();
            Posix.RedirectOutput(run.CreateAttempt(fence.Attempt).LogPath);
            var threads = ThreadOption.Apply(parsed);
            return new AttemptRunner(run, fence, parsed.InvocationConfiguration.Output, TimeProvider.System, threads: threads).Run();
        });
        return command;
    }
}
