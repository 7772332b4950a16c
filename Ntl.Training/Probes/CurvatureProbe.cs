using Ntl.Domain.Thermodynamics;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>The curvature of a model's loss on one batch: traces, largest eigenvalues, the whole spectrum.</summary>
/// <remarks>
/// In the model's own compute type: in bfloat16 runs an eigenvalue is right to about a hundredth. A sign rule has no metric of its own,
/// so that nothing preconditioned is measured under it.
/// </remarks>
/// <param name="model">The model; its dropout is off while it is measured.</param>
/// <param name="groups">What traces are summed over.</param>
public sealed class CurvatureProbe(Gpt model, IReadOnlyList<ParameterGroup> groups)
{
    private const int TraceDraws = 4;
    private const int LargestIterations = 12;
    private const int SpectrumIterations = 16;
    private const int SpectrumDraws = 2;

    /// <summary>Traces and largest eigenvalues; some 70 gradients of the batch.</summary>
    /// <param name="batch">Inputs and targets, each (B, T).</param>
    /// <param name="preconditioner">P of now.</param>
    /// <param name="seed">Of the probe vectors.</param>
    /// <param name="beforeProduct">Called before each product, some 2.5 gradients; may throw to leave.</param>
    public CurvatureReading Measure((Tensor Inputs, Tensor Targets) batch, Preconditioner preconditioner, ulong seed, Action? beforeProduct = null)
    {
        ArgumentNullException.ThrowIfNull(preconditioner);
        using var hessian = Hessian(batch, beforeProduct);
        using var one = ones(1, device: model.Arena.Device); // weighs nothing, for a rule without a diagonal
        var (whole, parts) = HutchinsonProbe.Measure(hessian, preconditioner.Diagonal ?? one, groups, TraceDraws, seed);
        var largest = LanczosProbe.Measure(hessian, diagonal: null, LargestIterations, seed).Largest;
        return preconditioner.Diagonal is { } diagonal
            ? new(whole, parts, largest, LanczosProbe.Measure(hessian, diagonal, LargestIterations, seed).Largest)
            : new(whole, parts, largest, LargestPreconditioned: null);
    }

    /// <summary>The spectrum of P^½HP^½; some 80 gradients of the batch.</summary>
    /// <inheritdoc cref="Measure"/>
    /// <returns>Null under a sign rule.</returns>
    public SpectralDensity? MeasureSpectrum((Tensor Inputs, Tensor Targets) batch, Preconditioner preconditioner, ulong seed, Action? beforeProduct = null)
    {
        ArgumentNullException.ThrowIfNull(preconditioner);
        if (preconditioner.Diagonal is not { } diagonal)
        {
            return null;
        }

        using var hessian = Hessian(batch, beforeProduct);
        return LanczosProbe.MeasureSpectrum(hessian, diagonal, SpectrumIterations, SpectrumDraws, seed);
    }

    /// <summary>Products with the Hessian of the loss on a batch, without dropout. The caller disposes it.</summary>
    /// <inheritdoc cref="Measure"/>
    public HessianProduct Hessian((Tensor Inputs, Tensor Targets) batch, Action? beforeProduct = null)
    {
        model.eval();
        try
        {
            return new HessianProduct(() => model.Loss(batch.Inputs, batch.Targets), model.Arena.Leaves, model.Arena.Layout.Count, model.Arena.Device) { BeforeProduct = beforeProduct };
        }
        finally
        {
            model.train(); // the graph is made; what is differentiated later has no dropout in it
        }
    }
}
