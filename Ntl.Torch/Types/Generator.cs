using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers whose state can be taken and put back.</summary>
    public class Generator : IDisposable
    {
        internal Generator(IntPtr handle, Device device)
        {
            Handle = NativeMethods.Check(handle);
            this.device = device;
        }

        /// <summary>A new source that starts at <paramref name="seed"/>.</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(New(seed, device ?? CPU), device ?? CPU)
        {
        }

        /// <summary>Frees the native source.</summary>
        ~Generator() => Dispose(disposing: false);

        /// <summary>The source that operators use where none is given, on the CPU.</summary>
        public static Generator Default => new(NativeMethods.ntl_generator_default((int)DeviceType.CPU, -1), CPU);

        /// <summary>The native source.</summary>
        public IntPtr Handle { get; private set; }

        /// <summary>Where its numbers are made.</summary>
        public Device device { get; }

        /// <summary>A copy of the state, as bytes.</summary>
        public Tensor get_state() => new(NativeMethods.Check(NativeMethods.ntl_generator_state(Handle)));

        /// <summary>Continues from a state that <see cref="get_state"/> returned.</summary>
        public void set_state(Tensor value) => NativeMethods.Check(NativeMethods.ntl_generator_set_state(Handle, value.Handle));

        /// <summary>Starts again at <paramref name="seed"/>.</summary>
        public Generator manual_seed(long seed)
        {
            _ = NativeMethods.Check(NativeMethods.ntl_generator_seed(Handle, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>The seed it last started at.</summary>
        public long initial_seed() => unchecked((long)NativeMethods.ntl_generator_initial_seed(Handle));

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Frees the native source.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0)
            {
                NativeMethods.ntl_generator_release(Handle);
                Handle = 0;
            }
        }

        private static IntPtr New(ulong seed, Device device) => NativeMethods.ntl_generator_new((int)device.type, device.index, seed);
    }
}
