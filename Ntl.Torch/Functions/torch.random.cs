using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the default generators of the CPU and of every GPU.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The state of the CPU's default generator.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Continues the CPU's default generator from a state that <see cref="get_rng_state"/> returned.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generators.</summary>
    public static class random
    {
        /// <inheritdoc cref="torch.manual_seed"/>
        public static Generator manual_seed(long seed)
        {
            _ = NativeMethods.Check(NativeMethods.ntl_manual_seed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        /// <summary>The seed that the CPU's default generator last started at.</summary>
        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <inheritdoc cref="torch.get_rng_state"/>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <inheritdoc cref="torch.set_rng_state"/>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
