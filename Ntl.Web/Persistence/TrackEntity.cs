namespace Ntl.Web.Persistence;

/// <summary>Table <c>tracks</c>. What a track fixes never changes; a wish for another is another track.</summary>
public sealed class TrackEntity
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public required string SpecJson { get; set; }

    /// <summary>SHA-256 of the spec with its name left out: tracks of one hash fix the same.</summary>
    public required string SpecHash { get; set; }

    public required string By { get; set; }

    public required string Note { get; set; }

    public long CreatedTicks { get; set; }
}
