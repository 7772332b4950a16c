namespace TorchSharp;

/// <summary>Where a tensor's bytes are; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>Main memory.</summary>
    CPU = 0,

    /// <summary>An NVIDIA GPU.</summary>
    CUDA = 1,

    /// <summary>Nowhere: shapes only.</summary>
    META = 14,
}
