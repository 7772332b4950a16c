namespace TorchSharp;

/// <summary>Owns the tensors made on its thread while it is the innermost open scope, and disposes them when it is disposed.</summary>
public sealed class DisposeScope : IDisposable
{
    // Null once disposed.
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>A copy of the list of what the scope owns.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            _ = OpenManager();
            return [.. Disposables];
        }
    }

    /// <summary>How many tensors the scope owns.</summary>
    public int DisposablesCount
    {
        get
        {
            _ = OpenManager();
            return Disposables.Count;
        }
    }

    /// <summary>Gives a tensor to the surrounding scope, or to nobody where there is none, so that it outlives this one.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="MoveToOuter{T}(T)"/>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Gives a tensor to another scope; null means to nobody.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        if (scope is null)
        {
            return Detach<T>(disposable);
        }

        _ = OpenManager();
        if (Disposables.Contains(disposable))
        {
            _ = scope.Adopt(disposable);
        }

        return disposable;
    }

    /// <inheritdoc cref="MoveToOther{T}(DisposeScope?, T)"/>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            _ = MoveToOther(scope, disposable);
        }
    }

    /// <summary>Takes a tensor out of the scope: from now on its holder disposes it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        var manager = OpenManager();
        if (Disposables.Remove(disposable))
        {
            manager.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
            AsTensor(disposable).OwningDisposeScope = null;
        }

        return disposable;
    }

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    /// <inheritdoc cref="Detach{T}(T)"/>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Detach{T}(T)"/>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            _ = Detach<IDisposable>(disposable);
        }
    }

    /// <summary>Gives a tensor to this scope, whoever had it.</summary>
    public void Attach(IDisposable disposable) => Attach([disposable]);

    /// <inheritdoc cref="Attach(IDisposable)"/>
    public void Attach(params IDisposable[] disposables) => _ = Attach((IEnumerable<IDisposable>)disposables);

    /// <inheritdoc cref="Attach(IDisposable)"/>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var statistics = OpenManager().StatisticsInstance.TensorStatistics;
        List<IDisposable> attached = [.. disposables];
        foreach (var disposable in attached)
        {
            if (Adopt(disposable))
            {
                statistics.AttachedToScopeCount++;
            }
        }

        return attached;
    }

    /// <summary>Disposes what the scope owns; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes what the scope owns except <paramref name="keep"/>, which the scope then owns.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> keep)
    {
        _ = OpenManager();
        var owned = Disposables;
        Disposables = new HashSet<IDisposable>(keep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in owned)
        {
            if (!Disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <inheritdoc cref="DisposeEverythingBut(IEnumerable{IDisposable})"/>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    /// <summary>Forgets a tensor that somebody else has disposed.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        _ = OpenManager();
        _ = Disposables.Remove(disposable);
        AsTensor(disposable).OwningDisposeScope = null;
    }

    /// <summary>Whether the scope owns this tensor.</summary>
    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    /// <summary>Disposes what the scope owns and closes it.</summary>
    public void Dispose()
    {
        if (_manager is null)
        {
            return;
        }

        DisposeEverything();
        _manager.Remove(this);
        _manager = null;
    }

    /// <summary>Lets <paramref name="replacement"/> take the place of <paramref name="original"/> in the scope that owns it.</summary>
    internal static void ReplaceWith(torch.Tensor original, torch.Tensor replacement)
    {
        if (original.OwningDisposeScope is { } scope && scope.Disposables.Remove(original))
        {
            original.OwningDisposeScope = null;
            _ = scope.Adopt(replacement);
        }
    }

    private static torch.Tensor AsTensor(IDisposable disposable) =>
        disposable as torch.Tensor ?? throw new InvalidOperationException($"A DisposeScope owns tensors only, not {disposable.GetType().Name}.");

    private DisposeScopeManager OpenManager()
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        return _manager;
    }

    /// <summary>Takes a tensor over from its present owner; false if it is this scope's already.</summary>
    private bool Adopt(IDisposable disposable)
    {
        var tensor = AsTensor(disposable);
        if (ReferenceEquals(tensor.OwningDisposeScope, this))
        {
            return false;
        }

        _ = tensor.OwningDisposeScope?.Disposables.Remove(tensor);
        _ = Disposables.Add(tensor);
        tensor.OwningDisposeScope = this;
        return true;
    }
}
