using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>The Multi-Power Law of Luo et al. 2025, arXiv:2503.12811: <c>L = L₀ + A·D^−α + B·Σₖ (ηₖ − ηₖ₋₁)·[1 − (1 + C·ηₖ^−γ·(D − Dₖ₋₁))^−β]</c>.</summary>
/// <remarks>
/// <para>The sum runs over changes of the rate, warm-up included. A power of time is a Laplace average of exponentials, so the law is a valley whose cooling rates are spread as a Gamma density of shape β and scale C·η^−γ; walking that
/// valley's modes (<see cref="PowerModes"/>) costs pieces × modes where the formula as written costs changes × samples.</para>
/// </remarks>
public sealed record MultiPowerLaw : LossLaw
{
    /// <summary>The published law of the 25M model; github.com/thu-yao-01-luo/MultiPowerLaw.</summary>
    public static MultiPowerLaw Published25M { get; } = new()
    {
        ColdLoss = 3.04045406,
        RiverScale = 0.52468604,
        RiverExponent = 0.50786857,
        HeatCapacity = 363.78751622,
        Speed = 2.06560812,
        Tail = 0.58279013,
        RateExponent = 0.64142257,
    };

    /// <summary>The published law of the 100M model.</summary>
    public static MultiPowerLaw Published100M { get; } = new()
    {
        ColdLoss = 2.6514477,
        RiverScale = 0.60115152,
        RiverExponent = 0.45295811,
        HeatCapacity = 437.9464276,
        Speed = 2.13245612,
        Tail = 0.59785199,
        RateExponent = 0.65523644,
    };

    /// <summary>The published law of the 400M model.</summary>
    public static MultiPowerLaw Published400M { get; } = new()
    {
        ColdLoss = 2.37474466,
        RiverScale = 0.65421216,
        RiverExponent = 0.42878731,
        HeatCapacity = 523.42464371,
        Speed = 2.02462735,
        Tail = 0.59350493,
        RateExponent = 0.63472457,
    };

    /// <inheritdoc/>
    public override LawKind Kind => LawKind.MultiPower;

    /// <summary>L₀; nats/token.</summary>
    public required double ColdLoss { get; init; }

    /// <summary>A; nats/token.</summary>
    public required double RiverScale { get; init; }

    /// <summary>α.</summary>
    public required double RiverExponent { get; init; }

    /// <summary>B: nats per unit of rate.</summary>
    public required double HeatCapacity { get; init; }

    /// <summary>C of the formula: C·η^−γ is the fastest cooling rate's scale, 1/rate.</summary>
    public required double Speed { get; init; }

    /// <summary>β.</summary>
    public required double Tail { get; init; }

    /// <summary>γ.</summary>
    public required double RateExponent { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<LawParameter> Parameters =>
    [
        new("L₀", "cold loss", ColdLoss, null, null, "nats/token", "The loss at absolute zero at the river's end."),
        new("A", "river scale", RiverScale, null, null, "nats/token", "What the river has still to give after one unit of D."),
        new("α", "river exponent", RiverExponent, null, null, "", "How fast the river runs dry."),
        new("B", "heat capacity", HeatCapacity, null, null, "nats per unit of rate", "What a quench lets out in the end, for each unit that the rate falls by; quenches of the public models measure 374 and 456."),
        new("C", "cooling speed", Speed, null, null, "rate^γ/rate", "Scale of the Gamma density of cooling rates, at a rate of one."),
        new("β", "shape of the spectrum", Tail, null, null, "", "Shape of the Gamma density of cooling rates: below 1 most heat is in slow modes, and a quench ends as time^−β."),
        new("γ", "rate exponent", RateExponent, null, null, "", "The lower the rate after a change, the faster it acts per unit of D."),
    ];

    /// <inheritdoc/>
    public override void Predict(RatePath path, ReadOnlySpan<long> updates, Span<double> losses)
    {
        var walk = new PathWalk(path, updates, losses.Length);
        var modes = new PowerModes(path, Speed, Tail, RateExponent);
        while (walk.Next())
        {
            modes.Advance(walk.Change, walk.Rate, walk.Steps * walk.Rate);
            if (walk.Sample >= 0)
            {
                losses[walk.Sample] = ColdLoss + (RiverScale * Math.Pow(walk.Time, -RiverExponent)) + (HeatCapacity * modes.Arrived);
            }
        }
    }
}
