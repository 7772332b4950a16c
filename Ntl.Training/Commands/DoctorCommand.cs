using System.CommandLine;
using System.Diagnostics;
using Ntl.Training.Runs;
using Ntl.Training.Tuning;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train doctor</c>: says what this machine computes with and what to install to compute faster.</summary>
internal static class DoctorCommand
{
    private const int Side = 1024;
    private const int Repetitions = 8;
    private const double SlowGflops = 15; // a reference BLAS reaches about 3 on one core, a tuned one 50 and more

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
        var blas = LoadedLibraries.Find("blas") ?? LoadedLibraries.Find("mkl");
        output.WriteLine($"processor   {Processors.ModelName()}, {Processors.PhysicalCoreCount()} cores");
        output.WriteLine($"threads     {get_num_threads()} an operator (OMP_WAIT_POLICY {Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "not set"})");
        output.WriteLine($"libtorch    {LoadedLibraries.Find("libtorch_cpu") ?? "statically linked"}");
        output.WriteLine($"BLAS        {blas ?? "none seen"}");
        output.WriteLine(FormattableString.Invariant($"float32     {single:F0} GFLOP/s in {Side} × {Side} matrix products"));
        output.WriteLine(FormattableString.Invariant($"bfloat16    {half:F0} GFLOP/s"));
        output.WriteLine($"allocator   {LoadedLibraries.Find("libjemalloc") ?? "the C library's"}");
        output.WriteLine($"CUDA        {(cuda.is_available() ? $"{cuda.device_count()} devices" : "none")}");
        if (single < SlowGflops)
        {
            output.WriteLine("→ Matrix products are slow: libtorch runs on a reference BLAS. Install one with: apt-get install libopenblas0-openmp");
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
