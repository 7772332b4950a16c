using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

/// <summary>A run directory with attempt 1 allowed to write.</summary>
internal sealed class RunFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public RunFixture()
    {
        Run = new RunDirectory(_directory["run"]);
        Run.Create();
        Fence = Fence.Issue(1);
        Fence.Raise(Run);
        Attempt = Run.CreateAttempt(1);
        Guard = new FenceGuard(Run, Fence);
    }

    public RunDirectory Run { get; }

    public Fence Fence { get; }

    public AttemptDirectory Attempt { get; }

    public FenceGuard Guard { get; }

    public ManualTime Time { get; } = new();

    public JournalWriter OpenJournal() => new(Attempt, Guard, Time);

    public RunEventRecorded Event(int step, string message = "") =>
        new(RunEventKind.Warning, step, Time.GetUtcNow(), message);

    public void Dispose() => _directory.Dispose();
}
