namespace Ntl.Domain.Leaderboard;

/// <summary>What a board says of two entries.</summary>
public enum PairVerdict
{
    /// <summary>One of them is not ranked, or neither has any spread: nothing is tested.</summary>
    NotCompared,

    /// <summary>Not significantly different; no claim that they are equal.</summary>
    Tied,

    /// <summary>One mean is lower.</summary>
    Separated,
}
