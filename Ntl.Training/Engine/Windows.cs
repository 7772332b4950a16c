using static TorchSharp.torch;

namespace Ntl.Training.Engine;

/// <summary>Windows of tokens as tensors.</summary>
internal static class Windows
{
    /// <summary>Splits windows into inputs and the token that follows each.</summary>
    /// <param name="windows">(n, T + 1) tokens, row by row.</param>
    /// <param name="contextLength">T.</param>
    /// <param name="device">Where the tensors go.</param>
    /// <returns>Inputs and targets, each (n, T).</returns>
    public static (Tensor Inputs, Tensor Targets) ToTensors(long[] windows, long contextLength, Device device)
    {
        var rows = tensor(windows, dtype: ScalarType.Int64, device: device).view(-1, contextLength + 1);
        return (rows.narrow(1, 0, contextLength).contiguous(), rows.narrow(1, 1, contextLength).contiguous());
    }
}
