namespace TorchSharp;

/// <summary>One thread's open scopes and its counts. Scopes are per thread: no <c>await</c> inside one.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? s_threadSingleton;

    internal static DisposeScopeManager ThreadSingleton => s_threadSingleton ??= new DisposeScopeManager();

    /// <summary>This thread's counts.</summary>
    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    /// <summary>Counts a new tensor and gives it to the innermost scope; returns that scope, null if none is open.</summary>
    internal DisposeScope? Register(torch.Tensor tensor)
    {
        if (CurrentDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.CreatedOutsideScopeCount++;
            return null;
        }

        StatisticsInstance.TensorStatistics.CreatedInScopeCount++;
        CurrentDisposeScope.Disposables.Add(tensor);
        return CurrentDisposeScope;
    }

    internal void CountDisposal(torch.Tensor tensor)
    {
        if (tensor.OwningDisposeScope is null)
        {
            StatisticsInstance.TensorStatistics.DisposedOutsideScopeCount++;
        }
        else
        {
            StatisticsInstance.TensorStatistics.DisposedInScopeCount++;
        }
    }

    /// <summary>Takes a closed scope out of the chain, wherever in it that scope is.</summary>
    internal void Remove(DisposeScope closed)
    {
        if (ReferenceEquals(CurrentDisposeScope, closed))
        {
            CurrentDisposeScope = closed.OuterScope;
            return;
        }

        for (var scope = CurrentDisposeScope; scope is not null; scope = scope.OuterScope)
        {
            if (ReferenceEquals(scope.OuterScope, closed))
            {
                scope.OuterScope = closed.OuterScope;
                return;
            }
        }
    }
}
