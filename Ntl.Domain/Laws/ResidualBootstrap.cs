using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>Refits a law to its own curve with residuals drawn anew, in blocks.</summary>
/// <remarks>
/// Moving blocks (Künsch 1989): neighbouring residuals are correlated, through the law's error and the data order, and stay together in a block. Residuals are stretched by
/// √(n/(n − p)), as a fit of p numbers to n losses leaves residuals smaller than the noise.
/// </remarks>
internal static class ResidualBootstrap
{
    /// <summary>The fewest losses of a curve that can be resampled: four blocks of two.</summary>
    public const int FewestPoints = BlocksPerShortCurve * ShortestBlock;

    // Losses for each fitted number below which residuals tell nothing of the noise.
    private const int FewestLossesPerNumber = 2;

    private const int ShortestBlock = 2;
    private const int UsualBlock = 10;
    private const int BlocksPerShortCurve = 4;
    private const int BlocksPerLongCurve = 10;

    /// <summary>The replicates; none where none were asked for, or where there is too little data.</summary>
    public static ImmutableArray<LossLaw> Of(TrainingRows rows, GridFit grid, GridResult fit, LawFitOptions options, CancellationToken cancellationToken)
    {
        if (options.Replicates == 0 || Obstacle(rows, fit.Law) is not null)
        {
            return [];
        }

        var local = grid.Around(fit, cancellationToken);
        var predicted = rows.Predict(fit.Law);
        var stretch = Math.Sqrt(rows.Count / (double)(rows.Count - fit.Law.FittedNumbers));
        var residuals = predicted.Zip(rows.Losses, (expected, loss) => stretch * (loss - expected) / expected).ToArray();
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

    /// <summary>Why no interval can be given, a sentence; null where one can.</summary>
    public static string? Obstacle(TrainingRows rows, LossLaw law)
    {
        if (rows.Curves.FirstOrDefault(curve => curve.Losses.Length < FewestPoints) is { } shortest)
        {
            return $"No interval and no band: curve '{shortest.Name}' has {shortest.Losses.Length} losses, and {FewestPoints} are needed in every curve.";
        }

        return rows.Count < FewestLossesPerNumber * law.FittedNumbers
            ? $"No interval and no band: {rows.Count} losses for {law.FittedNumbers} fitted numbers; {FewestLossesPerNumber * law.FittedNumbers} are needed."
            : null;
    }

    /// <summary>Residuals that are drawn together: a tenth of a long curve, ten of a usual one, a quarter of a short one.</summary>
    /// <param name="count">Losses of the curve; at least <see cref="FewestPoints"/>.</param>
    public static int BlockLength(int count) =>
        Math.Max(count / BlocksPerLongCurve, Math.Clamp(count / BlocksPerShortCurve, ShortestBlock, UsualBlock));

    private static void Draw(TrainingRows rows, double[] predicted, double[] residuals, double[] losses, Random random)
    {
        var first = 0;
        foreach (var curve in rows.Curves)
        {
            var count = curve.Losses.Length;
            var block = BlockLength(count);
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
