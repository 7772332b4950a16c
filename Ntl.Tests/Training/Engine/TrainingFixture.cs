using System.Text;
using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Tests.Training.Data;
using Ntl.Training.Engine;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Engine;

/// <summary>A tiny run that trains in well under a second, and what its attempts said.</summary>
internal sealed class TrainingFixture : IDisposable
{
    public const int TotalSteps = 12;

    private readonly TemporaryDirectory _directory = new();

    public TrainingFixture(Func<RunSpec, RunSpec>? change = null, string? runPath = null)
    {
        Spec = new RunSpec
        {
            Name = "tiny",
            Model = new ModelSpec { LayerCount = 1, HeadCount = 2, EmbeddingWidth = 16, ContextLength = 8, VocabularySize = 256 },
            Dataset = DatasetTests.TextSpec(_directory, 2000),
            Schedule = new ScheduleSpec(new LinearRamp(4, 0, 1e-2), new ConstantRate(TotalSteps - 4, 1e-2)),
            BatchSize = 4,
            Precision = Precision.Float32,
            Seed = 5,
            ValidationIntervalSteps = 5,
            ValidationBatches = 2,
            CheckpointIntervalSteps = 4,
        };
        Spec = change?.Invoke(Spec) ?? Spec;
        Run = new RunDirectory(runPath ?? _directory["run"]);
        Run.Create();
        DurableFile.Write(Run.SpecPath, Encoding.UTF8.GetBytes(RunSpecJson.Write(Spec)));
    }

    public RunSpec Spec { get; }

    public RunDirectory Run { get; }

    public StringWriter Output { get; } = new();

    /// <summary>Runs the next attempt, to its end or to a pause.</summary>
    public int RunAttempt(long? pauseAt = null)
    {
        var fence = Fence.Issue(Run.Attempts().Count + 1);
        fence.Raise(Run);
        return new AttemptRunner(Run, fence, Output, TimeProvider.System, pauseAt).Run();
    }

    public IReadOnlyList<JournalRecord> Records(int attempt) =>
        [.. JournalReader.Read(Run.Attempt(attempt).JournalPath, 0).Entries.Select(entry => entry.Record)];

    public AttemptEnded End(int attempt) => Assert.IsType<AttemptEnded>(Records(attempt)[^1]);

    /// <summary>The visible points of a metric over all attempts: a later attempt's start hides what came after it.</summary>
    public SortedDictionary<long, double> Points(MetricKey key)
    {
        SortedDictionary<long, double> points = [];
        foreach (var attempt in Run.Attempts())
        {
            var records = Records(attempt.Number);
            var start = Assert.IsType<AttemptStarted>(records[0]).StartStep;
            foreach (var step in points.Keys.Where(step => step >= start).ToList())
            {
                points.Remove(step);
            }

            foreach (var segment in records.OfType<MetricsRecorded>().SelectMany(record => record.Segments).Where(segment => segment.Key == key))
            {
                for (var i = 0; i < segment.Points.Count; i++)
                {
                    points.Add(segment.Points.Steps[i], segment.Points.Values[i]);
                }
            }
        }

        return points;
    }

    public void Dispose()
    {
        _directory.Dispose();
        Output.Dispose();
    }
}
