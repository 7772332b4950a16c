namespace Ntl.Domain.Leaderboard.Tracks;

/// <summary>Why a batch of seeds was queued. All of its runs count for the entry, whatever the purpose.</summary>
public enum SeedPurpose
{
    /// <summary>The first batch, queued with the entry.</summary>
    Submission,

    /// <summary>More seeds, to separate what is tied.</summary>
    MoreSeeds,

    /// <summary>Somebody else wants to see the result again.</summary>
    Reproduction,

    /// <summary>Somebody doubts that one entry is better than another: both get fresh seeds.</summary>
    Challenge,

    /// <summary>How the result holds with the schedule's rates scaled; not counted in the score.</summary>
    Robustness,
}
