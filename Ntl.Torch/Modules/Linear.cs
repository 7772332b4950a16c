using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·Wᵀ + b: (…, in) → (…, out).</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter _weight = null!;

        [ComponentName(Name = nameof(bias))]
        private Parameter? _bias;

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Linear))
        {
            in_features = inputSize;
            out_features = outputSize;
            weight = new Parameter(torch.empty(outputSize, inputSize, dtype, device).DetachFromDisposeScope());
            bias = hasBias ? new Parameter(torch.empty(outputSize, dtype, device).DetachFromDisposeScope()) : null;
            var bound = 1 / Math.Sqrt(inputSize);
            using var withoutGraph = no_grad();
            _ = weight.uniform_(-bound, bound);
            _ = bias?.uniform_(-bound, bound);
        }

        /// <summary>W, (out, in).</summary>
        public Parameter weight
        {
            get => _weight;
            set
            {
                _weight = value;
                ConditionallyRegisterParameter(nameof(weight), value);
            }
        }

        /// <summary>b, (out); null if there is none.</summary>
        public Parameter? bias
        {
            get => _bias;
            set
            {
                _bias = value;
                ConditionallyRegisterParameter(nameof(bias), value);
            }
        }

        /// <summary>Length of an input's last dimension.</summary>
        public long in_features { get; }

        /// <summary>Length of an output's last dimension.</summary>
        public long out_features { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x·Wᵀ + b with W and b drawn from ±1/√in.</summary>
            public static Modules.Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}
