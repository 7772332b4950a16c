using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>A river and a valley of any number of modes: <c>L = L₀ + A·R^−α + Σ Cⱼ θⱼ</c>.</summary>
/// <remarks>
/// <para><c>u = η/η_ref</c>. The river's clock is <c>R = Σ η_ref·u^p</c>, D where p = 1. A mode goes to its bath <c>u^r</c> by Newton's law in D, <c>dθⱼ/dD = −κⱼ(θⱼ − u^r)</c>, from zero: exact over a stretch of one rate.</para>
/// <para>Liu et al. 2025, arXiv:2505.10559, for the picture (p = r = 1); spectrum and exponents: docs/theory/prediction.md.</para>
/// </remarks>
public sealed record RiverValleyLaw : LossLaw
{
    private readonly LawKind _kind;

    /// <summary>A law of given numbers.</summary>
    /// <param name="kind">One of the kinds that have this form.</param>
    /// <exception cref="ArgumentException">The kind is another one's.</exception>
    public RiverValleyLaw(LawKind kind) =>
        _kind = kind is LawKind.Tissue or LawKind.MultiPower or LawKind.FunctionalScaling or LawKind.PeakTransfer
            ? throw new ArgumentException($"The law {kind} has another form.", nameof(kind)) : kind;

    /// <inheritdoc/>
    public override LawKind Kind => _kind;

    /// <summary>η_ref: the rate that heats are given at.</summary>
    public required double ReferenceRate { get; init; }

    /// <summary>L₀: what no training of this model on these data gets below; nats/token.</summary>
    public required double ColdLoss { get; init; }

    /// <summary>A: what the river has still to give after one unit of its clock; nats/token.</summary>
    public required double RiverScale { get; init; }

    /// <summary>α.</summary>
    public required double RiverExponent { get; init; }

    /// <summary>p: the river's speed goes as η^p.</summary>
    public double ClockExponent { get; init; } = 1;

    /// <summary>r: the equilibrium heat goes as η^r.</summary>
    public double BathExponent { get; init; } = 1;

    /// <summary>The valley; empty for a power law alone.</summary>
    public ImmutableArray<ValleyMode> Modes { get; init; } = [];

    /// <summary>Σ C: heat of the whole valley in equilibrium with the reference rate; nats/token.</summary>
    public double Heat => Modes.Sum(mode => mode.Heat);

    /// <summary>dL_th/dη at the reference rate, r·ΣC/η_ref; nats per unit of rate.</summary>
    public double HeatCapacity => BathExponent * Heat / ReferenceRate;

    /// <inheritdoc/>
    public override ImmutableArray<LawParameter> Parameters => RiverValleyReading.Of(this);

    // Numbers at zero are on the fit's own bound and cost no freedom; a grid number that the kind searches (κ, p or r) does.
    internal override int FittedNumbers =>
        1 + (ColdLoss > 0 ? 1 : 0) + (RiverScale > 0 ? 1 : 0) + Modes.Count(mode => mode.Heat > 0)
        + (Kind is LawKind.Newton or LawKind.RiverSpectrum or LawKind.AdaptiveSpectrum ? 1 : 0);

    /// <inheritdoc/>
    public override void Predict(RatePath path, ReadOnlySpan<long> updates, Span<double> losses)
    {
        var walk = new PathWalk(path, updates, losses.Length);
        Span<double> heats = stackalloc double[Modes.Length];
        heats.Clear();
        var (clock, bath, river) = (0.0, 0.0, 0.0);
        while (walk.Next())
        {
            if (walk.Change != 0)
            {
                (clock, bath) = (ClockOf(walk.Rate), BathOf(walk.Rate));
            }

            river += walk.Steps * clock;
            var time = walk.Steps * walk.Rate;
            for (var j = 0; j < heats.Length; j++)
            {
                heats[j] += (bath - heats[j]) * Share(Modes[j].CoolingRate, time);
            }

            if (walk.Sample >= 0)
            {
                losses[walk.Sample] = ColdLoss + (RiverScale * Math.Pow(river, -RiverExponent)) + Sum(heats);
            }
        }
    }

    /// <summary>1 − e^−κD: the share of its way to the bath that a mode goes in D.</summary>
    internal static double Share(double coolingRate, double time) => double.IsPositiveInfinity(coolingRate) ? 1 : 1 - Math.Exp(-coolingRate * time);

    private double ClockOf(double rate) => ClockExponent == 1 ? rate : ReferenceRate * Math.Pow(rate / ReferenceRate, ClockExponent);

    private double BathOf(double rate) => BathExponent == 1 ? rate / ReferenceRate : Math.Pow(rate / ReferenceRate, BathExponent);

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
    public bool Equals(RiverValleyLaw? other) =>
        other is not null && Kind == other.Kind && ReferenceRate == other.ReferenceRate && ColdLoss == other.ColdLoss && RiverScale == other.RiverScale && RiverExponent == other.RiverExponent
        && ClockExponent == other.ClockExponent && BathExponent == other.BathExponent && Modes.AsSpan().SequenceEqual(other.Modes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, ReferenceRate, ColdLoss, RiverScale, RiverExponent, Modes.Length);
}
