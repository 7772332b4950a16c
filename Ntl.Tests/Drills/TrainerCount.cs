using Ntl.Tests.Support;

namespace Ntl.Tests.Drills;

/// <summary>Counts living trainers of a data directory again and again.</summary>
public sealed class TrainerCount : IDisposable
{
    private readonly Timer _timer;
    private int _most;

    public TrainerCount(string data) =>
        _timer = new Timer(_ => _most = Math.Max(_most, Trainers.Find(data).Count), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));

    /// <summary>The most that were seen at once.</summary>
    public int Most => Volatile.Read(ref _most);

    public void Dispose() => _timer.Dispose();
}
