using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·Φ(x), with Φ the normal distribution function.</summary>
    public sealed class GELU : nn.Module<Tensor, Tensor>
    {
        internal GELU(Approximate approximate)
            : base(nameof(GELU)) => this.approximate = approximate;

        /// <summary>How Φ is computed.</summary>
        public enum Approximate
        {
            /// <summary>By the error function.</summary>
            none,

            /// <summary>By the hyperbolic tangent, as GPT-2 does.</summary>
            tanh,
        }

        /// <summary>How Φ is computed.</summary>
        public Approximate approximate { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.gelu(input, approximate);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x·Φ(x), by the error function.</summary>
            public static Modules.GELU GELU() => new(Modules.GELU.Approximate.none);

            /// <summary>x·Φ(x), computed as told.</summary>
            public static Modules.GELU GELU(Modules.GELU.Approximate approximate) => new(approximate);
        }
    }
}
