using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Products of vectors and matrices.
    public partial class Tensor
    {
        private static readonly Operator s_matmul = new("matmul");
        private static readonly Operator s_mm = new("mm");
        private static readonly Operator s_bmm = new("bmm");
        private static readonly Operator s_mv = new("mv");
        private static readonly Operator s_dot = new("dot");
        private static readonly Operator s_outer = new("outer");
        private static readonly Operator s_addmm = new("addmm");
        private static readonly Operator s_baddbmm = new("baddbmm");
        private static readonly Operator s_trace = new("trace");

        /// <summary>The product of the last two dimensions, the others broadcast: (…, n, k)·(…, k, m) → (…, n, m).</summary>
        public Tensor matmul(Tensor target) => s_matmul.Call(this, target);

        /// <summary>(n, k)·(k, m) → (n, m).</summary>
        public Tensor mm(Tensor target) => s_mm.Call(this, target);

        /// <summary>(B, n, k)·(B, k, m) → (B, n, m).</summary>
        public Tensor bmm(Tensor batch2) => s_bmm.Call(this, batch2);

        /// <summary>(n, k)·(k) → (n).</summary>
        public Tensor mv(Tensor target) => s_mv.Call(this, target);

        /// <summary>(n)·(n) → ().</summary>
        public Tensor dot(Tensor target) => s_dot.Call(this, target);

        /// <summary>(n)⊗(m) → (n, m).</summary>
        public Tensor outer(Tensor vec2) => s_outer.Call(this, vec2);

        /// <summary>beta·x + alpha·(mat1·mat2).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => s_addmm.Call(this, mat1, mat2, beta, alpha);

        /// <summary>beta·x + alpha·(batch1·batch2).</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => s_baddbmm.Call(this, batch1, batch2, beta, alpha);

        /// <summary>Sum of a matrix's diagonal.</summary>
        public Tensor trace() => s_trace.Call(this);
    }
}
