namespace Ntl.Web.Persistence;

/// <summary>Table <c>idempotency_keys</c>: which run a client's key created.</summary>
public sealed class IdempotencyKeyEntity
{
    public required string Key { get; set; }

    public required string RunId { get; set; }

    public long CreatedTicks { get; set; }
}
