using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Refits a law to its own curve with residuals drawn anew, in blocks.</summary>
/// <remarks>Moving blocks (Künsch 1989): neighbouring residuals hang together, by the law's error and by the data order, and stay together in a block.</remarks>
internal static class ResidualBootstrap
{
    private const int ShortestBlock = 10;
    private const int BlocksPerCurve = 10;

    public static ImmutableArray<LossLaw> Of(TrainingRows rows, GridFit grid, GridResult fit, LawFitOptions options, CancellationToken cancellationToken)
    {
        if (options.Replicates == 0)
        {
            return [];
        }

        var local = grid.Around(fit, cancellationToken);
        var predicted = rows.Predict(fit.Law);
        var residuals = predicted.Zip(rows.Losses, (expected, loss) => (loss - expected) / expected).ToArray();
        Random random = new(options.Seed);
        var laws = ImmutableArray.CreateBuilder<LossLaw>(options.Replicates);
        var losses = new double[rows.Count];
        for (var replicate = 0; replicate < options.Replicates; replicate++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Draw(rows, predicted, residuals, losses, random);
            laws.Add(local.BestOnGrid(losses, cancellationToken).Law);
        }

        return laws.MoveToImmutable();
    }

    private static void Draw(TrainingRows rows, double[] predicted, double[] residuals, double[] losses, Random random)
    {
        var first = 0;
        foreach (var curve in rows.Curves)
        {
            var count = curve.Losses.Length;
            var block = Math.Min(count, Math.Max(ShortestBlock, count / BlocksPerCurve));
            var mean = residuals.AsSpan(first, count).ToArray().Average();
            for (var start = 0; start < count; start += block)
            {
                var from = random.Next(count - block + 1);
                for (var i = start; i < Math.Min(count, start + block); i++)
                {
                    losses[first + i] = predicted[first + i] * (1 + residuals[first + from + i - start] - mean);
                }
            }

            first += count;
        }
    }
}
