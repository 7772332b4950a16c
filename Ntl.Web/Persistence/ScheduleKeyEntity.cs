namespace Ntl.Web.Persistence;

/// <summary>Table <c>schedule_keys</c>: which version a client's key created.</summary>
public sealed class ScheduleKeyEntity
{
    public required string Key { get; set; }

    public required string ScheduleId { get; set; }

    public int Version { get; set; }

    public long CreatedTicks { get; set; }
}
