using System.Globalization;
using System.Runtime.Versioning;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Queue;

[SupportedOSPlatform("linux")]
public sealed class LocalRunLauncherTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Start_OfATrainer_GivesItASessionALogAndOnlyTheListedEnvironment()
    {
        Environment.SetEnvironmentVariable("NTL_TEST_SECRET", "hunter2");
        Environment.SetEnvironmentVariable("NTL_TEST_WANTED", "yes");
        var options = new NtlOptions { TrainerPath = Script("echo begun; env; sleep 60; exit 0"), TrainerEnvironment = ["NTL_TEST_WANTED"] };
        var launcher = new LocalRunLauncher(new TrainerCommand(options));
        var launch = Launch();

        await launcher.StartAsync(launch, TestContext.Current.CancellationToken);
        var log = await LogAsync(launch, "NTL_TEST_WANTED=yes");

        var process = Assert.Single(Trainers.Find(_directory.Root));
        var stat = (await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"), TestContext.Current.CancellationToken)).Split(") ")[1].Split(' ');
        Assert.Equal(process.ToString(CultureInfo.InvariantCulture), stat[3]); // its session is its own
        Assert.DoesNotContain("hunter2", log, StringComparison.Ordinal);
        Assert.Contains("begun", log, StringComparison.Ordinal);
        await launcher.StopAsync(launch, StopMode.Kill, TestContext.Current.CancellationToken);
        await GoneAsync(launcher, launch);
    }

    [Fact]
    public async Task Query_ByAnotherLauncher_FindsTheTrainerByRunAndAttempt()
    {
        var options = new NtlOptions { TrainerPath = Script("sleep 60; exit 0") };
        var launch = Launch();
        await new LocalRunLauncher(new TrainerCommand(options)).StartAsync(launch, TestContext.Current.CancellationToken);
        var restarted = new LocalRunLauncher(new TrainerCommand(options));

        var found = await restarted.QueryAsync(launch, TestContext.Current.CancellationToken);
        var other = await restarted.QueryAsync(launch with { Attempt = 12 }, TestContext.Current.CancellationToken);
        await restarted.StopAsync(launch, StopMode.Kill, TestContext.Current.CancellationToken);

        Assert.Equal(LaunchState.Alive, found.State);
        Assert.Equal(LaunchState.Gone, other.State);
        await GoneAsync(restarted, launch);
    }

    [Fact]
    public async Task Query_AfterTheTrainerLeft_TellsItsExitCode()
    {
        var launcher = new LocalRunLauncher(new TrainerCommand(new NtlOptions { TrainerPath = Script("exit 75") }));
        var launch = Launch();

        await launcher.StartAsync(launch, TestContext.Current.CancellationToken);

        Assert.Equal("exit code 75", (await GoneAsync(launcher, launch)).Detail);
    }

    [Fact]
    public async Task Start_WithoutATrainer_SaysWhatToDo()
    {
        var launcher = new LocalRunLauncher(new TrainerCommand(new NtlOptions { TrainerPath = "/nowhere/ntl-train" }));

        var refused = await Assert.ThrowsAsync<LaunchException>(() => launcher.StartAsync(Launch(), TestContext.Current.CancellationToken));

        Assert.Contains("Ntl__TrainerPath", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Trainers.KillAll(_directory.Root);
        _directory.Dispose();
    }

    private Launch Launch()
    {
        var run = RunId.New();
        var directory = new RunDirectory(_directory[run.Value]);
        directory.Create();
        directory.CreateAttempt(1);
        return new Launch(run, 1, "0123abcd", "cpu", directory);
    }

    private string Script(string body)
    {
        var path = _directory["trainer"];
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static async Task<string> LogAsync(Launch launch, string until)
    {
        var path = launch.Directory.Attempt(1).LogPath;
        for (var i = 0; i < 500; i++)
        {
            if (File.Exists(path) && (await File.ReadAllTextAsync(path)).Contains(until, StringComparison.Ordinal))
            {
                return await File.ReadAllTextAsync(path);
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"The log never said '{until}'.");
    }

    private static async Task<LaunchReport> GoneAsync(LocalRunLauncher launcher, Launch launch)
    {
        for (var i = 0; i < 500; i++)
        {
            var report = await launcher.QueryAsync(launch, CancellationToken.None);
            if (report.State == LaunchState.Gone)
            {
                return report;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("The trainer never left.");
    }
}
