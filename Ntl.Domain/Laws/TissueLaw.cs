using System.Collections.Immutable;

namespace Ntl.Domain.Laws;

/// <summary>The momentum law of Tissue et al. 2024, arXiv:2408.11029, eq. 1: <c>L = L₀ + A·S₁^−α − C·S₂</c>.</summary>
/// <remarks>S₁ = D. S₂ = Σ m, <c>m ← λm + (η_before − η)</c>: what the rate's falls let out, counted in steps. Rises before the peak, the warm-up, are left out. Exact over a stretch of one rate.</remarks>
public sealed record TissueLaw : LossLaw
{
    /// <inheritdoc/>
    public override LawKind Kind => LawKind.Tissue;

    /// <summary>L₀; nats/token.</summary>
    public required double ColdLoss { get; init; }

    /// <summary>A; nats/token.</summary>
    public required double RiverScale { get; init; }

    /// <summary>α.</summary>
    public required double RiverExponent { get; init; }

    /// <summary>C: nats per unit of S₂.</summary>
    public required double AnnealingScale { get; init; }

    /// <summary>λ in (0, 1).</summary>
    public required double Momentum { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<LawParameter> Parameters =>
    [
        new("L₀", "cold loss", ColdLoss, null, null, "nats/token", "What the power law ends at; in this law it holds the valley's heat too, so it lies above absolute zero."),
        new("A", "river scale", RiverScale, null, null, "nats/token", "What the river has still to give after one unit of D."),
        new("α", "river exponent", RiverExponent, null, null, "", "How fast the river runs dry."),
        new("C", "annealing scale", AnnealingScale, null, null, "nats per unit of S₂", "Heat let out by a unit of S₂."),
        new("λ", "momentum", Momentum, null, null, "per step", "Memory of a fall of the rate: 1/(1 − λ) steps, whatever the rate; Newton's law would count it in D."),
        new("C/(1−λ)", "heat capacity", AnnealingScale / (1 - Momentum), null, null, "nats per unit of rate", "What a quench lets out in the end, for each unit that the rate falls by."),
    ];

    /// <inheritdoc/>
    public override void Predict(RatePath path, ReadOnlySpan<long> updates, Span<double> losses)
    {
        var walk = new PathWalk(path, updates, losses.Length);
        var warm = path.FirstAtPeak;
        var (momentum, released) = (0.0, 0.0);
        while (walk.Next())
        {
            if (walk.Change != 0 && walk.Piece > warm)
            {
                // The change acts in the stretch's first step, whose decay of m belongs to the one before.
                momentum -= walk.Change / Momentum;
            }

            released += momentum * Momentum * Geometric(walk.Steps);
            momentum *= Math.Pow(Momentum, walk.Steps);
            if (walk.Sample >= 0)
            {
                losses[walk.Sample] = ColdLoss + (RiverScale * Math.Pow(walk.Time, -RiverExponent)) - (AnnealingScale * released);
            }
        }
    }

    private double Geometric(long steps) => (1 - Math.Pow(Momentum, steps)) / (1 - Momentum);
}
