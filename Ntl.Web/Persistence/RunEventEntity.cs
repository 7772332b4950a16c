using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>Table <c>run_events</c>.</summary>
public sealed class RunEventEntity
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public int Attempt { get; set; }

    public long? Step { get; set; }

    public long AtTicks { get; set; }

    public RunEventKind Kind { get; set; }

    public required string Message { get; set; }
}
