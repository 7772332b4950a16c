using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Laws;
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

        Assert.Equal((0, ""), (code, error));
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
    [InlineData("step,lr,loss\n0,0.001,3\n5,0.001", "a.csv:3: it has 2 fields")]
    [InlineData("step,lr,loss\n5,0.001,3\n5,0.001,3", "a.csv:3: '5' is no step above")]
    [InlineData("step,lr,loss\n0,-1,3", "a.csv:2: '-1' is no learning rate")]
    [InlineData("step,lr,loss\n0,0.001,NaN", "a.csv:2: 'NaN' is no loss")]
    [InlineData("step,loss\n0,3", "a.csv:1: there is no column 'lr'")]
    [InlineData("step,lr,loss\n", "a.csv:2: there is no row")]
    [InlineData("", "a.csv:1: the file is empty")]
    [InlineData("step,lr,loss\n0,0,3\n1,0,3", "a.csv: all its losses are of the warm-up")]
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
        Assert.Contains("at least one file", Refusal(directory.Root), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LawThatIsNotOrTooFewLosses_IsAWordAndAUsageError()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["a.csv"], "step,lr,loss\n0,0.001,3\n1,0.001,3", TestContext.Current.CancellationToken);

        var unknown = await RunAsync("--data", directory.Root, "--train", "a.csv", "--law", "x");
        var few = await RunAsync("--data", directory.Root, "--train", "a.csv", "--law", "powerLaw");

        Assert.Equal((2, 2), (unknown.Code, few.Code));
        Assert.Contains("newton", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("at least 5", few.Error, StringComparison.Ordinal);
    }

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
