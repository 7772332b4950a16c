using System.Globalization;
using System.Text;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Laws.Curves;

/// <summary>Logs as trainers, spreadsheets and Weights &amp; Biases write them: what is read, what is told, what is refused.</summary>
public sealed class LogTests
{
    [Fact]
    public void Read_HuggingFaceLog_JoinsTheRowsOfAStepAndLeavesTheSummaryOut()
    {
        var outcome = Read(
            """
            loss,learning_rate,epoch,step,eval_loss,train_runtime,train_loss
            4.0,0.0005,0.25,10,,,
            3.5,0.001,0.5,20,,,
            ,,0.5,20,3.6,,
            3.2,0.0005,0.75,30,,,
            3.0,0.0,1.0,40,,,
            ,,1.0,40,3.1,,
            ,,1.0,40,,61.2,3.425
            """);

        var curve = Assert.Single(outcome.Curves);
        Assert.Equal([new LossSample(10, 4), new(20, 3.5), new(30, 3.2), new(40, 3)], curve.Losses);
        Assert.Equal([new RatePoint(10, 5e-4), new(20, 1e-3), new(30, 5e-4), new(40, 0)], curve.Rates);
        Assert.Equal(("loss", "learning_rate", "step", LossKind.Training), (outcome.LossColumn, outcome.RateColumn, outcome.StepColumn, curve.Kind));
        Tells(outcome, "Other losses: 'eval_loss', 'train_loss'");
        Tells(outcome, "The summary of the whole run is no point of it and was left out: line 8.");
        Assert.Contains("it has 2 losses (steps 20, 40)", Read(outcome: "loss", choice: new("eval_loss"), text: "step,eval_loss,loss\n20,3.6,\n40,3.1,\n").Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"best_metric\": null, \"log_history\": [ROWS]}", ", ")]
    [InlineData("[ROWS]", ",\n")]
    [InlineData("ROWS", "\n")]
    public void Read_JsonLog_IsReadAsATable(string document, string between)
    {
        var rows = string.Join(between, Enumerable.Range(1, 9).Select(i =>
            $$$"""{"step": {{{10 * i}}}, "loss": {{{(i == 5 ? "NaN" : Number(5.0 / i))}}}, "learning_rate": 1e-3, "epoch": 0.1, "note": "a NaN, said aloud"}"""));

        var outcome = Read(document.Replace("ROWS", rows, StringComparison.Ordinal), "trainer_state.json");

        Assert.Equal(CurveFileFormat.Json, outcome.Format);
        var curve = Assert.Single(outcome.Curves);
        Assert.Equal((8, 9, 90L), (curve.Losses.Length, curve.Rates.Length, curve.Losses[^1].Step));
        Tells(outcome, "1 loss not finite, left out: step 50.");
    }

    [Fact]
    public void Read_JsonLinesWithNestedFieldsAndACutLine_TakesWhatIsWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 9).Select(i => $$$"""{"global_step": {{{i}}}, "train": {"loss": {{{9 - i}}}, "lr": 0.1}}{{{"\n"}}}""")) + "{\"global_step\": 9, \"tr";

        var outcome = Read("started on node 7\n" + text, "log.jsonl", format: CurveFileFormat.Json);

        Assert.Equal(("train/loss", "train/lr", "global_step"), (outcome.LossColumn, outcome.RateColumn, outcome.StepColumn));
        Tells(outcome, "The last line, 11, is cut off");
        Tells(outcome, "1 line is no JSON object, left out: 1.");
    }

    [Theory]
    [InlineData("# run 5, seed 1\n# a note\nstep,lr,loss\n")]
    [InlineData("# run 5, seed 1\n# step,lr,loss\n")]
    [InlineData("# step,lr,loss\n")]
    public void Read_CommentsAboveTheHeader_ArePassedOver(string head)
    {
        var outcome = Read(head + Rows(0, 100));

        Assert.Equal((10, 900L), (Assert.Single(outcome.Curves).Losses.Length, outcome.Curves[0].Losses[^1].Step));
        var line = head.Count(sign => sign == '\n') + 1;
        Assert.Contains($"Line {line}:", Read(head + "-5" + Rows(0, 100)).Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_700_000_000, 10)]
    [InlineData(1_700_000_000_000, 1000)]
    public void Read_TimesAsSteps_AreRefused(long first, long every)
    {
        var problem = Assert.Single(Read("step,lr,loss\n" + Rows(first, every)).Problems);

        Assert.Equal("step", problem.Path);
        Assert.Contains("look like times", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 52_428_800, "tokens or samples?")]
    [InlineData(20_000, 100, "more than half of the training is missing")]
    public void Read_StepsThatAreDoubtful_SaysSo(long first, long every, string told) =>
        Tells(Read("step,lr,loss\n" + Rows(first, every)), told);

    [Theory]
    [InlineData("tokens")]
    [InlineData("consumed_samples")]
    [InlineData("timestamp")]
    public void Read_NoStepButAnotherCount_SaysWhatALawNeeds(string column) =>
        Assert.Contains(
            $"'{column}' counts something other than updates",
            Read($"{column},lr,loss\n" + Rows(0, 100)).Problems[0].Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_RunThatEndsFarAboveItsLowestLoss_SaysThatItExploded()
    {
        Tells(Read("step,lr,loss\n" + Rows(0, 100) + "1000,1e-3,1e13\n"), "Exploded: ended at 1 × 10¹³ nats/token");
        Assert.DoesNotContain(Read("step,lr,loss\n" + Rows(0, 100)).Notes, note => note.Contains("xploded", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_JsonArraysOfDifferentLengths_NamesThem() =>
        Assert.Contains(
            "'step' has 3 values, 'loss' has 2",
            Read("""{"step": [0, 1, 2], "loss": [3, 2]}""", "log.json").Problems[0].Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_LightningMetrics_TakesTheLossThatIsLongEnough()
    {
        var text = new StringBuilder("epoch,lr-AdamW,step,train_loss_step,train_loss_epoch,val_loss\n");
        for (var i = 1; i <= 10; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $",{1e-4 * i},{(50 * i) - 1},,,\n0,,{(50 * i) - 1},{5.0 / i},,\n");
        }

        var few = Read(text + "0,,249,,,3.4\n0,,499,,3.9,3.2\n");
        var many = Read(text + string.Concat(Enumerable.Range(1, 10).Select(i => $"0,,{(50 * i) - 1},,,{Number(6.0 / i)}\n")));

        Assert.Equal(("train_loss_step", 10, 10), (few.LossColumn, few.Curves[0].Losses.Length, few.Curves[0].Rates.Length));
        Assert.Equal(("val_loss", LossKind.Validation), (many.LossColumn, many.Curves[0].Kind));
        Assert.Equal("train_loss_step", Assert.Single(many.Curves[0].Others).Column);
        Assert.Equal(5.0, many.Curves[0].OfKind(LossKind.Training)!.Losses[0].Loss);
    }

    [Theory]
    [InlineData("loss_scale")]
    [InlineData("grad_loss_ratio")]
    [InlineData("best_val_loss")]
    [InlineData("aux_loss")]
    [InlineData("loss_ema")]
    [InlineData("val_bpb")]
    [InlineData("perplexity")]
    [InlineData("val/loss_exp")]
    [InlineData("accuracy")]
    [InlineData("num_loss_tokens")]
    [InlineData("LossScaler")]
    public void Read_ColumnThatIsNoLoss_IsNeverTaken(string name)
    {
        var alone = Read($"step,lr,{name}\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},1e-3,7\n")));
        var beside = Read($"step,lr,{name},train/loss\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},1e-3,7,3\n")));

        Assert.Equal("loss", Assert.Single(alone.Problems).Path);
        Assert.Contains(name, alone.Series);
        Assert.Equal("train/loss", beside.LossColumn);
        Assert.All(beside.Curves[0].Losses, sample => Assert.Equal(3, sample.Loss));
    }

    [Theory]
    [InlineData("train/loss", LossKind.Training)]
    [InlineData("eval_loss", LossKind.Validation)]
    [InlineData("Loss/val", LossKind.Validation)]
    [InlineData("lm loss validation", LossKind.Validation)]
    [InlineData("valLoss", LossKind.Validation)]
    [InlineData("trainloss", LossKind.Training)]
    [InlineData("train/cross_entropy", LossKind.Training)]
    [InlineData("loss", LossKind.Unstated)]
    public void Read_ColumnThatIsALoss_IsTakenWithItsKind(string name, LossKind kind) =>
        Assert.Equal(kind, Assert.Single(Read($"step,lr,{name}\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},1e-3,3\n"))).Curves).Kind);

    [Fact]
    public void Read_RateLikeColumns_AreNoRates()
    {
        var outcome = Read("step,lr_scale,min_lr,eta,loss\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},1,1e-5,{3600 - i},3\n")));

        Assert.False(Assert.Single(outcome.Curves).HasRates);
        Assert.Null(outcome.RateColumn);
    }

    [Fact]
    public void Read_SeveralUnknownLosses_AsksWhich()
    {
        var text = "step,lr,c4_loss,pile_loss\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},1e-3,3,4\n"));

        Assert.Contains("Several columns could be the loss", Read(text).Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal("pile_loss", Read(text, choice: new("pile_loss")).LossColumn);
    }

    [Fact]
    public void Read_WandbHistory_PrefersTheTrainersStepToTheLoggersCalls()
    {
        var text = "_step,trainer/global_step,train/loss\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},{50 * i},3\n"));

        Assert.Equal(400, Read(text).Curves[0].Losses[^1].Step);
        Assert.Equal(8, Read(text, choice: new(Step: "_step")).Curves[0].Losses[^1].Step);
    }

    [Theory]
    [InlineData("\uFEFF\"Step\";\"Train Loss\";\"Learning Rate\"\r\n0;10,82;0,0\r\n1.000;5,913;0,0003\r\n2.000;4,707;0,00027\r\n3.000;4,2;3,0E-05")]
    [InlineData("sep=;\nStep;Train Loss;Learning Rate\n0;10,82;0,0\n1000;5,913;0,0003\n2000;4,707;0,00027\n3000;4,2;3,0E-05\n")]
    [InlineData("Step\tTrain Loss\tLearning Rate\r0\t10.82\t0\r1,000\t5.913\t0.0003\r2,000\t4.707\t0.00027\r3,000\t4.2\t3.0E-05\r")]
    [InlineData("Step,Train Loss,Learning Rate\n0,\"10,82\",0\n1000,\"5,913\",\"0,0003\"\n2000,\"4,707\",\"0,00027\"\n3000,\"4,2\",\"3,0E-05\"\n")]
    [InlineData("step  train_loss  lr\n0     10.82  0\n1000  5.913  0.0003\n2000  4.707  0.00027\n3000  4.2  3e-5\n")]
    [InlineData("Step;Train Loss;Learning Rate\n0;10,82;0\n1 000;5,913;0,0003\n2 000;4,707;0,00027\n3 000;4,2;3,0E-05\n")]
    public void Read_NumbersOfALocale_AreTheSameNumbers(string text)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], Encoding.BigEndianUnicode.GetBytes(text) })
        {
            var curve = Assert.Single(CurveFile.Read(bytes, "a.csv").Curves);

            Assert.Equal([new LossSample(0, 10.82), new(1000, 5.913), new(2000, 4.707), new(3000, 4.2)], curve.Losses);
            Assert.Equal([new RatePoint(0, 0), new(1000, 3e-4), new(2000, 2.7e-4), new(3000, 3e-5)], curve.Rates);
        }
    }

    [Theory]
    [InlineData("step,loss,lr\n0,10,82,0,0\n1000,5,913,0,0003\n", "decimal commas")]
    [InlineData("step,loss,lr,,\n0,10,82,0,0\n1000,5,913,0,0003\n", "decimal commas")]
    [InlineData("step;loss\n0;5,913\n1;5,812\n2;5,711\n3;5,610\n", "'5,913' may have a decimal comma or a comma for thousands")]
    [InlineData("step;loss;lr\n0;10,82;0.0003\n1;9,7;0.0003\n2;8,5;0.0003\n3;7,5;0.0003\n", "Line 2 has a decimal point ('0.0003') and line 2 a decimal comma ('10,82')")]
    public void Read_CommasThatMayBeAnything_AreNamed(string text, string message) => Assert.Contains(message, Assert.Single(Read(text).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_WandbWithOneShortOneDivergedAndOneEmptyRun_LeavesThemOutAndTellsThem()
    {
        var text = "\"Step\",\"a, \"\"b\"\" - 1 - train/loss\",\"short - train/loss\",\"diverged - train/loss\",\"empty - train/loss\",\"empty - train/loss__MIN\"\n"
            + string.Concat(Enumerable.Range(0, 9).Select(i => $"\"{10 * i}\",\"{9 - i}\",\"{(i < 3 ? "5" : "")}\",\"{(i < 7 ? "4" : "NaN")}\",\"\",\"1\"\n"));

        var outcome = Read(text);
        var kept = Read(text, choice: new(KeepDiverged: true));

        Assert.Equal("a, \"b\" - 1", Assert.Single(outcome.Curves).Name);
        Assert.Equal(["short", "diverged", "empty"], outcome.LeftOut.Select(run => run.Name));
        Assert.Equal([3, 7, 0], outcome.LeftOut.Select(run => run.Points));
        Tells(outcome, "Left out: 'diverged', 7 losses: the run diverged: its loss is not finite from step 70 to its end.");
        Tells(outcome, "Left out: 'short', 3 losses: it has 3 losses (steps 0, 10, 20); a curve needs 4.");
        Assert.Equal(["a, \"b\" - 1", "diverged (diverged at step 70)"], kept.Curves.Select(curve => curve.Name));
        Assert.Equal(60, kept.Curves[1].Losses[^1].Step);
    }

    [Fact]
    public void Read_WandbWithTwoRunsOfOneName_KeepsBoth()
    {
        var outcome = Read("Step,a - loss,a - loss\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{i},3,4\n")));

        Assert.Equal([("a", 3.0), ("a (2)", 4.0)], outcome.Curves.Select(curve => (curve.Name, curve.Losses[0].Loss)));
        Tells(outcome, "2 runs are called 'a'");
    }

    [Fact]
    public void Read_SpikeThatRecovered_IsLeftOutAndTold()
    {
        var outcome = Read("step,lr,loss\n0,1e-3,10.8\n1,1e-3,9.7\n2,1e-3,8.9\n9,1e-3,6.2\n13,1e-3,5.6\n14,1e-3,NaN\n15,1e-3,Infinity\n16,1e-3,-inf\n17,1e-3,7.4\n18,1e-3,\n19,1e-3,5.9\n");

        Assert.Equal([0L, 1, 2, 9, 13, 17, 19], Assert.Single(outcome.Curves).Losses.Select(sample => sample.Step));
        Tells(outcome, "3 losses not finite, left out: steps 14–16.");
        Tells(outcome, "No loss logged at steps 3–8, 10–12, 18; nothing was filled in.");
    }

    [Fact]
    public void Read_SparseLogFilledWithNaN_IsNoDivergence()
    {
        var outcome = Read("step,lr,val_loss\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},1e-3,{(i % 4 == 0 ? "3.5" : "NaN")}\n")));

        Assert.Equal(10, Assert.Single(outcome.Curves).Losses.Length);
        Tells(outcome, "taken as no loss logged there");
    }

    [Fact]
    public void Read_StepsTwice_TakesTheLastValueAndTellsWhere()
    {
        var outcome = Read("step,lr,loss\n0,1e-3,9\n1,1e-3,8\n1,1e-3,7\n2,1e-3,6\n3,1e-3,5\n3,1e-3,5\n4,1e-3,4\n");

        Assert.Equal([9.0, 7, 6, 5, 4], Assert.Single(outcome.Curves).Losses.Select(sample => sample.Loss));
        Tells(outcome, "1 step has several losses that differ; the last one in the file stands: step 1.");
    }

    [Fact]
    public void Read_ResumedRunInOneTable_KeepsTheLaterAttempt()
    {
        var first = Enumerable.Range(0, 20).Select(i => $"{10 * i},1e-3,9,{(i == 19 ? "8" : "")}\n");
        var second = Enumerable.Range(16, 10).Select(i => $"{10 * i},1e-3,5,\n");

        var outcome = Read($"step,lr,train_loss,val_loss\n{string.Concat(first)}{string.Concat(second)}");

        Assert.Equal(26, Assert.Single(outcome.Curves).Losses.Length);
        Assert.Equal([9.0, 5], [outcome.Curves[0].Losses[15].Loss, outcome.Curves[0].Losses[16].Loss]);
        Tells(outcome, "The run was resumed at step 160 after it had come to step 190 (line 22)");
    }

    [Fact]
    public void Read_RowsOutOfOrder_AreSortedAndStepsThatBeginAnewAreRefused()
    {
        var backwards = Read("step,lr,loss\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{19 - i},1e-3,{i + 1}\n")));
        var epochs = Read("step,lr,loss\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 10},1e-3,{50 - i}\n")));

        Assert.Equal((0L, 20.0), (backwards.Curves[0].Losses[0].Step, backwards.Curves[0].Losses[0].Loss));
        Tells(backwards, "were sorted");
        Assert.Contains("Steps begin anew at line 12", epochs.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal("step", epochs.Problems[0].Path);
    }

    [Fact]
    public void Read_HugeAndFloatSteps_AreSteps() =>
        Assert.Equal([0L, 1000, 3_000_000_000, 4_000_000_000], Assert.Single(Read("step,lr,loss\n0,1,4\n1e3,1,3\n3e9,1,2\n4000000000.0,1,1\n").Curves).Losses.Select(sample => sample.Step));

    [Fact]
    public void Read_TensorBoardsCsv_NamesItsLossByTheFile()
    {
        var text = "Wall time,Step,Value\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"1700000000.{i},{i},3\n"));

        Assert.Equal("Value", Read(text, "run-a-tag-train_loss.csv").LossColumn);
        Assert.Equal("loss", Read(text, "run-a-tag-accuracy.csv").Problems[0].Path);
    }

    [Fact]
    public void Read_ZerosAndLossesThatAreFarTooHigh_AreTold()
    {
        Tells(Read("step,lr,loss\n0,1,4\n1,1,0\n2,1,3\n3,1,2\n4,1,1\n"), "1 loss of 0 or below, left out: step 1.");
        Tells(Read("step,lr,loss\n0,1,400\n1,1,200\n2,1,90\n3,1,60\n4,1,50\n"), "Is it a perplexity, or a sum?");
    }

    private static void Tells(CurveFileOutcome outcome, string text) => Assert.Contains(outcome.Notes, note => note.Contains(text, StringComparison.Ordinal));

    private static CurveFileOutcome Read(string text, string outcome = "a.csv", CurveFileChoice? choice = null, CurveFileFormat? format = null) =>
        CurveFile.Read(Encoding.UTF8.GetBytes(text), outcome, choice, format);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Rows(long first, long every) =>
        string.Concat(Enumerable.Range(0, 10).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{first + (i * every)},1e-3,{3 + (1.0 / (i + 1))}\n")));
}
