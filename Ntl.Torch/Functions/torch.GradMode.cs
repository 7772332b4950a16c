using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Stops this thread from recording operations until disposed.</summary>
    public static IDisposable no_grad() => new GradMode(enabled: false);

    /// <summary>Makes this thread record operations until disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <inheritdoc cref="enable_grad"/>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Whether this thread records operations.</summary>
    public static bool is_grad_enabled() => NativeMethods.ntl_grad_mode_enabled() != 0;

    /// <summary>As <see cref="no_grad"/>, and what is computed can never be recorded later, until disposed.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread is in <see cref="inference_mode"/>.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.ntl_inference_mode_enabled() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly int _before = NativeMethods.ntl_grad_mode_enabled();

        public GradMode(bool enabled) => NativeMethods.ntl_grad_mode_set(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.ntl_grad_mode_set(_before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private IntPtr _guard = NativeMethods.Check(NativeMethods.ntl_inference_mode_enter(enabled ? 1 : 0));

        public void Dispose()
        {
            if (_guard != 0)
            {
                NativeMethods.ntl_inference_mode_leave(_guard);
                _guard = 0;
            }
        }
    }
}
