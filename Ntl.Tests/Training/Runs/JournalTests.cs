using Ntl.Domain.Metrics;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

public class JournalTests
{
    [Fact]
    public void Journal_RecordsOfEveryKind_ReadBackEqual()
    {
        using var fixture = new RunFixture();
        var started = new AttemptStarted(RunId.New(), 1, "token", 20, 1.25, fixture.Time.GetUtcNow(), new Dictionary<string, string> { ["device"] = "cpu" });
        var warning = fixture.Event(21, "η");
        var ended = new AttemptEnded(AttemptOutcome.Failed, 22, fixture.Time.GetUtcNow(), new RunFailure(RunFailureKind.NonFiniteLoss, 22, "The loss is NaN."));
        using var writer = fixture.OpenJournal();

        writer.Append(started);
        writer.AppendMetric(MetricKeys.TrainLoss, 20, 5.5);
        writer.AppendMetric(MetricKeys.ValidationLoss, 20, double.NaN);
        writer.AppendMetric(MetricKeys.TrainLoss, 1_000_000_000_000, double.PositiveInfinity);
        writer.Append(warning);
        writer.Append(ended);
        writer.Flush();

        var records = JournalReader.Read(fixture.Attempt.JournalPath, 0).Entries.Select(entry => entry.Record).ToList();
        Assert.Equal(4, records.Count);
        Assert.Equal(started with { Environment = null! }, ((AttemptStarted)records[0]) with { Environment = null! });
        Assert.Equal(started.Environment, ((AttemptStarted)records[0]).Environment);
        var segments = ((MetricsRecorded)records[1]).Segments;
        Assert.Equal([MetricKeys.TrainLoss, MetricKeys.ValidationLoss], segments.Select(segment => segment.Key));
        Assert.Equal([20, 1_000_000_000_000], segments[0].Points.Steps.ToArray());
        Assert.Equal([5.5, double.PositiveInfinity], segments[0].Points.Values.ToArray());
        Assert.Equal([double.NaN], segments[1].Points.Values.ToArray());
        Assert.Equal(warning, records[2]);
        Assert.Equal(ended, records[3]);
    }

    [Fact]
    public void Reader_JournalCutAnywhere_ReturnsTheWholeRecordsBeforeTheCut()
    {
        using var fixture = new RunFixture();
        using (var writer = fixture.OpenJournal())
        {
            for (var step = 0; step < 3; step++)
            {
                writer.AppendMetric(MetricKeys.TrainLoss, step, step);
                writer.Append(fixture.Event(step));
            }

            writer.Flush();
        }

        var whole = File.ReadAllBytes(fixture.Attempt.JournalPath);
        var ends = JournalReader.Read(fixture.Attempt.JournalPath, 0).Entries.Select(entry => entry.EndOffset).ToList();
        Assert.Equal(6, ends.Count);
        Assert.Equal(whole.Length, ends[^1]);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(fixture.Attempt.JournalPath, whole.AsSpan(0, length));

            var page = JournalReader.Read(fixture.Attempt.JournalPath, 0);

            var expected = ends.Where(end => end <= length).ToList();
            Assert.Equal(expected, page.Entries.Select(entry => entry.EndOffset));
            Assert.Equal(length, page.NextOffset + page.PendingBytes);
        }
    }

    [Fact]
    public void Reader_CutJournalCompleted_GoesOnFromItsOffset()
    {
        using var fixture = new RunFixture();
        using (var writer = fixture.OpenJournal())
        {
            writer.Append(fixture.Event(1));
            writer.Append(fixture.Event(2));
            writer.Flush();
        }

        var whole = File.ReadAllBytes(fixture.Attempt.JournalPath);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(fixture.Attempt.JournalPath, whole.AsSpan(0, length));
            var first = JournalReader.Read(fixture.Attempt.JournalPath, 0);
            File.WriteAllBytes(fixture.Attempt.JournalPath, whole);

            var second = JournalReader.Read(fixture.Attempt.JournalPath, first.NextOffset);

            Assert.Equal([1L, 2L], first.Entries.Concat(second.Entries).Select(entry => ((RunEventRecorded)entry.Record).Step));
        }
    }

    [Fact]
    public void Reader_AnyByteChanged_IsNeverTakenForARecord()
    {
        using var fixture = new RunFixture();
        using (var writer = fixture.OpenJournal())
        {
            writer.Append(fixture.Event(1));
            writer.Append(fixture.Event(2));
            writer.Append(fixture.Event(3));
            writer.Flush();
        }

        var whole = File.ReadAllBytes(fixture.Attempt.JournalPath);
        var sound = JournalReader.Read(fixture.Attempt.JournalPath, 0).Entries;
        for (var at = JournalFormatHeaderLength; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(fixture.Attempt.JournalPath, damaged);
            var hit = sound.TakeWhile(entry => entry.EndOffset <= at).Count();

            var steps = new List<long>();
            long offset = 0;
            var damage = Record.Exception(() =>
            {
                for (JournalPage page; (page = JournalReader.Read(fixture.Attempt.JournalPath, offset)).Entries.Count > 0; offset = page.NextOffset)
                {
                    steps.AddRange(page.Entries.Select(entry => ((RunEventRecorded)entry.Record).Step));
                }
            });

            Assert.Equal(Enumerable.Range(1, hit).Select(step => (long)step), steps);
            if (damage is not null)
            {
                Assert.Equal(sound[hit].Offset, Assert.IsType<JournalCorruptException>(damage).Offset);
            }
        }
    }

    [Fact]
    public void Reader_DamagedMiddleRecord_ThrowsWithItsOffset()
    {
        using var fixture = new RunFixture();
        using (var writer = fixture.OpenJournal())
        {
            writer.Append(fixture.Event(1));
            writer.Append(fixture.Event(2));
            writer.Append(fixture.Event(3));
            writer.Flush();
        }

        var second = JournalReader.Read(fixture.Attempt.JournalPath, 0).Entries[1];
        var bytes = File.ReadAllBytes(fixture.Attempt.JournalPath);
        bytes[second.EndOffset - 1] ^= 1;
        File.WriteAllBytes(fixture.Attempt.JournalPath, bytes);

        var page = JournalReader.Read(fixture.Attempt.JournalPath, 0);
        var damage = Assert.Throws<JournalCorruptException>(() => JournalReader.Read(fixture.Attempt.JournalPath, page.NextOffset));

        Assert.Single(page.Entries);
        Assert.Equal(second.Offset, damage.Offset);
    }

    [Fact]
    public void Reader_ForeignFile_SaysSo()
    {
        using var fixture = new RunFixture();
        File.WriteAllBytes(fixture.Attempt.JournalPath, new byte[64]);

        var damage = Assert.Throws<JournalCorruptException>(() => JournalReader.Read(fixture.Attempt.JournalPath, 0));

        Assert.Equal(0, damage.Offset);
    }

    [Fact]
    public void Reader_ZerosAfterTheLastRecord_AreATornTail()
    {
        using var fixture = new RunFixture();
        using (var writer = fixture.OpenJournal())
        {
            writer.Append(fixture.Event(1));
            writer.Flush();
        }

        File.AppendAllBytes(fixture.Attempt.JournalPath, new byte[100]);

        var page = JournalReader.Read(fixture.Attempt.JournalPath, 0);

        Assert.Single(page.Entries);
        Assert.Equal(100, page.PendingBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Reader_SmallWindow_StillReadsEveryRecord(int window)
    {
        using var fixture = new RunFixture();
        using (var writer = fixture.OpenJournal())
        {
            for (var step = 0; step < 50; step++)
            {
                writer.Append(fixture.Event(step, new string('x', 3 * step)));
            }

            writer.Flush();
        }

        var steps = new List<long>();
        long offset = 0;
        for (JournalPage page; (page = JournalReader.Read(fixture.Attempt.JournalPath, offset, maximumBytes: window)).Entries.Count > 0; offset = page.NextOffset)
        {
            steps.AddRange(page.Entries.Select(entry => ((RunEventRecorded)entry.Record).Step));
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(step => (long)step), steps);
    }

    [Fact]
    public void Writer_TimerDue_WritesWhatGathered()
    {
        using var fixture = new RunFixture();
        using var writer = fixture.OpenJournal();
        writer.AppendMetric(MetricKeys.TrainLoss, 0, 1);

        var before = JournalReader.Read(fixture.Attempt.JournalPath, 0).Entries.Count;
        fixture.Time.Advance(JournalWriter.FlushInterval);
        var after = JournalReader.Read(fixture.Attempt.JournalPath, 0).Entries.Count;

        Assert.Equal((0, 1), (before, after));
    }

    [Fact]
    public void Writer_ExistingJournal_IsRefused()
    {
        using var fixture = new RunFixture();
        fixture.OpenJournal().Dispose();

        Assert.Throws<IOException>(fixture.OpenJournal);
    }

    [Fact]
    public void Writer_FullDisk_FailsTyped()
    {
        using var fixture = new RunFixture();
        var full = Assert.Throws<IOException>(() => DurableFileProbe.WriteToFullDevice());

        Assert.True(DurableFile.IsOutOfSpace(full));
        Assert.False(DurableFile.IsOutOfSpace(new IOException("other")));
    }

    private const int JournalFormatHeaderLength = 16;

    private static class DurableFileProbe
    {
        public static void WriteToFullDevice()
        {
            using var handle = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(handle, new byte[1], 0);
        }
    }
}
