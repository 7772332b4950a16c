using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>The ansatz of the Functional Scaling Law of Li et al. 2025, arXiv:2509.19189: <c>L = L₀ + c₁·D^−s − c₂·Σⱼ (ηⱼ₋₁ − ηⱼ)(c₃
/// + Dⱼ^−s)·[1 − (1 + c₄·(D − Dⱼ))^−γ]</c>.</summary>
/// <remarks>
/// <para>SGD on a kernel with a power-law spectrum forgets its noise by a power of D. The noise that a rate injects is the label's,
/// c₃, and the risk's that is left, D^−s, so a fall early in training lets out more. Rises before the
/// peak, the warm-up, are left out: the formula is for rates that do not rise. A power of time is carried by modes, as in <see
/// cref="MultiPowerLaw"/>.</para>
/// </remarks>
public sealed record FunctionalScalingLaw : LossLaw
{
    /// <inheritdoc/>
    public override LawKind Kind => LawKind.FunctionalScaling;

    /// <summary>L₀; nats/token.</summary>
    public required double ColdLoss { get; init; }

    /// <summary>c₁; nats/token.</summary>
    public required double RiverScale { get; init; }

    /// <summary>s.</summary>
    public required double RiverExponent { get; init; }

    /// <summary>c₂·c₃: nats per unit of rate.</summary>
    public required double HeatCapacity { get; init; }

    /// <summary>c₂: nats per unit of rate, for a fall at D = 1.</summary>
    public required double EarlyCapacity { get; init; }

    /// <summary>c₄: 1/(rate·step).</summary>
    public required double Speed { get; init; }

    /// <summary>γ.</summary>
    public required double Tail { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<LawParameter> Parameters =>
    [
        new("L₀", "cold loss", ColdLoss, null, null, "nats/token",
            "What the power law ends at; in this law it holds the valley's heat at the peak too, so it lies above absolute zero."),
        new("c₁", "river scale", RiverScale, null, null, "nats/token", "What the river has still to give after one unit of D."),
        new("s", "river exponent", RiverExponent, null, null, "",
            "How fast the river runs dry, and how fast the noise of what is not yet learnt falls."),
        new("c₂·c₃", "heat capacity", HeatCapacity, null, null, "nats per unit of rate",
            "What a fall of the rate lets out late in training, for each unit."),
        new("c₂", "early heat capacity", EarlyCapacity, null, null, "nats per unit of rate",
            "What a fall lets out on top of that at D = 1; it goes as D^−s."),
        new("c₄", "cooling speed", Speed, null, null, "1/rate", "Half of a fall's effect has come after about (2^(1/γ) − 1)/c₄ of D."),
        new("γ", "tail", Tail, null, null, "", "A fall's effect is complete as D^−γ."),
    ];

    /// <inheritdoc/>
    public override void Predict(RatePath path, ReadOnlySpan<long> updates, Span<double> losses)
    {
        Span<double> late = new double[losses.Length];
        Span<double> early = new double[losses.Length];
        Released(path, updates, Speed, Tail, 0, late);
        Released(path, updates, Speed, Tail, RiverExponent, early);
        for (var i = 0; i < losses.Length; i++)
        {
            var river = RiverScale * Math.Pow(path.TimeAfter(updates[i]), -RiverExponent);
            losses[i] = ColdLoss + river - (HeatCapacity * late[i]) - (EarlyCapacity * early[i]);
        }
    }

    /// <summary><c>Σⱼ (ηⱼ₋₁ − ηⱼ)·Dⱼ^−s·[1 − (1 + c₄·(D − Dⱼ))^−γ]</c> at each update.</summary>
    internal static void Released(
        RatePath path, ReadOnlySpan<long> updates, double speed, double tail, double exponent, Span<double> released)
    {
        PathWalk walk = new(path, updates, released.Length);
        PowerModes modes = new(path, speed, tail, rateExponent: 0);
        var warm = path.Rates.IndexOf(path.Peak);
        var before = 0.0;
        while (walk.Next())
        {
            var change = walk.Piece > warm && walk.Change != 0 ? walk.Change * (exponent == 0 ? 1 : Math.Pow(before, -exponent)) : 0;
            modes.Advance(change, walk.Rate, walk.Steps * walk.Rate);
            before = walk.Time;
            if (walk.Sample >= 0)
            {
                released[walk.Sample] = -modes.Arrived;
            }
        }
    }
}
