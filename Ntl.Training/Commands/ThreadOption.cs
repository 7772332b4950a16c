using System.CommandLine;
using static TorchSharp.torch;

namespace Ntl.Training.Commands;

/// <summary>The option that commands with tensors share.</summary>
internal static class ThreadOption
{
    public static Option<int> Threads { get; } = new("--threads") { Description = "Threads of one operator; without it, one a physical core." };

    public static void Apply(ParseResult parsed)
    {
        if (parsed.GetValue(Threads) is > 0 and var count)
        {
            set_num_threads(count);
        }
    }
}
