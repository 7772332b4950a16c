namespace Ntl.Web.Persistence;

/// <summary>Table <c>schedule_versions</c>. A row never changes; figures that lists sort by stand beside the text that they follow from.</summary>
public sealed class ScheduleVersionEntity
{
    public required string ScheduleId { get; set; }

    /// <summary>1 for the first.</summary>
    public int Number { get; set; }

    /// <summary>The canonical JSON.</summary>
    public required string Json { get; set; }

    /// <summary>SHA-256 of <see cref="Json"/>.</summary>
    public required string Hash { get; set; }

    /// <summary>The schedule in words.</summary>
    public required string Description { get; set; }

    public long TotalSteps { get; set; }

    public double Peak { get; set; }

    public double Minimum { get; set; }

    public double IntrinsicTime { get; set; }

    /// <summary>What the author says has changed.</summary>
    public required string Note { get; set; }

    public required string Author { get; set; }

    public long CreatedTicks { get; set; }
}
