using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Zeroes elements with probability p while training, and scales the others by 1/(1 − p).</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        internal Dropout(double p)
            : base(nameof(Dropout)) => this.p = p;

        /// <summary>The probability that an element is zeroed.</summary>
        public double p { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.dropout(input, p, training);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Zeroes elements with probability <paramref name="p"/> while training.</summary>
            public static Modules.Dropout Dropout(double p = 0.5) => new(p);
        }
    }
}
