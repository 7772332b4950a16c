using System.Diagnostics;
using System.Text;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Tests.Support;

namespace Ntl.Tests.Training.Commands;

/// <summary>The real program.</summary>
public class ScheduleCommandTests
{
    private const string Cosine = """{"lr_scheduler_type":"cosine","learning_rate":3e-4,"warmup_steps":100,"max_steps":1000}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_HuggingFace_PrintsOurJsonAndTheConvention()
    {
        var (code, output, error) = await RunAsync(Cosine, "import");

        Assert.Equal(0, code);
        Assert.Equal(ScheduleImport.Read(Cosine).Schedule, ScheduleSpec.Parse(output));
        Assert.Contains("first update has rate 0", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ToPython_PrintsTheFile()
    {
        var (code, output, _) = await RunAsync(Cosine, "export", "--to", "pytorch");

        Assert.Equal(0, code);
        Assert.Equal(ScheduleExport.Write(ScheduleImport.Read(Cosine).Schedule!, ExportFormat.PyTorch).Text, output);
    }

    [Fact]
    public async Task Show_Schedule_SaysWhatItIs()
    {
        var (code, output, _) = await RunAsync(Cosine, "show", "--from", "huggingface");

        Assert.Equal(0, code);
        Assert.Contains("1000 steps, peak 3e-4, η_min 0, D = ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhatIsNone_SaysWhy()
    {
        var (code, output, error) = await RunAsync("step,lr\n0,x\n", "import");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("line 2: A rate is a number", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_PythonWithTheRestBesideIt_PrintsOurJson()
    {
        var (code, output, error) = await RunAsync("sched = StepLR(optimizer, step_size=30)\n", "import", "--lr", "0.1", "--steps", "90");

        Assert.Equal(0, code);
        Assert.Equal(new ScheduleSpec(new StepDecay(90, 0.1, 0, 0.1, 30)), ScheduleSpec.Parse(output));
        Assert.Contains("Read from line 1: StepLR.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_StateOfATrainingUnderWay_NamesLastEpoch()
    {
        var (code, output, error) = await RunAsync("""{"scheduler":"CosineAnnealingLR","lr":0.1,"steps":1000,"T_max":1000,"last_epoch":500}""", "import");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("last_epoch: This is the state", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string text, string verb, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ntl-train"), ["schedule", verb, directory.Write("schedule.txt", Encoding.UTF8.GetBytes(text)), .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output, await error);
    }
}
