using System.Globalization;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Runs;

/// <summary>When a run that finished with a finite loss counts as exploded, and so as diverged.</summary>
/// <param name="Version">The version of the leaderboard's rules that brought it.</param>
/// <param name="AboveUniform">Nats/token above ln V, the loss of a model that gives each of V tokens the same probability.</param>
/// <param name="AboveLowest">Nats/token above the run's own lowest validation loss.</param>
/// <remarks>
/// A fresh model is within about 0.2 nats of ln V, so that no run that learned anything ends half a nat above it. Two nats above a run's own best is 7.4 times its perplexity: more than
/// overfitting does, less than a run loses that breaks down. docs/theory/leaderboard.md has what was measured.
/// </remarks>
public sealed record ExplosionRule(string Version, double AboveUniform, double AboveLowest)
{
    /// <summary>The rule in use outside tracks; a track has that of its own rules.</summary>
    public static ExplosionRule Current { get; } = new("2", 0.5, 2);

    /// <summary>Why a final loss counts as exploded, one sentence; null for one that does not.</summary>
    /// <param name="loss">After the last step, nats/token; finite.</param>
    /// <param name="uniform">ln V, nats/token; null where V is not known.</param>
    /// <param name="lowest">The run's lowest validation loss, nats/token; null where it is not known.</param>
    public string? Why(double loss, double? uniform, double? lowest) =>
        loss > uniform + AboveUniform ? string.Create(
            CultureInfo.InvariantCulture,
            $"Exploded: ended at {NumberFormat.Number(loss, 5)} nats/token, more than {AboveUniform} above the {uniform:F3} of a uniform guess (rules {Version}).")
        : loss > lowest + AboveLowest ? string.Create(
            CultureInfo.InvariantCulture,
            $"Exploded: ended at {NumberFormat.Number(loss, 5)} nats/token, more than {AboveLowest} above its own lowest, {NumberFormat.Number(lowest, 5)} (rules {Version}).")
        : null;
}
