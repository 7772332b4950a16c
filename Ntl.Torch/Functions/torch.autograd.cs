using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Reverse-mode differentiation.</summary>
    public static unsafe class autograd
    {
        /// <summary>
        /// Gradients of the outputs' sum (each weighted by its <paramref name="grad_outputs"/>; 1 for a scalar) with respect to each input.
        /// With <paramref name="create_graph"/> they can be differentiated again. An input that the outputs do not depend on is an error,
        /// or null where <paramref name="allow_unused"/>.
        /// </summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var gradients = new IntPtr[inputs.Count];
            fixed (IntPtr* outs = Handles(outputs), ins = Handles(inputs), seeds = Handles(grad_outputs), results = gradients)
            {
                _ = NativeMethods.Check(NativeMethods.ntl_grad(
                    outs, outputs.Count, ins, inputs.Count, seeds, grad_outputs?.Count ?? 0,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, results));
            }

            return [.. gradients.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        /// <summary>Adds the tensors' gradients to every leaf they were computed from, or to <paramref name="inputs"/>.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            fixed (IntPtr* roots = Handles(tensors), seeds = Handles(grad_tensors), leaves = Handles(inputs))
            {
                _ = NativeMethods.Check(NativeMethods.ntl_backward(
                    roots, tensors.Count, seeds, grad_tensors?.Count ?? 0,
                    retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, leaves, inputs?.Count ?? 0));
            }
        }

        private static IntPtr[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : [.. tensors.Select(tensor => tensor.Handle)];
    }
}
