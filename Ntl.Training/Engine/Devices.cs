using System.Globalization;
using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>The devices of this machine.</summary>
public static class Devices
{
    private const string Processor = "cpu";
    private const string GpuPrefix = "cuda:";

    /// <summary>The device that a run names.</summary>
    /// <param name="name"><c>cpu</c>, or <c>cuda:0</c> and so on.</param>
    /// <exception cref="DeviceException">It is not there. Asked first, as a name of a GPU without CUDA makes libtorch fail with pages of paths.</exception>
    public static Device Require(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.Equals(name, Processor, StringComparison.Ordinal))
        {
            return CPU;
        }

        var count = cuda.is_available() ? cuda.device_count() : 0;
        return name.StartsWith(GpuPrefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(GpuPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count
            ? device(name)
            : throw new DeviceException(FormattableString.Invariant($"The run wants {name}, but libtorch sees {count} CUDA devices here."));
    }
}
