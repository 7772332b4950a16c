namespace Ntl.Domain.Landscapes;

/// <summary>One loop of a landscape's arithmetic and an optimiser's.</summary>
internal sealed class KernelStepper<TKernel, TStep>(TKernel kernel, TStep rule) : Stepper
    where TKernel : struct, IKernel
    where TStep : struct, IStep
{
    private readonly TKernel _kernel = kernel;
    private readonly TStep _rule = rule;

    public override void Advance(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, bool isMeasuring) =>
        _kernel.Advance(tile, stepInBlock, rates, in _rule, isMeasuring);
}
