namespace Ntl.Domain.Landscapes;

/// <summary>Moves the replicas of an ensemble, tile by tile, and adds up what is recorded.</summary>
internal static class EnsembleEngine
{
    public static EnsembleResult Run<TKernel>(TKernel kernel, EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
        where TKernel : struct, IKernel
    {
        var rule = spec.Optimizer;
        return rule.Kind switch
        {
            EnsembleOptimizerKind.Sgd => Run(kernel, new SgdStep()),
            EnsembleOptimizerKind.HeavyBall => Run(kernel, new MomentumStep(rule.Beta1, 1)),
            EnsembleOptimizerKind.EmaMomentum => Run(kernel, new MomentumStep(rule.Beta1, 1 - rule.Beta1)),
            EnsembleOptimizerKind.RmsProp or EnsembleOptimizerKind.Adam => Run(kernel, new AdamStep(rule)),
            EnsembleOptimizerKind.SignSgd => Run(kernel, new SignStep()),
            EnsembleOptimizerKind.Lion => Run(kernel, new LionStep(rule)),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), rule.Kind, "There is no such optimiser."),
        };

        EnsembleResult Run<TStep>(TKernel k, TStep r)
            where TStep : struct, IStep => EnsembleEngine.Run(k, r, spec, threads, progress, cancellationToken);
    }

    private static EnsembleResult Run<TKernel, TStep>(
        TKernel kernel, TStep rule, EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
        where TKernel : struct, IKernel
        where TStep : struct, IStep
    {
        // Chunks are as many as there are tiles, up to a number that does not depend on threads: each is added up in order, then all of them are.
        const int MostChunks = 64;
        var rates = new double[spec.Schedule.TotalSteps];
        spec.Schedule.CopyRates(0, rates);
        var tiles = (spec.Replicas + Tile.Width - 1) / Tile.Width;
        var chunks = Enumerable.Range(0, Math.Min(tiles, MostChunks)).Select(_ => new EnsembleSums(kernel, spec)).ToArray();
        var work = new EnsembleProgress(progress, tiles);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, chunks.Length, options, chunk =>
        {
            var tile = new Tile(kernel.Coordinates, kernel.Channels, kernel.Measures);
            var (first, end) = (Bound(chunk), Bound(chunk + 1));
            for (var i = first; i < end; i++)
            {
                new TileRun<TKernel, TStep>(kernel, rule, spec, rates, tile, i, chunks[chunk]).Run(work, cancellationToken);
            }
        });
        foreach (var chunk in chunks.Skip(1))
        {
            chunks[0].Add(chunk);
        }

        return chunks[0].ToResult(spec, rates);

        int Bound(int chunk) => (int)((long)tiles * chunk / chunks.Length);
    }
}
