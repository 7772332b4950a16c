namespace Ntl.Web.Components.Lab;

/// <summary>Lets a few experiments at a time into the server: each uses every core, and trainers run beside it.</summary>
internal sealed class LabGate : IDisposable
{
    /// <summary>Two: while a long one runs, a short one need not wait for its end.</summary>
    public const int AtOnce = 2;

    private readonly SemaphoreSlim _places = new(AtOnce);

    public LabGate()
    {
        // An experiment holds a worker for each core while it runs. Beyond the minimum the pool adds workers only slowly, and until then
        // nobody's page would answer, not even its Cancel button.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, (AtOnce + 2) * Environment.ProcessorCount), ports);
    }

    /// <summary>Takes a place, after those who came before; disposing it gives it back.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new Place(_places);
    }

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
