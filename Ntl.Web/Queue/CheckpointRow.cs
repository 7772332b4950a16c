namespace Ntl.Web.Queue;

/// <summary>A checkpoint that a run has on disk.</summary>
/// <param name="Step">Updates in its weights; a branch off it begins at this step.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="SavedAt">When it was written.</param>
/// <param name="IsKept">Whether it stays when the run writes newer ones.</param>
public sealed record CheckpointRow(long Step, long Bytes, DateTimeOffset SavedAt, bool IsKept);
