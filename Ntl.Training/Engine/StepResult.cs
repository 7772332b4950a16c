using System.Runtime.InteropServices;

namespace Ntl.Training.Engine;

/// <summary>What a step saw before its update.</summary>
/// <param name="Loss">Mean cross-entropy over all micro-batches; nats per token.</param>
/// <param name="GradientNorm">Global L2 norm of the mean gradient before clipping; nats per parameter.</param>
/// <param name="GradientScale">What the gradient was multiplied with: 1, or less where it was clipped.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StepResult(double Loss, double GradientNorm, double GradientScale);
