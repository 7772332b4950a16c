using System.Globalization;
using System.Text;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws.Curves;

public sealed class CurveFileTests
{
    [Theory]
    [InlineData("step,lr,loss", ",")]
    [InlineData("Loss;Learning Rate;global_step", ";")]
    [InlineData("train/loss\ttrain/lr\ttrain/global_step", "\t")]
    [InlineData("\"iteration\",\"eta\",\"val_loss\"", ",")]
    public void Read_CsvOfThreeColumns_FindsThemByTheirNames(string header, string separator)
    {
        var names = header.Replace("\"", "", StringComparison.Ordinal).Split(separator);
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < 10; i++)
        {
            var cells = names.Select(name => name is "step" or "global_step" or "train/global_step" or "iteration" ? $"{i * 5}" : name.Contains("oss", StringComparison.Ordinal) ? Loss(i) : Rate(i));
            text.AppendJoin(separator, cells).Append("\r\n");
        }

        var outcome = Read(text.ToString(), "logs/run one.csv");

        Assert.Empty(outcome.Problems);
        Assert.Equal(CurveFileFormat.Csv, outcome.Format);
        var curve = Assert.Single(outcome.Curves);
        Assert.Equal("run one", curve.Name);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => new LossSample(i * 5, Parse(Loss(i)))), curve.Losses);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => new RatePoint(i * 5, Parse(Rate(i)))), curve.Rates);
        Assert.Equal(46, curve.Steps);
    }

    [Theory]
    [InlineData(4, "It has only 4 losses. A fit needs at least 5 after the warm-up, so no law can be fitted to it.")]
    [InlineData(5, "It has only 5 losses. It can be used for a fit only if at least 5 of them come after the warm-up and the skipped start.")]
    [InlineData(8, null)]
    public void Read_CsvOfFewLosses_SaysWhatAFitNeeds(int rows, string? expected)
    {
        var text = "step,lr,loss\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{Rate(i)},{Loss(i)}\n"));

        var notes = Read(text).Notes.Where(note => note.Contains("only", StringComparison.Ordinal));

        Assert.Equal(expected is null ? [] : [expected], notes);
    }

    [Fact]
    public void Read_CsvWithoutARate_LeavesItToASchedule()
    {
        var curve = Assert.Single(Read(Csv("step,loss", i => $"{i},{Loss(i)}")).Curves);

        Assert.False(curve.HasRates);
        Assert.Equal(10, curve.Losses.Length);
    }

    [Fact]
    public void Read_CsvWithEmptyCells_TakesWhatIsThere()
    {
        var curve = Assert.Single(Read(Csv("step,lr,loss", i => $"{i}.0,{(i % 2 == 0 ? "1e-3" : "")},{(i == 3 ? "NaN" : Loss(i))}")).Curves);

        Assert.Equal((9, 5), (curve.Losses.Length, curve.Rates.Length));
        Assert.DoesNotContain(curve.Losses, sample => sample.Step == 3);
    }

    [Fact]
    public void Read_SeveralLosses_PrefersValidationAndTakesAnOtherWhenAsked()
    {
        var text = Csv("step,lr,train_loss,val_loss", i => $"{i},1e-3,{Loss(i)},2.5");

        var found = Read(text);
        var asked = CurveFile.Read(Encoding.UTF8.GetBytes(text), "a.csv", new CurveFileChoice(Loss: "train_loss"));

        Assert.All(found.Curves[0].Losses, sample => Assert.Equal(2.5, sample.Loss));
        Assert.Equal(Parse(Loss(9)), asked.Curves[0].Losses[9].Loss);
        Assert.Equal(["lr", "train_loss", "val_loss"], found.Series);
    }

    [Fact]
    public void Read_WandbExport_GivesEachRunItsCurve()
    {
        const string Header = "\"Step\",\"wsd - a - train/loss\",\"wsd - a - train/loss__MIN\",\"wsd - a - train/loss__MAX\",\"wsd - a - train/lr\",\"cosine - train/loss\",\"cosine - train/loss__MIN\",\"cosine - train/loss__MAX\",\"cosine - _step\"";

        var outcome = Read(Csv(Header, i => $"\"{i * 10}\",\"{Loss(i)}\",\"1\",\"9\",\"{Rate(i)}\",\"{(i < 8 ? "3.5" : "")}\",\"\",\"\",\"{i}\""));

        Assert.Empty(outcome.Problems);
        Assert.Equal(CurveFileFormat.WandbCsv, outcome.Format);
        Assert.Equal(["wsd - a", "cosine"], outcome.Curves.Select(curve => curve.Name));
        Assert.Equal((true, false), (outcome.Curves[0].HasRates, outcome.Curves[1].HasRates));
        Assert.Equal(new LossSample(90, Parse(Loss(9))), outcome.Curves[0].Losses[^1]);
        Assert.Equal(8, outcome.Curves[1].Losses.Length);
        Assert.Equal(["train/loss", "train/lr"], outcome.Series);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("valid/perplexity")]
    public void Read_WandbExportWithoutAKnownLoss_AsksWhich(string? chosen)
    {
        var outcome = CurveFile.Read(Encoding.UTF8.GetBytes(Csv("Step,a - accuracy,a - speed", i => $"{i},1,2")), "a.csv", new CurveFileChoice(Loss: chosen));

        Assert.Empty(outcome.Curves);
        Assert.Equal("loss", Assert.Single(outcome.Problems).Path);
        Assert.Equal(["accuracy", "speed"], outcome.Series);
    }

    [Fact]
    public void Read_EventFile_DecodesBothKindsOfScalar()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step < 10; step++)
        {
            file.Simple(step * 7, "train/loss", 4f / (step + 1)).Tensor(step * 7, "train/lr", 1e-3f).Content(step * 7, "eval/accuracy", 0.5);
        }

        var outcome = CurveFile.Read(file.ToArray(), "events.out.tfevents.1700000000.host");

        Assert.Empty(outcome.Problems);
        Assert.Equal(CurveFileFormat.TensorBoard, outcome.Format);
        var curve = Assert.Single(outcome.Curves);
        Assert.Equal(Enumerable.Range(0, 10).Select(step => new LossSample(step * 7, 4f / (step + 1))), curve.Losses);
        Assert.All(curve.Rates, point => Assert.Equal(1e-3f, (float)point.Rate));
        Assert.Equal(["eval/accuracy", "train/loss", "train/lr"], outcome.Series);
        Assert.Equal("Taken: loss from the tag 'train/loss' (training loss), learning rate from 'train/lr'.", Assert.Single(outcome.Notes));
    }

    [Fact]
    public void Read_EventFileOfARunThatWentBack_KeepsTheLaterLosses()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step < 10; step++)
        {
            file.Simple(step, "loss", 1);
        }

        for (var step = 6; step < 12; step++)
        {
            file.Simple(step, "loss", 2);
        }

        var curve = Assert.Single(CurveFile.Read(file.ToArray(), "events.out.tfevents.1").Curves);

        Assert.Equal(Enumerable.Range(0, 12).Select(step => new LossSample(step, step < 6 ? 1 : 2)), curve.Losses);
    }

    [Fact]
    public void Read_EventFileCutOff_KeepsWhatIsWholeAndSaysSo()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step < 10; step++)
        {
            file.Simple(step, "loss", 1);
        }

        var outcome = CurveFile.Read(file.ToArray().AsSpan()[..^3], "events.out.tfevents.1");

        Assert.Equal(9, Assert.Single(outcome.Curves).Losses.Length);
        Assert.Contains(outcome.Notes, note => note.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EventFileWithAnyByteFlipped_NeverThrowsAndNeverTakesADamagedRecord()
    {
        var file = new EventFileBytes().Version();
        for (var step = 0; step < 10; step++)
        {
            file.Simple(step, "loss", 1);
        }

        var sound = file.ToArray();
        for (var i = 0; i < sound.Length; i++)
        {
            byte[] broken = [.. sound];
            broken[i] ^= 0x40;

            var outcome = CurveFile.Read(broken, "events.out.tfevents.1");

            Assert.All(outcome.Curves.SelectMany(curve => curve.Losses), sample => Assert.Equal(1, sample.Loss));
            Assert.True(outcome.Problems.Length > 0 || outcome.Curves[0].Losses.Length == 10, $"Byte {i}");
        }
    }

    [Fact]
    public void Read_EventFileOfBrokenMessages_SaysSo()
    {
        byte[][] messages = [[0x2a, 0xff], [0x00], [0x2b], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x2a, 0x02, 0x0a, 0x7f], EventFileBytes.Varint(5, 3)];

        Assert.All(messages, message => Assert.Equal("file", Assert.Single(CurveFile.Read(new EventFileBytes().Version().Record(message).ToArray(), "e").Problems).Path));
        Assert.Contains("no scalars", CurveFile.Read(new EventFileBytes().Version().ToArray(), "e").Problems[0].Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "", "file", "empty" },
        { "step,lr,loss\n", "file", "a row for each sample" },
        { "a,b\n1,2\n", "step", "No column is called step" },
        { "epoch,loss\n1,2\n", "step", "'epoch' counts passes over the data" },
        { "0,1e-3,5\n1,1e-3,4\n", "file", "The first line holds numbers" },
        { "step,speed\n1,2\n", "loss", "No column is called loss" },
        { "step,lr,loss\n0,1e-3,5\n1,1e-3\n", "file", "Line 3 has 2 cells; the header has 3" },
        { "step,lr,loss\n0,1e-3,5\n1,fast,5\n", "rate", "Line 3, column 'lr': 'fast' is not a number" },
        { "step,lr,loss\n5,1e-3,5\n5,1e-3,5\n", "loss", "it has 1 loss (step 5); a curve needs 4" },
        { "step,lr,loss\n-1,1e-3,5\n", "step", "Line 2: a step is a whole number" },
        { "step,lr,loss\n0.5,1e-3,5\n", "step", "Line 2: a step is a whole number" },
        { "step,lr,loss\n1e300,1e-3,5\n", "step", "Line 2: a step is a whole number" },
        { "step,lr,loss\n0,1e-3,inf\n", "loss", "the run diverged: its loss is not finite from step 0" },
        { "step,lr,loss\n0,1e-3,1e999\n", "loss", "the run diverged" },
        { "step,lr,loss\n0,-1e-3,5\n1,0,5\n2,0,5\n3,0,5\n", "rate", "A learning rate is at least 0, but -0.001 at step 0 is not" },
        { "step,lr,loss\n0,0,5\n1,0,5\n2,0,5\n3,0,5\n", "rate", "Every learning rate is 0" },
        { "step,lr,loss\n0,1e-3,5\n\n1,1e-3,\"5\n", "file", "Line 4: a quote is never closed" },
        { "step,lr,loss\n0,1e-3,5\n1,1e-3,4\n", "loss", "it has 2 losses (steps 0, 1); a curve needs 4" },
        { "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "file", "neither text nor" },
        { "wandb - a,b - loss\n1,2\n", "step", "The first column of an export is the step" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Read_WhatIsNoCurve_SaysWhyAndWhere(string text, string path, string message)
    {
        var outcome = Read(text);

        Assert.Empty(outcome.Curves);
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesThatAreNoText_SaysSo()
    {
        Assert.Contains("neither text nor", CurveFile.Read([0x80, 0x81, 0x82], "x").Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("UTF-16", CurveFile.Read([0xff, 0xfe, 0x31, 0x00, 0x32], "x").Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("not UTF-8: byte 6 is 0xfc", CurveFile.Read([.. "step,l"u8, 0xfc, .. "ss,learning\n1,2,3\n"u8], "x").Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("does not begin with a record", CurveFile.Read("step,loss"u8, "x", format: CurveFileFormat.TensorBoard).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OversizedCells_AreRefused()
    {
        var long1 = CurveFile.Read(Encoding.UTF8.GetBytes($"step,{new string('x', 5000)}\n1,2\n"), "x");
        var many = CurveFile.Read(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 5000)) + "\n1\n"), "x");

        Assert.Contains("characters in one", long1.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("cells", many.Problems[0].Message, StringComparison.Ordinal);
    }

    private static CurveFileOutcome Read(string text, string name = "a.csv") => CurveFile.Read(Encoding.UTF8.GetBytes(text), name);

    private static string Csv(string header, Func<int, string> row) => $"{header}\n{string.Join('\n', Enumerable.Range(0, 10).Select(row))}\n";

    private static string Loss(int i) => (5.0 / (i + 1)).ToString("R", CultureInfo.InvariantCulture);

    private static string Rate(int i) => (1e-3 * (10 - i)).ToString("R", CultureInfo.InvariantCulture);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
