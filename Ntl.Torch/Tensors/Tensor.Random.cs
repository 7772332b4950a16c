using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Random elements; without a generator, the device's own is used.
    public partial class Tensor
    {
        private static readonly Operator s_normal = new("normal_");
        private static readonly Operator s_uniform = new("uniform_");
        private static readonly Operator s_bernoulli = new("bernoulli");
        private static readonly Operator s_bernoulliInPlace = new("bernoulli_", "float");
        private static readonly Operator s_multinomial = new("multinomial");

        /// <summary>Fills with draws from a normal distribution.</summary>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => InPlace(s_normal, mean, std, generator);

        /// <summary>Fills with draws from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => InPlace(s_uniform, from, to, generator);

        /// <summary>Zeros and ones, each one with the probability that its element gives.</summary>
        public Tensor bernoulli(Generator? generator = null) => s_bernoulli.Call(this, generator);

        /// <summary>Fills with zeros and ones, each one with probability <paramref name="p"/>.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => InPlace(s_bernoulliInPlace, p, generator);

        /// <summary>Draws indices of the last dimension with probabilities in proportion to the elements.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            s_multinomial.Call(this, num_samples, replacement, generator);
    }
}
