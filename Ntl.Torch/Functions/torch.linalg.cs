using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static class linalg
    {
        private static readonly Operator s_eigvalsh = new("linalg_eigvalsh");
        private static readonly Operator s_vectorNorm = new("linalg_vector_norm");

        /// <summary>Eigenvalues of symmetric matrices, in ascending order; one triangle is read.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => s_eigvalsh.Call(input, UPLO.ToString());

        /// <summary>(Σ|x|ᵖ)^(1/p) along dimensions, or of all elements.</summary>
        public static Tensor vector_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            s_vectorNorm.Call(input, ord, dims, keepdim);
    }
}
