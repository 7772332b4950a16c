namespace Ntl.Domain.Leaderboard.Statistics;

/// <summary>What a contest of two entries says at a look.</summary>
public enum ContestVerdict
{
    /// <summary>Not told yet: a further batch for either may tell.</summary>
    Continue,

    /// <summary>One mean is lower, at the rule's level.</summary>
    Separated,

    /// <summary>Not told, and further batches up to the rule's last look are not likely to tell; no claim that the two are equal.</summary>
    Futile,
}
