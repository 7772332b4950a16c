using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Main memory.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current GPU.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>Nowhere: tensors that have shapes only.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The device that a text such as <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c> names.</summary>
    public static Device device(string description) => new(description);

    /// <inheritdoc cref="device(string)"/>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <inheritdoc cref="device(string)"/>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The GPU of that number.</summary>
    public static Device device(int index) => new(index);

    /// <summary>Where a tensor's bytes are: the kind of device and, for a GPU, its number.</summary>
    public class Device
    {
        /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">The text names no known kind of device.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            index = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : -1;
        }

        /// <summary>The device of that kind and number; −1 is the current one.</summary>
        public Device(string deviceType, int index = -1)
            : this(Enum.Parse<DeviceType>(deviceType, ignoreCase: true), index)
        {
        }

        /// <inheritdoc cref="Device(string, int)"/>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The GPU of that number.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The GPU's number; −1 is the current one, and what main memory has.</summary>
        public int index { get; }

        /// <summary>Reads a device from text.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>As PyTorch writes it: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
        public override string ToString()
        {
            var kind = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index < 0 ? kind : $"{kind}:{index}";
        }
    }
}
