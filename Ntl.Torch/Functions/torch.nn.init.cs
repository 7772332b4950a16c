namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills tensors before training; nothing is recorded.</summary>
        public static class init
        {
            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => Silently(() => tensor.fill_(1));

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => Silently(tensor.zero_);

            /// <summary>Draws from a normal distribution.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Silently(() => tensor.normal_(mean, std, generator));

            /// <summary>Draws from [low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Silently(() => tensor.uniform_(low, high, generator));

            private static Tensor Silently(Func<Tensor> fill)
            {
                using var withoutGraph = no_grad();
                return fill();
            }
        }
    }
}
