namespace TorchSharp;

/// <summary>How many tensors one thread made, gave away and disposed.</summary>
public class LifetimeStatistics
{
    /// <summary>Tensors made while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Tensors disposed that no scope owned.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Tensors made while a scope was open.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Tensors disposed that a scope owned.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Tensors given to a scope.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Tensors taken from a scope, to live on.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Tensors made on this thread and not yet disposed on it.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount - DisposedInScopeCount + CreatedOutsideScopeCount - DisposedOutsideScopeCount;

    /// <summary>Sets every count to zero.</summary>
    public void Reset()
    {
        CreatedOutsideScopeCount = 0;
        DisposedOutsideScopeCount = 0;
        CreatedInScopeCount = 0;
        DisposedInScopeCount = 0;
        AttachedToScopeCount = 0;
        DetachedFromScopeCount = 0;
    }

    /// <summary>All counts in one line.</summary>
    public override string ToString() => string.Join(
        "; ",
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}",
        $"CreatedOutsideScopeCount: {CreatedOutsideScopeCount}",
        $"DisposedOutsideScopeCount: {DisposedOutsideScopeCount}",
        $"CreatedInScopeCount: {CreatedInScopeCount}",
        $"DisposedInScopeCount: {DisposedInScopeCount}",
        $"AttachedToScopeCount: {AttachedToScopeCount}",
        $"DetachedFromScopeCount: {DetachedFromScopeCount}");
}
