using System.CommandLine;
using System.Diagnostics;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;
using Ntl.Training.Tuning;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train doctor</c>: says what this machine computes with and what to install to compute faster.</summary>
internal static class DoctorCommand
{
    private const int Side = 1024;
    private const int Repetitions = 8;
    private const double SlowGflops = 15; // MKL reaches 50 and more on one core
    private static readonly string s_preparation = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so.txt"); // written by the build

    public static Command Create()
    {
        Command command = new("doctor", "Measures this machine, and names what to install where it is slow.") { ThreadOption.Threads };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            try
            {
                ThreadOption.Apply(parsed);
                Report(output);
                return TrainerExitCode.Finished;
            }
            catch (DllNotFoundException exception)
            {
                output.WriteLine(exception.Message);
                return TrainerExitCode.Failed;
            }
        });
        return command;
    }

    private static void Report(TextWriter output)
    {
        var single = Gflops(ScalarType.Float32);
        var half = Gflops(ScalarType.BFloat16);
        output.WriteLine($"processor   {Processors.ModelName()}, {Processors.PhysicalCoreCount()} cores");
        output.WriteLine($"threads     {get_num_threads()} an operator (OMP_WAIT_POLICY {Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "not set"})");
        output.WriteLine($"libtorch    {__version__}: {LoadedLibraries.Find("libtorch_cpu") ?? "statically linked"}");
        output.WriteLine($"TorchSharp  {(File.Exists(s_preparation) ? File.ReadAllText(s_preparation).Trim() : "as published")}");
        output.WriteLine($"BLAS        {LoadedLibraries.Find("libblas") ?? "MKL, within libtorch"}; its question whether the processor is Intel's: {MklAnswer.Reason}");
        output.WriteLine(FormattableString.Invariant($"float32     {single:F0} GFLOP/s in {Side} × {Side} matrix products"));
        output.WriteLine(FormattableString.Invariant($"bfloat16    {half:F0} GFLOP/s, {(Processor.HasBFloat16 ? "computed by the processor" : "emulated: train in float32")}"));
        output.WriteLine($"allocator   {LoadedLibraries.Find("libjemalloc") ?? "the C library's"}");
        output.WriteLine($"CUDA        {(cuda.is_available() ? $"{cuda.device_count()} devices" : "none")}");
        if (single < SlowGflops)
        {
            output.WriteLine("→ Matrix products are slow. Does something else keep the processor busy?");
        }

        if (ProcessTuning.Allocator is null)
        {
            output.WriteLine("→ A training step gains up to a quarter with jemalloc. Install it with: apt-get install libjemalloc2");
        }
    }

    private static double Gflops(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        var left = ones(Side, Side, dtype: type);
        var right = ones(Side, Side, dtype: type);
        left.mm(right).Dispose();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Repetitions; i++)
        {
            left.mm(right).Dispose();
        }

        return 2.0 * Side * Side * Side * Repetitions / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }
}
