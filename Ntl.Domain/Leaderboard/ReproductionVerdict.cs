namespace Ntl.Domain.Leaderboard;

/// <summary>What fresh seeds say of an entry's earlier ones.</summary>
public enum ReproductionVerdict
{
    /// <summary>Not told yet: too few fresh seeds, or too wide an interval.</summary>
    CannotTell,

    /// <summary>The fresh mean is less than the margin worse.</summary>
    Reproduced,

    /// <summary>The fresh mean is worse, and not surely by less than the margin.</summary>
    NotReproduced,
}
