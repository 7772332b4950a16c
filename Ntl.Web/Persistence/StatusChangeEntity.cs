using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>Table <c>status_changes</c>: every change of a run's status, with reason and time.</summary>
public sealed class StatusChangeEntity
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public RunStatus? From { get; set; }

    public RunStatus To { get; set; }

    public required string Reason { get; set; }

    public long AtTicks { get; set; }
}
