using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator s_detach = new("detach");
        private static readonly Operator s_detachInPlace = new("detach_");

        /// <summary>Whether operations on the tensor are recorded, to be differentiated.</summary>
        public bool requires_grad
        {
            get => NativeMethods.ntl_tensor_requires_grad(Handle) != 0;
            set => NativeMethods.Check(NativeMethods.ntl_tensor_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>Sets <see cref="requires_grad"/>.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <inheritdoc cref="requires_grad_"/>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Whether the tensor is an input of the graph rather than a result.</summary>
        public bool is_leaf => NativeMethods.Check(NativeMethods.ntl_tensor_is_leaf(Handle)) != 0;

        /// <summary>The gradient that <see cref="backward()"/> accumulated; each read makes an object of its own for it. Null where there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                IntPtr gradient;
                _ = NativeMethods.Check(NativeMethods.ntl_tensor_grad(Handle, &gradient));
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set => NativeMethods.Check(NativeMethods.ntl_tensor_set_grad(Handle, value?.Handle ?? 0));
        }

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => NativeMethods.Check(NativeMethods.ntl_tensor_retain_grad(Handle));

        /// <summary>Adds the gradient of this scalar to every leaf it was computed from.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Adds the gradient of this tensor, times <paramref name="grad_tensors"/>, to every leaf it was computed from or to <paramref name="inputs"/>.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>The same elements outside the graph.</summary>
        public Tensor detach() => s_detach.Call(this);

        /// <summary>Takes the tensor out of the graph.</summary>
        public Tensor detach_()
        {
            s_detachInPlace.Run(this);
            return this;
        }
    }
}
