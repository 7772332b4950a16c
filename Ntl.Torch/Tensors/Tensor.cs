using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An n-dimensional array on a device, with its place in the graph of derivatives. Disposed by its scope or by hand.</summary>
    public unsafe partial class Tensor : IDisposable
    {
        private static long s_totalCount;
        private static long s_peakCount;

        private IntPtr _handle;

        internal Tensor(IntPtr handle, bool register = true)
        {
            _handle = handle;
            var total = Interlocked.Increment(ref s_totalCount);
            if (total > Volatile.Read(ref s_peakCount))
            {
                Volatile.Write(ref s_peakCount, total);
            }

            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
            }
        }

        /// <summary>Frees the native tensor of one that nobody disposed.</summary>
        ~Tensor() => Dispose(disposing: false);

        /// <summary>Live tensors of the whole process.</summary>
        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        /// <summary>The most that <see cref="TotalCount"/> has been.</summary>
        public static long PeakCount => Interlocked.Read(ref s_peakCount);

        /// <summary>A name for people.</summary>
        public string? name { get; set; }

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => _handle != 0 ? _handle : throw new InvalidOperationException("The tensor was disposed.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Frees the native tensor, unless another handle of it or the graph holds it.</summary>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <inheritdoc cref="Dispose()"/>
        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0)
            {
                return;
            }

            DisposeScopeManager.ThreadSingleton.CountDisposal(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            _ = Interlocked.Decrement(ref s_totalCount);
            NativeMethods.ntl_tensor_release(_handle);
            _handle = 0;
        }

        /// <inheritdoc cref="DisposeScope.MoveToOuter{T}(T)"/>
        public Tensor MoveToOuterDisposeScope()
        {
            _ = OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <inheritdoc cref="DisposeScope.Detach{T}(T)"/>
        public Tensor DetachFromDisposeScope()
        {
            _ = OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <inheritdoc cref="DisposeScope.MoveToOther{T}(DisposeScope?, T)"/>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
            {
                other?.Attach(this);
            }
            else
            {
                _ = OwningDisposeScope.MoveToOther(other, this);
            }

            return this;
        }

        /// <summary>Takes the native tensor away; this object is disposed from then on, but stays counted where it was made.</summary>
        internal IntPtr MoveHandle()
        {
            var handle = Handle;
            _handle = 0;
            _ = Interlocked.Decrement(ref s_totalCount);
            return handle;
        }

        /// <summary>A second object for the same native tensor.</summary>
        public Tensor alias() => new(NativeMethods.Check(NativeMethods.ntl_tensor_alias(Handle)));

        /// <inheritdoc/>
        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        /// <inheritdoc/>
        public override int GetHashCode() => base.GetHashCode();

        /// <summary>Shape, element type and device.</summary>
        public override string ToString() => IsInvalid ? "disposed tensor" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
