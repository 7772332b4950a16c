using System.CommandLine;
using System.Globalization;
using Ntl.Training.Tuning;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary>The option that commands with tensors share, and what they do before their first tensor.</summary>
internal static class ThreadOption
{
    private const string Variable = "OMP_NUM_THREADS";

    public static Option<int> Threads { get; } = new("--threads") { Description = "Threads of one operator; without it, as many as a short trial finds fastest." };

    /// <summary>Sets the threads, and checks the products of an MKL that was told to use faster kernels.</summary>
    /// <returns>The threads that a person asked for; null where the choice is free.</returns>
    public static int? Apply(ParseResult parsed)
    {
        if (MklAnswer.IsGiven && !ProductCheck.Passes())
        {
            parsed.InvocationConfiguration.Error.WriteLine("MKL's AVX-512 kernels multiply wrongly on this processor: going on without them.");
            ProcessTuning.ApplyWithoutAnswer();
        }

        int? wanted = parsed.GetValue(Threads) is > 0 and var given ? given
            : int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var ofVariable) && ofVariable > 0 ? ofVariable
            : null;
        set_num_threads(wanted ?? Processors.PhysicalCoreCount());
        return wanted;
    }
}
