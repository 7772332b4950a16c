namespace Ntl.Domain.Laws;

/// <summary>How a law is fitted.</summary>
public sealed record LawFitOptions
{
    /// <summary>Bootstrap replicates that intervals and bands are made of; 0 to <see cref="MaximumReplicates"/>, 0 for none.</summary>
    public int Replicates { get; init; } = 40;

    /// <summary>Starts the bootstrap's random numbers: the same seed gives the same replicates to the bit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether each schedule is also predicted by a fit to the others.</summary>
    public bool LeaveOneOut { get; init; } = true;

    /// <summary>A curve with more points is averaged to so many, evenly; ≥ 10.</summary>
    public int MaximumPointsPerCurve { get; init; } = 600;

    /// <summary>Points before so much of the greatest D are left out with the warm-up: no law describes how a training begins. In [0, 1).</summary>
    public double SkippedShare { get; init; } = 0.02;

    /// <summary>Weight decay λ of curves that do not tell theirs, for the transfer law; null for <see
    /// cref="PeakTransferLaw.AssumedWeightDecay"/>, with a caution. Finite and ≥ 0.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The most replicates.</summary>
    public const int MaximumReplicates = 1000;

    private const int FewestPointsPerCurve = 10;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is.</exception>
    internal static void Check(LawFitOptions options)
    {
        if (options.Replicates is < 0 or > MaximumReplicates)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Replicates, $"Replicates must be from 0 to {MaximumReplicates}.");
        }

        if (options.MaximumPointsPerCurve < FewestPointsPerCurve)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaximumPointsPerCurve, $"A curve must keep at least {FewestPointsPerCurve} points.");
        }

        if (options.WeightDecay is { } decay && !(double.IsFinite(decay) && decay >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), decay, "The weight decay must be finite and not negative.");
        }

        if (!(options.SkippedShare is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.SkippedShare, "The skipped share must be in [0, 1).");
        }
    }
}
