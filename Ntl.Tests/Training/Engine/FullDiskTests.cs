using System.Diagnostics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Engine;

/// <summary>A real file system that is full. Needs the right to mount one; skipped without.</summary>
public class FullDiskTests
{
    [Fact]
    public void Run_NoRoomForTheCheckpoint_FailsTypedInTheJournal()
    {
        using var directory = new TemporaryDirectory();
        Assert.SkipUnless(Call("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", directory.Root), "No right to mount a small file system.");
        try
        {
            // 50,000 weights: a checkpoint of them and AdamW's two arrays takes 600 KB.
            using var fixture = new TrainingFixture(
                spec => spec with { Model = spec.Model with { EmbeddingWidth = 48, LayerCount = 2 } }, directory["run"]);

            Assert.Equal(TrainerExitCode.Failed, fixture.RunAttempt());

            var failure = fixture.End(1).Failure;
            Assert.Equal((RunFailureKind.StorageFull, 4L), (failure!.Kind, failure.Step!.Value));
            Assert.Empty(Directory.GetDirectories(fixture.Run.CheckpointsPath));
            Assert.Equal(4, fixture.Points(Ntl.Domain.Metrics.MetricKeys.TrainLoss).Count);
        }
        finally
        {
            Assert.True(Call("umount", directory.Root));
        }
    }

    [Fact]
    public void Journal_FullDisk_KeepsItsWholeRecordsAndTakesTheLastOnes()
    {
        using var directory = new TemporaryDirectory();
        Assert.SkipUnless(Call("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", directory.Root), "No right to mount a small file system.");
        try
        {
            var run = new RunDirectory(directory["run"]);
            run.Create();
            var fence = Fence.Issue(1);
            fence.Raise(run);
            var attempt = run.CreateAttempt(1);
            using (var writer = new JournalWriter(attempt, new FenceGuard(run, fence), new ManualTime()))
            {
                writer.Append(Event(1, 10));
                writer.Flush();
                writer.Append(Event(2, 200_000)); // more than is left

                Assert.True(DurableFile.IsOutOfSpace(Assert.Throws<IOException>(() => writer.Flush())));
                Assert.Equal([1L], Steps(attempt));

                writer.ReleaseReserve();
                writer.Append(Event(3, 10));
                writer.Flush();
            }

            Assert.Equal([1L, 2L, 3L], Steps(attempt));
        }
        finally
        {
            Assert.True(Call("umount", directory.Root));
        }
    }

    private static RunEventRecorded Event(long step, int length) => new(RunEventKind.Warning, step, DateTimeOffset.UnixEpoch, new string('x', length));

    private static IEnumerable<long> Steps(AttemptDirectory attempt) =>
        JournalReader.Read(attempt.JournalPath, 0).Entries.Select(entry => ((RunEventRecorded)entry.Record).Step);

    private static bool Call(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
