using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Runs;
using Ntl.Web.Queue;

namespace Ntl.Tests.Support;

/// <summary>A trainer's side of the run directory without the training: it writes through the trainer's own journal, fence and lease.</summary>
public sealed class FakeTrainer(Launch launch) : IDisposable
{
    private readonly ManualTime _time = new();
    private JournalWriter? _journal;
    private long _renewals;

    public Launch Launch { get; } = launch;

    public bool IsAlive { get; private set; } = true;

    public AttemptDirectory Attempt => Launch.Directory.Attempt(Launch.Attempt);

    /// <summary>Takes the journal and says that it begins.</summary>
    public FakeTrainer Begin(long startStep = 0)
    {
        var fence = new Fence(Launch.Attempt, Launch.Token);
        _journal = new JournalWriter(Attempt, new FenceGuard(Launch.Directory, fence), _time);
        Renew();
        return Record(new AttemptStarted(Launch.Run, Launch.Attempt, Launch.Token, startStep, 0, _time.GetUtcNow(), new Dictionary<string, string>()));
    }

    /// <summary>Measures steps <c>[first, first + count)</c> of one metric.</summary>
    public FakeTrainer Points(MetricKey key, long first, int count, Func<long, double> value)
    {
        for (var step = first; step < first + count; step++)
        {
            _journal!.AppendMetric(key, step, value(step));
        }

        _journal!.Flush();
        return this;
    }

    public FakeTrainer Losses(long first, int count) => Points(MetricKeys.TrainLoss, first, count, LossAt);

    public static double LossAt(long step) => (float)(5.0 / Math.Sqrt(step + 1));

    /// <summary>Evaluates a slice of two batches after the last step.</summary>
    public FakeTrainer Evaluated(EvaluationSlice slice, long step, double loss) => Record(new EvaluationRecorded(slice, step, [2, 2], [loss - 0.5, loss + 0.5]));

    public FakeTrainer Saved(long step) => Record(new RunEventRecorded(RunEventKind.CheckpointSaved, step, _time.GetUtcNow(), $"Checkpoint at step {step}."));

    /// <summary>Saves a checkpoint of made-up tensors, as a trainer would.</summary>
    public FakeTrainer Checkpoint(long step)
    {
        var (spec, _) = RunSpecJson.Read(File.ReadAllText(Launch.Directory.SpecPath));
        new CheckpointStore(Launch.Directory, RunSpecJson.Hash(spec!), spec!.KeptCheckpointIntervalSteps).Save(
            new CheckpointName(step, Launch.Attempt),
            step,
            elapsedSeconds: step,
            threads: 1,
            [("weights.safetensors", stream => stream.Write([1, 2, 3])), ("optimizer.safetensors", stream => stream.Write([4, 5]))],
            new FenceGuard(Launch.Directory, new Fence(Launch.Attempt, Launch.Token)));
        return Saved(step);
    }

    public FakeTrainer End(AttemptOutcome outcome, long step, RunFailure? failure = null) => EndWithoutLeaving(outcome, step, failure).Die();

    /// <summary>Has said its last word, but its process is still there.</summary>
    public FakeTrainer EndWithoutLeaving(AttemptOutcome outcome, long step, RunFailure? failure = null) =>
        Record(new AttemptEnded(outcome, step, _time.GetUtcNow(), failure));

    /// <summary>The process is gone, whatever it had still to say.</summary>
    public FakeTrainer Die()
    {
        IsAlive = false;
        _journal?.Dispose();
        return this;
    }

    public FakeTrainer Renew()
    {
        DurableFile.WriteJson(Attempt.LeasePath, new Lease(Launch.Attempt, Launch.Token, ProcessIdentity.Current, _renewals++, _time.GetUtcNow()));
        return this;
    }

    public void Dispose() => _journal?.Dispose();

    private FakeTrainer Record(JournalRecord record)
    {
        _journal!.Append(record);
        _journal.Flush();
        return this;
    }
}
