using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of dimensions.</summary>
        public long Dimensions => NativeMethods.ntl_tensor_dim(Handle);

        /// <inheritdoc cref="Dimensions"/>
        public long ndim => Dimensions;

        /// <inheritdoc cref="Dimensions"/>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => NativeMethods.ntl_tensor_numel(Handle);

        /// <inheritdoc cref="NumberOfElements"/>
        public long numel() => NumberOfElements;

        /// <summary>Bytes an element.</summary>
        public long ElementSize => NativeMethods.ntl_tensor_element_size(Handle);

        /// <inheritdoc cref="ElementSize"/>
        public long element_size() => ElementSize;

        /// <summary>The length of each dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* first = sizes)
                {
                    NativeMethods.ntl_tensor_sizes(Handle, first);
                }

                return sizes;
            }
        }

        /// <inheritdoc cref="shape"/>
        public long[] size() => shape;

        /// <summary>The length of one dimension; a negative one counts from the end.</summary>
        public long size(int dim) => shape[dim < 0 ? dim + (int)Dimensions : dim];

        /// <summary>Elements between neighbours along each dimension.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* first = strides)
            {
                NativeMethods.ntl_tensor_strides(Handle, first);
            }

            return strides;
        }

        /// <summary>Elements between neighbours along one dimension; a negative one counts from the end.</summary>
        public long stride(int dim) => stride()[dim < 0 ? dim + (int)Dimensions : dim];

        /// <summary>Where in its storage the first element is, in elements.</summary>
        public long storage_offset() => NativeMethods.ntl_tensor_storage_offset(Handle);

        /// <summary>Whether the elements lie in memory in the order of the dimensions, without gaps.</summary>
        public bool is_contiguous() => NativeMethods.ntl_tensor_is_contiguous(Handle) != 0;

        /// <summary>What the elements are.</summary>
        public ScalarType dtype => (ScalarType)NativeMethods.ntl_tensor_dtype(Handle);

        /// <summary>Where the elements are.</summary>
        public Device device => new(device_type, device_index);

        /// <summary>The kind of device the elements are on.</summary>
        public DeviceType device_type => (DeviceType)NativeMethods.ntl_tensor_device_type(Handle);

        /// <summary>The number of the GPU the elements are on; −1 on the CPU.</summary>
        public int device_index => NativeMethods.ntl_tensor_device_index(Handle);

        /// <summary>Whether the elements are on a GPU.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the elements are in main memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <inheritdoc cref="torch.is_floating_point(ScalarType)"/>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <inheritdoc cref="torch.is_integral(ScalarType)"/>
        public bool is_integral() => torch.is_integral(dtype);
    }
}
