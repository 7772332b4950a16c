using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private static readonly Operator s_localScalar = new("_local_scalar_dense");

        /// <summary>The elements for reading and writing; those of a GPU tensor are a copy in main memory.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not what the elements are.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            CheckType<T>();
            return new TensorAccessor<T>(is_cpu() ? this : cpu());
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one, or it is not a <typeparamref name="T"/>.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"item() needs a tensor of one element, not {NumberOfElements}.");
            }

            CheckType<T>();
            if (is_cpu())
            {
                return *(T*)DataPointer;
            }

            using var copy = cpu();
            return *(T*)copy.DataPointer;
        }

        /// <summary>The elements' bytes, in place; the tensor must be contiguous, in main memory, and outlive the span.</summary>
        public Span<byte> bytes
        {
            get
            {
                var length = CheckBytes();
                return new Span<byte>((void*)DataPointer, checked((int)length));
            }

            set
            {
                var length = CheckBytes();
                if (length != value.Length)
                {
                    throw new ArgumentException($"The tensor has {length} bytes, not {value.Length}.", nameof(value));
                }

                value.CopyTo(new Span<byte>((void*)DataPointer, value.Length));
            }
        }

        /// <summary>The first element's address; null where there is no element.</summary>
        internal IntPtr DataPointer
        {
            get
            {
                IntPtr address;
                _ = NativeMethods.Check(NativeMethods.ntl_tensor_data(Handle, &address));
                return address;
            }
        }

        /// <summary>Writes the elements' bytes, of any number.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var left = CheckBytes();
            for (var at = (byte*)DataPointer; left > 0;)
            {
                var length = (int)Math.Min(left, int.MaxValue);
                stream.Write(new ReadOnlySpan<byte>(at, length));
                at += length;
                left -= length;
            }
        }

        /// <summary>Reads the elements' bytes, of any number.</summary>
        /// <exception cref="EndOfStreamException">The stream has fewer.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var left = CheckBytes();
            for (var at = (byte*)DataPointer; left > 0;)
            {
                var length = (int)Math.Min(left, int.MaxValue);
                stream.ReadExactly(new Span<byte>(at, length));
                at += length;
                left -= length;
            }
        }

        /// <summary>The only element, as a double.</summary>
        internal double ReadDouble()
        {
            var value = s_localScalar.Read(this);
            return value.Kind == NativeKind.Real ? value.Real : value.Integer;
        }

        /// <summary>The only element, as a whole number; a real one loses its fraction.</summary>
        internal long ReadInt64()
        {
            var value = s_localScalar.Read(this);
            return value.Kind == NativeKind.Real ? (long)value.Real : value.Integer;
        }

        private void CheckType<T>()
        {
            if (ToScalarType(typeof(T)) != dtype)
            {
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}.");
            }
        }

        /// <summary>The number of bytes, once it is sure that they lie in a row in main memory.</summary>
        private long CheckBytes()
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException("The bytes of a tensor that is not contiguous do not lie in a row. Call contiguous() first.");
            }

            return is_cpu()
                ? NumberOfElements * ElementSize
                : throw new InvalidOperationException("The bytes of a GPU tensor are not in main memory. Call cpu() first.");
        }
    }
}
