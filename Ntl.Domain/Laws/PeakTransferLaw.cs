using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>A law that carries over between peak rates: <c>L = L₀ + A·R^−α + Σ Cⱼ θⱼ</c>, in a river with a brake and a valley that
/// sees only relative rates.</summary>
/// <remarks>
/// <para>With n updates done, the remembered rate follows <c>dm/dn = (η − m)(1/n + 2λη)</c>: a running mean that weight decay λ
/// forgets. With <c>x = η/m</c> the valley follows <c>dθⱼ/dn = −kⱼ·x·(θⱼ − (m/η_ref)^⅓·x)</c>, and
/// the river <c>dR/dn = η/(1 + √(ηm)/η_c)</c>.</para>
/// <para>η_c and λ are assumptions unless stated otherwise, and the law knows nothing of divergence: docs/theory/laws.md.</para>
/// </remarks>
public sealed record PeakTransferLaw : LossLaw
{
    /// <summary>η_c where fitted peaks do not determine it: that of 124M models at about 50k tokens per step, AdamW.</summary>
    public const double AssumedKnee = 4e-4;

    /// <summary>λ where nothing tells it: the most common setting of AdamW for language models.</summary>
    public const double AssumedWeightDecay = 0.1;

    // Across runs thermal loss goes as η^⅓: the network adapts its noise and curvature to the rate that it remembers.
    private const double HeatExponent = 1 / 3.0;

    /// <inheritdoc/>
    public override LawKind Kind => LawKind.PeakTransfer;

    /// <summary>η_ref: the remembered rate that heats are given at.</summary>
    public required double ReferenceRate { get; init; }

    /// <summary>L₀; nats/token.</summary>
    public required double ColdLoss { get; init; }

    /// <summary>A; nats/token.</summary>
    public required double RiverScale { get; init; }

    /// <summary>α.</summary>
    public required double RiverExponent { get; init; }

    /// <summary>η_c: the rate at which the brake halves the river's speed.</summary>
    public required double Knee { get; init; }

    /// <summary>Whether η_c was fitted; otherwise it is assumed.</summary>
    public bool IsKneeFitted { get; init; }

    /// <summary>λ: decoupled weight decay per unit of rate.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>The valley. Cooling rates are per step, at a rate equal to the remembered one.</summary>
    public ImmutableArray<ValleyMode> Modes { get; init; } = [];

    /// <summary>Σ C: heat of the whole valley while the reference rate is held; nats/token.</summary>
    public double Heat => Modes.Sum(mode => mode.Heat);

    /// <inheritdoc/>
    public override ImmutableArray<LawParameter> Parameters => PeakTransferReading.Of(this);

    internal override int FittedNumbers =>
        1 + (ColdLoss > 0 ? 1 : 0) + (RiverScale > 0 ? 1 : 0) + Modes.Count(mode => mode.Heat > 0) + (IsKneeFitted ? 1 : 0);

    /// <inheritdoc/>
    public override void Predict(RatePath path, ReadOnlySpan<long> updates, Span<double> losses)
    {
        ArgumentNullException.ThrowIfNull(path);
        PathWalk.Check(path, updates, losses.Length);
        double[] coolingRates = [.. Modes.Select(mode => mode.CoolingRate)];
        PeakTransferWalk walk = new(RelativePieces.Of(path), ReferenceRate, WeightDecay, coolingRates, [Knee]);
        for (var i = 0; i < updates.Length; i++)
        {
            walk.MoveTo(updates[i]);
            losses[i] = ColdLoss + (RiverScale * Math.Pow(walk.Clocks[0], -RiverExponent)) + Sum(walk.Heats);
        }
    }

    /// <summary>The heat that a held rate keeps, for the same heat at the reference rate.</summary>
    internal static double HeatAt(double rate, double referenceRate) => Math.Pow(rate / referenceRate, HeatExponent);

    private double Sum(ReadOnlySpan<double> heats)
    {
        var sum = 0.0;
        for (var j = 0; j < heats.Length; j++)
        {
            sum += Modes[j].Heat * heats[j];
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(PeakTransferLaw? other) =>
        other is not null
        && (ReferenceRate, ColdLoss, RiverScale, RiverExponent) == (other.ReferenceRate, other.ColdLoss, other.RiverScale, other.RiverExponent)
        && (Knee, IsKneeFitted, WeightDecay) == (other.Knee, other.IsKneeFitted, other.WeightDecay)
        && Modes.AsSpan().SequenceEqual(other.Modes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(ReferenceRate, ColdLoss, RiverScale, RiverExponent, Knee, WeightDecay, Modes.Length);
}
