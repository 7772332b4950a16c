namespace Ntl.Domain.Landscapes;

/// <summary>Moves the replicas of an ensemble, tile by tile, and adds up what is recorded.</summary>
internal static class EnsembleEngine
{
    public static EnsembleResult Run<TKernel>(TKernel kernel, EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
        where TKernel : struct, IKernel
    {
        var rule = spec.Optimizer;
        Stepper stepper = rule.Kind switch
        {
            EnsembleOptimizerKind.Sgd => new KernelStepper<TKernel, SgdStep>(kernel, new()),
            EnsembleOptimizerKind.HeavyBall => new KernelStepper<TKernel, MomentumStep>(kernel, new(rule.Beta1, 1)),
            EnsembleOptimizerKind.EmaMomentum => new KernelStepper<TKernel, MomentumStep>(kernel, new(rule.Beta1, 1 - rule.Beta1)),
            EnsembleOptimizerKind.RmsProp or EnsembleOptimizerKind.Adam => new KernelStepper<TKernel, AdamStep>(kernel, new(rule)),
            EnsembleOptimizerKind.SignSgd => new KernelStepper<TKernel, SignStep>(kernel, new()),
            EnsembleOptimizerKind.Lion => new KernelStepper<TKernel, LionStep>(kernel, new(rule)),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), rule.Kind, "There is no such optimiser."),
        };
        return Run(kernel, stepper, spec, threads, progress, cancellationToken);
    }

    private static EnsembleResult Run(IKernel kernel, Stepper stepper, EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // Chunks are as many as there are tiles, up to a number that does not depend on threads: each is added up in order, then all of them are.
        const int MostChunks = 64;
        var rates = new double[spec.Schedule.TotalSteps];
        spec.Schedule.CopyRates(0, rates);
        var tiles = (spec.Replicas + Tile.Width - 1) / Tile.Width;
        var chunks = new EnsembleSums[Math.Min(tiles, MostChunks)];
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            chunks[chunk] = new(kernel, spec);
        }

        var work = new EnsembleProgress(progress, tiles);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, chunks.Length, options, chunk =>
        {
            var tile = new Tile(kernel);
            var (first, end) = (Bound(chunk), Bound(chunk + 1));
            for (var i = first; i < end; i++)
            {
                new TileRun(kernel, stepper, spec, rates, tile, i, chunks[chunk]).Run(work, cancellationToken);
            }
        });
        for (var chunk = 1; chunk < chunks.Length; chunk++)
        {
            chunks[0].Add(chunks[chunk]);
        }

        return chunks[0].ToResult(spec, rates);

        int Bound(int chunk) => (int)((long)tiles * chunk / chunks.Length);
    }
}
