namespace Ntl.Web.Thermodynamics;

/// <summary>How often a run is analysed: at most every two seconds, and at most a tenth of the time, as trainers use the same processor.</summary>
internal sealed class AnalysisPace(TimeProvider time)
{
    /// <summary>Between two analyses at least.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    private const double RestForWork = 9;

    private readonly TimeProvider _time = time;
    private long _since;
    private TimeSpan _rest = TimeSpan.Zero;

    public bool IsDue => Left <= TimeSpan.Zero;

    private TimeSpan Left => _rest - _time.GetElapsedTime(_since);

    /// <summary>Completes when the next analysis may begin.</summary>
    public Task WhenDueAsync(CancellationToken cancellationToken) => IsDue ? Task.CompletedTask : Task.Delay(Left, _time, cancellationToken);

    /// <summary>Counts the work until it is disposed.</summary>
    public IDisposable Work() => new Worked(this, _time.GetTimestamp());

    private sealed class Worked(AnalysisPace pace, long began) : IDisposable
    {
        public void Dispose()
        {
            var took = pace._time.GetElapsedTime(began);
            pace._since = pace._time.GetTimestamp();
            pace._rest = TimeSpan.FromTicks(Math.Max(Shortest.Ticks, (long)(RestForWork * took.Ticks)));
        }
    }
}
