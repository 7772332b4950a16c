using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;
using Ntl.Tests.Domain.Laws.Curves;
using Ntl.Tests.Support;
using Ntl.Training.Laws;

namespace Ntl.Tests.Training.Laws;

public sealed class LawsCommandTests
{
    [Fact]
    public async Task Json_PublicCurves_TellsEveryLawsErrorsAndFinals()
    {
        var (code, output, _) = await RunAsync(
            "--data", SharedData.Find("mpl/csv_25"), "--train", string.Join(',', SharedData.TrainCurves.Select(name => name + ".csv")),
            "--law", "newton", "--law", "adaptiveSpectrum", "--published", "25M", "--replicates", "5", "--json");

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var laws = document.RootElement.GetProperty("laws").EnumerateArray().ToDictionary(law => law.GetProperty("law").GetString()!);
        Assert.Equal(["adaptiveSpectrum", "multiPower-25M", "newton"], laws.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(6, document.RootElement.GetProperty("test").GetArrayLength());
        Assert.Equal(0.00376, laws["multiPower-25M"].GetProperty("meanTestMae").GetDouble(), 5e-6);
        Assert.Equal(0.003597, laws["adaptiveSpectrum"].GetProperty("meanTestMae").GetDouble(), 2e-5);
        Assert.InRange(laws["newton"].GetProperty("mae").GetProperty("wsdld_20000_24000.csv").GetDouble(), 0.001, 0.005);
        var final = laws["newton"].GetProperty("finals").GetProperty("cosine_24000.csv");
        Assert.InRange(final.GetProperty("predicted").GetDouble() - final.GetProperty("measured").GetDouble(), -0.02, 0.02);
        Assert.Contains(laws["newton"].GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("symbol").GetString() == "κ");
    }

    [Fact]
    public async Task Auto_CurvesOfTwoPeaks_AnswersEachWithTheLawChosenForIt()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], step => 1e-3 * (1 - (step / 500.0)));
        WriteCurve(directory["b.csv"], _ => 1e-3);
        WriteCurve(directory["c.csv"], step => step < 200 ? 1e-3 : 1e-4);
        WriteCurve(directory["d.csv"], _ => 5e-4);

        var (code, output, error) = await RunAsync(
            "--data", directory.Root, "--train", "a.csv,b.csv", "--law", "auto", "--weight-decay", "0.2", "--warmup", "0", "--replicates", "0", "--json");

        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var law = Assert.Single(document.RootElement.GetProperty("laws").EnumerateArray());
        Assert.Equal("auto", law.GetProperty("law").GetString());
        Assert.Equal(4, law.GetProperty("finals").EnumerateObject().Count());
        Assert.Equal("transfer", law.GetProperty("chosen").GetProperty("d.csv").GetProperty("law").GetString());
        Assert.Contains("least error", law.GetProperty("chosen").GetProperty("c.csv").GetProperty("because").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WeightDecayThatIsNone_IsAUsageError()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);

        var (code, _, error) = await RunAsync("--data", directory.Root, "--train", "a.csv", "--weight-decay", "-1");

        Assert.Equal(2, code);
        Assert.Contains("--weight-decay", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_TestCurveThatDiverged_IsNamedAndNotInTheMean()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);
        WriteCurve(directory["b.csv"], _ => 1e-3);
        File.WriteAllText(directory["c.csv"], File.ReadAllText(directory["b.csv"]) + "400,0.001,9.5\n");

        using var document = JsonDocument.Parse(Fit(directory.Root, isJson: true));

        Assert.Equal(["c.csv"], document.RootElement.GetProperty("diverged").EnumerateArray().Select(name => name.GetString()));
        Assert.InRange(document.RootElement.GetProperty("laws")[0].GetProperty("meanTestMae").GetDouble(), 0, 0.01);
        Assert.InRange(document.RootElement.GetProperty("laws")[0].GetProperty("mae").GetProperty("c.csv").GetDouble(), 0.1, 7);
    }

    [Fact]
    public async Task Json_TrainingCurveThatDiverged_IsTold()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);
        WriteCurve(directory["b.csv"], _ => 1e-3);
        await File.AppendAllTextAsync(directory["a.csv"], "400,0.001,9.5\n", TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync(
            "--data", directory.Root, "--train", "a.csv", "--law", "powerLaw", "--replicates", "0", "--json");

        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(["a.csv"], document.RootElement.GetProperty("diverged").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("a.csv diverged", error, StringComparison.Ordinal);
        Assert.Contains("leave it out of --train", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_StrayLogsWithAnotherWarmup_DoNotMoveTheFit()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);
        WriteCurve(directory["b.csv"], step => step < 200 ? 1e-3 : 1e-4);
        File.WriteAllLines(directory["a.csv"], File.ReadAllLines(directory["a.csv"]).Where((_, i) => i is 0 or > 10));
        File.WriteAllLines(directory["b.csv"], File.ReadAllLines(directory["b.csv"]).Where((_, i) => i is 0 or > 10));
        var alone = TrainError();
        foreach (var stray in "x.csv y.csv z.csv".Split(' '))
        {
            WriteCurve(directory[stray], step => 1e-2 * Math.Min(1, (step + 1) / 7.0));
        }

        Assert.Equal(alone, TrainError());

        double TrainError()
        {
            using var document = JsonDocument.Parse(Fit(directory.Root, isJson: true));
            return document.RootElement.GetProperty("laws")[0].GetProperty("trainMae").GetDouble();
        }
    }

    [Fact]
    public void Text_OwnFiles_IsATable()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);
        WriteCurve(directory["b.csv"], step => step < 200 ? 1e-3 : 1e-4);

        var output = Fit(directory.Root, isJson: false);

        Assert.Contains("power law in D", output, StringComparison.Ordinal);
        Assert.Contains("b.csv", output, StringComparison.Ordinal);
        Assert.Contains("one curve", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_LogThatBeginsInTheWarmup_IsNotScoredThere()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], step => Math.Min(step, 100) * 1e-5);
        WriteCurve(directory["b.csv"], step => Math.Min(step, 100) * 1e-5);

        using var document = JsonDocument.Parse(Fit(directory.Root, isJson: true));

        Assert.InRange(document.RootElement.GetProperty("laws")[0].GetProperty("meanTestMae").GetDouble(), 0, 0.01);
    }

    [Theory]
    [InlineData("step,lr,loss\n0,0.001,3\n5,0.001\n", "a.csv: Line 3 has 2 cells")]
    [InlineData("step,lr,loss\n5,0.001,3\n5,0.001,3", "a.csv: 'a' is no curve by its column 'loss': it has 1 loss")]
    [InlineData("step,lr,loss\n0,-1,3\n1,0,3\n2,0,3\n3,0,3", "a.csv: A learning rate is at least 0")]
    [InlineData("step,lr,loss\n0,0.001,NaN", "a.csv: 'a' is no curve by its column 'loss': the run diverged")]
    [InlineData("step,loss\n0,3\n1,3\n2,3\n3,3", "a.csv: it tells no learning rate")]
    [InlineData("step,lr,loss\n", "a.csv: The file needs a line of column names")]
    [InlineData("", "a.csv: The file is empty")]
    [InlineData("step,lr,loss\n0,0.001,3\n1,0.001,3\n2,0.001,3\n3,0.001,3\n500,0.1,", "a.csv: all its losses are of the warm-up")]
    public void Read_BrokenFile_NamesFileAndLine(string text, string expected)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["a.csv"], text);

        Assert.Contains(expected, Refusal(directory.Root, "a.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileThatIsNot_SaysWhatThereIs()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);

        Assert.Contains("there are a.csv", Refusal(directory.Root, "b.csv"), StringComparison.Ordinal);
        Assert.Contains("no directory", Refusal(directory["none"], "a.csv"), StringComparison.Ordinal);
        Assert.Contains("named twice", Refusal(directory.Root, "a.csv", "a.csv"), StringComparison.Ordinal);
        Assert.Contains("at least one curve", Refusal(directory.Root), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LawThatIsNotOrTooFewLosses_IsAWordAndAUsageError()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["a.csv"], "step,lr,loss\n0,0.001,3\n1,0.001,3\n2,0.001,3\n3,0.001,3", TestContext.Current.CancellationToken);

        var unknown = await RunAsync("--data", directory.Root, "--train", "a.csv", "--law", "x");
        var few = await RunAsync("--data", directory.Root, "--train", "a.csv", "--law", "powerLaw");

        Assert.Equal((2, 2), (unknown.Code, few.Code));
        Assert.Contains("newton", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("at least 5", few.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_DirectoryOfLogsOfEveryKind_ReadsEachAndTellsWhatIsNone()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);
        var losses = Enumerable.Range(0, 40).Select(i => (Step: 10 * i, Loss: 3 + Math.Pow((10 * i) + 1, -0.5))).ToList();
        await File.WriteAllTextAsync(directory["notes.txt"], "nothing of a training", Cancellation);
        await File.WriteAllTextAsync(directory["broken.csv"], "step,lr,loss\n0,fast,3\n", Cancellation);
        await File.WriteAllTextAsync(directory["bare.csv"], "step,loss\n" + Lines(row => $"{row.Step},{row.Loss}"), Cancellation);
        await File.WriteAllTextAsync(directory["comma.csv"], "Step;LR;Loss\n" + Lines(row => $"{row.Step};1e-3;{row.Loss}").Replace('.', ','), Cancellation);
        await File.WriteAllTextAsync(directory["state.json"], $"{{\"log_history\": [{Lines(row => $"{{\"step\": {row.Step}, \"loss\": {row.Loss}, \"learning_rate\": 1e-3}},").TrimEnd('\n', ',')}]}}", Cancellation);
        await File.WriteAllTextAsync(directory["wandb.csv"], "Step,run 1 - loss,run 1 - lr,gone - loss\n" + Lines(row => $"{row.Step},{row.Loss},1e-3,{(row.Step < 50 ? "3" : "NaN")}"), Cancellation);
        Directory.CreateDirectory(directory["tb"]);
        var events = new EventFileBytes().Version();
        foreach (var (step, loss) in losses)
        {
            events.Simple(step, "train/loss", (float)loss).Simple(step, "train/lr", 1e-3f);
        }

        await File.WriteAllBytesAsync(directory["tb/events.out.tfevents.1"], events.ToArray(), Cancellation);

        var (code, output, error) = await RunAsync("--data", directory.Root, "--train", "a.csv,run 1", "--law", "powerLaw", "--replicates", "0", "--json");

        Assert.True(code == 0, error);
        var line = Assert.Single(output.TrimEnd().Split('\n'));
        using var document = JsonDocument.Parse(line);
        var law = document.RootElement.GetProperty("laws")[0];
        string[] names = ["a.csv", "comma.csv", "run 1", "state.json", "tb"];
        Assert.Equal(names, law.GetProperty("mae").EnumerateObject().Select(curve => curve.Name).Order(StringComparer.Ordinal));
        Assert.All(law.GetProperty("mae").EnumerateObject(), curve => Assert.InRange(curve.Value.GetDouble(), 0, 0.01));
        Assert.Equal(names, law.GetProperty("finals").EnumerateObject().Select(curve => curve.Name).Order(StringComparer.Ordinal));
        var left = document.RootElement.GetProperty("leftOut").EnumerateArray().ToDictionary(run => run.GetProperty("name").GetString()!, run => run.GetProperty("reason").GetString()!);
        Assert.Contains("'fast' is not a number", left["broken.csv"], StringComparison.Ordinal);
        Assert.Contains("tells no learning rate", left["bare.csv"], StringComparison.Ordinal);
        Assert.Contains("the run diverged", left["wandb.csv: gone"], StringComparison.Ordinal);
        Assert.Contains("notes.txt", left.Keys);
        Assert.Contains("comma.csv: Taken: loss from the column 'Loss'", error, StringComparison.Ordinal);
        Assert.Contains("Left out: bare.csv (40 losses)", error, StringComparison.Ordinal);

        string Lines(Func<(int Step, string Loss), string> write) =>
            string.Concat(losses.Select(row => write((row.Step, row.Loss.ToString("R", CultureInfo.InvariantCulture))) + "\n"));
    }

    [Fact]
    public void Read_CurvesOfSeveralKindsOfLoss_FitsOneKindAndTellsTheOthers()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["a.csv"], Table("train_loss,val_loss", "3,4"));
        File.WriteAllText(directory["b.csv"], Table("train_loss", "3"));
        File.WriteAllText(directory["c.csv"], Table("val_loss", "4"));
        File.WriteAllText(directory["d.csv"], Table("loss", "5"));

        var both = CurveDirectory.Read(new(directory.Root), ["a.csv", "b.csv"], new());
        var one = CurveDirectory.Read(new(directory.Root), ["a.csv"], new());

        Assert.Equal((LossKind.Training, 2), (both.Kind, both.Trained));
        Assert.Equal([("a.csv", 3.0), ("b.csv", 3.0), ("d.csv", 5.0)], both.Tables.Select(table => (table.Name, table.Losses[0].Loss)));
        Assert.Equal("c.csv", Assert.Single(both.LeftOut).Name);
        Assert.Contains(both.Notes, note => note.StartsWith("d.csv: 'loss' does not say whether", StringComparison.Ordinal));
        Assert.Equal([("a.csv", 4.0), ("c.csv", 4.0), ("d.csv", 5.0)], one.Tables.Select(table => (table.Name, table.Losses[0].Loss)));

        static string Table(string names, string values) => $"step,lr,{names}\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},1e-3,{values}\n"));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(20, 1)]
    public void Read_TwoEventFilesOfADirectory_AreOneRunWhereTheSecondGoesOn(int begins, int curves)
    {
        using var directory = new TemporaryDirectory();
        for (var part = 0; part < 2; part++)
        {
            var events = new EventFileBytes().Version(1.7e9 + part);
            for (var step = part * begins; step < 40; step++)
            {
                events.Simple(step, "train/loss", 3 - part).Simple(step, "train/lr", 1e-3f);
            }

            File.WriteAllBytes(directory[$"events.out.tfevents.{part}"], events.ToArray());
        }

        var read = CurveDirectory.Read(new(directory.Root), ["events.out.tfevents.1"], new());

        Assert.Equal(curves, read.Tables.Count);
        Assert.Equal(2, read.Tables[0].Losses[^1].Loss);
        Assert.Equal(curves == 1 ? 3 : 2, read.Tables[0].Losses[0].Loss);
    }

    [Fact]
    public async Task Train_LogWithoutRates_TakesTheScheduleGivenBesideIt()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["a.csv"], "step,loss\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i},{3 + Math.Pow(i + 1, -0.5)}\n"))), Cancellation);
        Directory.CreateDirectory(directory["schedules"]);
        await File.WriteAllTextAsync(directory["schedules/s.json"], StandardSchedules.Constant(40, 1e-3).CanonicalJson, Cancellation);

        var without = await RunAsync("--data", directory.Root, "--train", "a", "--law", "powerLaw");
        var with = await RunAsync("--data", directory.Root, "--train", "a", "--law", "powerLaw", "--schedule", $"a.csv={directory["schedules/s.json"]}");

        Assert.Equal((2, 0), (without.Code, with.Code));
        Assert.Contains("--schedule", without.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Fit(string folder, bool isJson)
    {
        using StringWriter output = new();
        LawsSession session = new(output, TestContext.Current.CancellationToken);
        session.Read(new(folder), ["a.csv"], warmupSteps: null);
        Dictionary<string, MultiPowerLaw> none = new(StringComparer.Ordinal);
        session.Run([LawKind.PowerLaw], isAuto: false, none, new() { Replicates = 0 }, isJson);
        return output.ToString();
    }

    private static string Refusal(string folder, params string[] train) =>
        Assert.Throws<FormatException>(() => new LawsSession(TextWriter.Null, TestContext.Current.CancellationToken).Read(new(folder), train, warmupSteps: null)).Message;

    private static void WriteCurve(string path, Func<int, double> rate) => File.WriteAllLines(
        path, Enumerable.Range(0, 40).Select(i => 10 * i).Select(step => FormattableString.Invariant($"{step},{rate(step)},{3 + Math.Pow(step + 1, -0.5)}")).Prepend("step,lr,loss"));

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var trainer = typeof(LawsSession).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [trainer, "laws", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
