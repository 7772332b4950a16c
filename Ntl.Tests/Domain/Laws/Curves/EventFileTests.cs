using Ntl.Domain.Laws.Curves;

namespace Ntl.Tests.Domain.Laws.Curves;

public sealed class EventFileTests
{
    [Fact]
    public void Read_StartRecord_VoidsEveryTagFromItsStepOn()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step <= 40; step++)
        {
            file.Simple(step, "train/loss", 9);
            if (step % 5 == 0)
            {
                file.Simple(step, "val/loss", 8);
            }
        }

        // The new attempt logs both later and more rarely.
        file.Version(1.8e9).Start(21);
        for (var step = 25; step <= 60; step += 5)
        {
            file.Simple(step, "train/loss", 5).Simple(step + 2, "val/loss", 4);
        }

        var outcome = Read(file);
        var curve = Assert.Single(outcome.Curves);

        Assert.Equal("val/loss", outcome.LossColumn);
        Assert.Equal([0L, 5, 10, 15, 20, 27, 32, 37, 42, 47, 52, 57, 62], curve.Losses.Select(sample => sample.Step));
        Assert.Equal([.. Enumerable.Range(0, 21).Select(i => (long)i), 25, 30, 35, 40, 45, 50, 55, 60], curve.Others[0].Samples.Select(sample => sample.Step));
        Tells(outcome, "The run was resumed at step 21 after it had come to step 40 (a START record)");
    }

    [Fact]
    public void Read_OverlapWithoutAStartRecord_TakesTheLaterAttemptOfEveryTag()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step <= 40; step++)
        {
            file.Simple(step, "train/loss", 9);
        }

        file.Simple(38, "train/lr", 0.5f);
        for (var step = 30; step <= 60; step++)
        {
            file.Simple(step, "train/loss", 5);
        }

        var outcome = Read(file);

        Assert.Equal(61, outcome.Curves[0].Losses.Length);
        Assert.Empty(outcome.Curves[0].Rates);
        Tells(outcome, "The run was resumed at step 30 after it had come to step 40 (its steps overlap)");
    }

    [Fact]
    public void Read_FilesOfOneRun_JoinInTheOrderOfTheirStart()
    {
        var (late, early) = (new EventFileBytes().Version(1.8e9), new EventFileBytes().Version(1.7e9));
        for (var step = 0; step < 10; step++)
        {
            early.Simple(step, "loss", 9);
            late.Simple(step + 8, "loss", 5);
        }

        var outcome = CurveFile.Read([.. late.ToArray(), .. early.ToArray()], "events.out.tfevents.1");

        Assert.Equal(Enumerable.Range(0, 18).Select(step => new LossSample(step, step < 8 ? 9 : 5)), outcome.Curves[0].Losses);
        Tells(outcome, "2 event files of one run were joined");
    }

    [Fact]
    public void Read_ScalarsOfEveryType_AreRead()
    {
        var file = new EventFileBytes().Version();
        (ulong Type, byte[] Number)[] numbers =
        [
            (1, EventFileBytes.Fixed32(5, 3)),
            (1, EventFileBytes.Bytes(4, [0, 0, 0x40, 0x40])),
            (2, EventFileBytes.Bytes(4, BitConverter.GetBytes(3.0))),
            (2, EventFileBytes.Bytes(6, BitConverter.GetBytes(3.0))),
            (3, EventFileBytes.Varint(7, 3)),
            (3, EventFileBytes.Bytes(7, [3])),
            (4, EventFileBytes.Bytes(4, [3])),
            (9, EventFileBytes.Varint(10, 3)),
            (14, EventFileBytes.Varint(13, 0x4040)),
            (14, EventFileBytes.Bytes(4, [0x40, 0x40])),
            (19, EventFileBytes.Varint(13, 0x4200)),
            (19, EventFileBytes.Bytes(4, [0x00, 0x42])),
            (22, EventFileBytes.Varint(16, 3)),
            (23, EventFileBytes.Varint(17, 3)),
        ];
        foreach (var (step, (type, number)) in numbers.Index())
        {
            file.Typed(step, "loss", type, number);
        }

        file.Typed(3_000_000_000, "loss", 1, EventFileBytes.Fixed32(5, 3)).Typed(0, "odd", 8, EventFileBytes.Bytes(9, [0, 0, 0, 0]));
        var outcome = Read(file);

        Assert.Equal(numbers.Length + 1, outcome.Curves[0].Losses.Length);
        Assert.All(outcome.Curves[0].Losses, sample => Assert.Equal(3, sample.Loss));
        Assert.Equal(3_000_000_000, outcome.Curves[0].Losses[^1].Step);
        Tells(outcome, "Tag 'odd': 1 value left out, each complex64 and not one number.");
    }

    [Fact]
    public void Read_LongerLoss_IsPreferredToFewValidations()
    {
        var file = new EventFileBytes().Version().Simple(3, "eval/loss", 8);
        for (var step = 0; step < 6; step++)
        {
            file.Simple(step, "train/loss", 3).Simple(step, "train/loss_scale", 65536).Simple(step, "train/perplexity", 20);
        }

        Assert.Equal("train/loss", Read(file).LossColumn);
    }

    [Fact]
    public void Read_RunThatEndsAtNaN_IsNoCurveUnlessAskedFor()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step < 10; step++)
        {
            file.Simple(step, "loss", step < 8 ? 3 : float.NaN);
        }

        Assert.Contains("the run diverged: its loss is not finite from step 8", Read(file).Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(8, CurveFile.Read(file.ToArray(), "e", new(KeepDiverged: true)).Curves[0].Losses.Length);
    }

    [Fact]
    public void Read_FileWithAnEndOfZeros_TellsItAndADamagedRecordItsPlace()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step < 10; step++)
        {
            file.Simple(step, "loss", 3);
        }

        var sound = file.ToArray();
        byte[] broken = [.. sound];
        broken[^5] ^= 1;

        Tells(CurveFile.Read([.. sound, .. new byte[4096]], "e"), "The last record is cut off");
        Assert.Contains("the checksum of record 11, at byte", CurveFile.Read(broken, "e").Problems[0].Message, StringComparison.Ordinal);
    }

    private static CurveFileOutcome Read(EventFileBytes file) => CurveFile.Read(file.ToArray(), "events.out.tfevents.1");

    private static void Tells(CurveFileOutcome outcome, string text) => Assert.Contains(outcome.Notes, note => note.Contains(text, StringComparison.Ordinal));
}
