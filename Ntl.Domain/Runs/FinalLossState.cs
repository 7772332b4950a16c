namespace Ntl.Domain.Runs;

/// <summary>Whether a run has a final loss, and if not, why.</summary>
public enum FinalLossState
{
    /// <summary>The run has not ended: it may still get one.</summary>
    Pending,

    /// <summary>It finished, with a loss that counts.</summary>
    Measured,

    /// <summary>It finished, but no validation after its last step is stored. No final loss.</summary>
    Unmeasured,

    /// <summary>Its loss or gradient became NaN or infinite. No final loss; it counts as +∞.</summary>
    Diverged,

    /// <summary>It finished, but so high that the <see cref="ExplosionRule"/> calls it exploded. No final loss; it counts as +∞.</summary>
    Exploded,

    /// <summary>It was cancelled, or failed for another reason, before its last step. No final loss.</summary>
    Stopped,
}
