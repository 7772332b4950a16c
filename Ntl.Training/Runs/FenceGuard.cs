namespace Ntl.Training.Runs;

/// <summary>A trainer's side of the fence: asked before every write. Costs one read of a small file.</summary>
/// <param name="run">The run.</param>
/// <param name="own">The attempt and token this trainer was started with.</param>
public sealed class FenceGuard(RunDirectory run, Fence own)
{
    /// <summary>The attempt and token this trainer was started with.</summary>
    public Fence Own { get; } = own;

    /// <summary>Returns if this trainer may write now.</summary>
    /// <remarks>A later attempt may begin between this and the write, so readers take an earlier attempt's records only up to the later one's start.</remarks>
    /// <exception cref="SupersededException">The fence names another attempt or token, or is gone.</exception>
    public void Verify()
    {
        var current = Fence.Read(run);
        if (current != Own)
        {
            throw new SupersededException(Own.Attempt, current?.Attempt);
        }
    }
}
