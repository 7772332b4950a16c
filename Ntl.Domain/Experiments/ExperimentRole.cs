namespace Ntl.Domain.Experiments;

/// <summary>Parts that members of an experiment have.</summary>
public static class ExperimentRole
{
    /// <summary>Goes on at one rate: what the others are compared with at equal D.</summary>
    public const string Hold = "hold";

    /// <summary>Falls to rate 0.</summary>
    public const string Anneal = "anneal";

    /// <summary>Goes on at a lower rate, at once.</summary>
    public const string Quench = "quench";

    /// <summary>A shape of decay in the race.</summary>
    public const string Race = "race";

    /// <summary>One peak and one length of hold, then the common decay.</summary>
    public const string Path = "path";

    /// <summary>Goes on with a batch of its own.</summary>
    public const string Batch = "batch";

    /// <summary>Trains under a suggested schedule.</summary>
    public const string Suggestion = "suggestion";

    /// <summary>Trains under the schedule that a suggestion is compared with.</summary>
    public const string Baseline = "baseline";
}
