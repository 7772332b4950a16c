using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>What a training's loss did under what rates: all that a law is fitted to.</summary>
/// <param name="Name">For people: a run's name, a file's name.</param>
/// <param name="Path">The rates of the training, warm-up included.</param>
/// <param name="Points">Losses with strictly rising updates, none beyond the path; NaN and ±∞ may be among them and are left out of fits.</param>
public sealed record LossCurve(string Name, RatePath Path, ImmutableArray<LossPoint> Points)
{
    /// <summary>Decoupled weight decay λ of the training, per unit of rate; null where nothing tells it. Only the transfer law
    /// uses it.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The curve without what no law describes: losses that are no numbers, of the warm-up, or before some D.</summary>
    /// <param name="skippedTime">D before which losses are left out.</param>
    public LossCurve Described(double skippedTime)
    {
        var warm = Path.WarmupSteps;
        return this with { Points = [.. Points.Where(point => double.IsFinite(point.Loss) && point.Loss > 0 && point.Updates > warm && Path.TimeAfter(point.Updates) is > 0 and var time && time >= skippedTime)] };
    }

    /// <summary>Throws where the points cannot belong to the path.</summary>
    /// <exception cref="ArgumentException">Updates do not rise, or lie outside the path.</exception>
    internal static void Check(LossCurve curve, string parameter)
    {
        var before = 0L;
        foreach (var point in curve.Points)
        {
            if (point.Updates <= before || point.Updates > curve.Path.Steps)
            {
                throw new ArgumentException($"Curve '{curve.Name}': updates must rise within 1 … {curve.Path.Steps}, but {point.Updates} follows {before}.", parameter);
            }

            before = point.Updates;
        }
    }
}
