using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A row of a table for each index: (…) → (…, width).</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter _weight = null!;

        internal Embedding(long num_embeddings, long embedding_dims)
            : base(nameof(Embedding))
        {
            weight = new Parameter(torch.empty(num_embeddings, embedding_dims).DetachFromDisposeScope());
            using var withoutGraph = no_grad();
            _ = weight.normal_();
        }

        /// <summary>The table, (rows, width).</summary>
        public Parameter weight
        {
            get => _weight;
            set
            {
                _weight = value;
                ConditionallyRegisterParameter(nameof(weight), value);
            }
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.embedding(input, weight);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of that many rows of that width, drawn from the standard normal distribution.</summary>
            public static Modules.Embedding Embedding(long num_embeddings, long embedding_dims) => new(num_embeddings, embedding_dims);
        }
    }
}
