namespace Ntl.Domain.Leaderboard;

/// <summary>What fresh seeds of two entries say of the claim that the first has the lower mean.</summary>
public enum ChallengeVerdict
{
    /// <summary>Not told.</summary>
    CannotTell,

    /// <summary>The claim holds: the first is lower in fresh seeds too.</summary>
    Upheld,

    /// <summary>The claim fails: the second is lower.</summary>
    Overturned,
}
