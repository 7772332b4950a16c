using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Copies, element types, devices, fills.
    public partial class Tensor
    {
        private static readonly Operator s_clone = new("clone");
        private static readonly Operator s_copy = new("copy_");
        private static readonly Operator s_toType = new("to", "dtype");
        private static readonly Operator s_toDevice = new("to", "device");
        private static readonly Operator s_fill = new("fill_", "Scalar");
        private static readonly Operator s_zero = new("zero_");
        private static readonly Operator s_maskedFill = new("masked_fill", "Scalar");
        private static readonly Operator s_maskedFillInPlace = new("masked_fill_", "Scalar");
        private static readonly Operator s_set = new("set_", "source_Tensor");
        private static readonly Operator s_pinMemory = new("pin_memory");

        /// <summary>A copy, through which derivatives flow.</summary>
        public Tensor clone() => s_clone.Call(this);

        /// <summary>Takes over the elements of another tensor, broadcast and converted.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace(s_copy, source, nonBlocking);

        /// <summary>The elements as another type; the same tensor if they are of it, unless a copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Replacing(disposeAfter, s_toType.Call(this, type, non_blocking, copy));

        /// <inheritdoc cref="to_type"/>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to_type"/>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>The elements on another device; the same tensor if they are there, unless a copy is asked for.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(dtype, device, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(Device, bool, bool, bool)"/>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(Device, bool, bool, bool)"/>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>The elements as another type on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Replacing(disposeAfter, s_toDevice.Call(this, device, type, non_blocking, copy));

        /// <summary>The elements in main memory.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>The elements on a GPU, the current one if none is named.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        /// <summary>As single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>As double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>As <see cref="ScalarType.BFloat16"/>.</summary>
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        /// <summary>As half precision.</summary>
        public Tensor half() => to_type(ScalarType.Float16);

        /// <summary>As 64-bit whole numbers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>As 32-bit whole numbers.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>As truth values.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>A copy in memory that a GPU can read without the CPU.</summary>
        public Tensor pin_memory() => s_pinMemory.Call(this);

        /// <summary>Sets every element.</summary>
        public Tensor fill_(Scalar value) => InPlace(s_fill, value);

        /// <summary>Sets every element to zero.</summary>
        public Tensor zero_() => InPlace(s_zero);

        /// <summary>With a value where the mask holds.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => s_maskedFill.Call(this, mask, value);

        /// <inheritdoc cref="masked_fill"/>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace(s_maskedFillInPlace, mask, value);

        /// <summary>Makes the tensor share storage, shape and strides with another.</summary>
        public Tensor set_(Tensor source) => InPlace(s_set, source);

        private Tensor Replacing(bool disposeThis, Tensor replacement)
        {
            if (disposeThis)
            {
                Dispose();
            }

            return replacement;
        }
    }
}
