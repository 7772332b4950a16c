namespace Ntl.Web.Persistence;

/// <summary>Table <c>attempts</c>: one start of a run.</summary>
public sealed class AttemptEntity
{
    public required string RunId { get; set; }

    /// <summary>1 for the first.</summary>
    public int Number { get; set; }

    /// <summary>The fencing token that the trainer was started with.</summary>
    public required string Token { get; set; }

    public required string Device { get; set; }

    public long? StartStep { get; set; }

    /// <summary>What the launcher called the process, for people; never used alone to find it.</summary>
    public string? LaunchHandle { get; set; }

    /// <summary>Bytes of the journal whose content is stored. Commits together with it.</summary>
    public long JournalOffset { get; set; }

    public long StartedTicks { get; set; }

    /// <summary>Set when the attempt is sealed: nothing that its journal gains later is stored.</summary>
    public long? EndedTicks { get; set; }

    public string? EndReason { get; set; }

    /// <summary>JSON of what the trainer said it ran with: version, processor, libraries. Null until it said so, and for attempts of before this was kept.</summary>
    public string? EnvironmentJson { get; set; }
}
