using System.Text.Json;
using Ntl.Tests.Support;
using Ntl.Training.Commands;

namespace Ntl.Tests.Training.Laws;

public sealed class LawsCommandTests
{
    [Fact]
    public void Json_PublicCurves_TellsEveryLawsErrorsAndFinals()
    {
        var (code, output, _) = Run(
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
    public void Text_OwnFiles_IsATable()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);
        WriteCurve(directory["b.csv"], step => step < 200 ? 1e-3 : 1e-4);

        var (code, output, _) = Run("--data", directory.Root, "--train", "a.csv", "--law", "powerLaw", "--replicates", "0");

        Assert.Equal(0, code);
        Assert.Contains("power law in D", output, StringComparison.Ordinal);
        Assert.Contains("b.csv", output, StringComparison.Ordinal);
        Assert.Contains("one curve", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step,lr,loss\n0,0.001,3\n5,0.001", "a.csv:3: it has 2 fields")]
    [InlineData("step,lr,loss\n5,0.001,3\n5,0.001,3", "a.csv:3: '5' is no step above")]
    [InlineData("step,lr,loss\n0,-1,3", "a.csv:2: '-1' is no learning rate")]
    [InlineData("step,lr,loss\n0,0.001,NaN", "a.csv:2: 'NaN' is no loss")]
    [InlineData("step,loss\n0,3", "a.csv:1: there is no column 'lr'")]
    [InlineData("step,lr,loss\n", "a.csv:2: there is no row")]
    [InlineData("", "a.csv:1: the file is empty")]
    [InlineData("step,lr,loss\n0,0.001,3\n1,0.001,3", "at least 5")]
    public void Run_BrokenFile_NamesFileAndLine(string text, string expected)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["a.csv"], text);

        var (code, _, error) = Run("--data", directory.Root, "--train", "a.csv", "--law", "powerLaw");

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FileOrLawThatIsNot_SaysWhatThereIs()
    {
        using var directory = new TemporaryDirectory();
        WriteCurve(directory["a.csv"], _ => 1e-3);

        Assert.Contains("there are a.csv", Run("--data", directory.Root, "--train", "b.csv").Error, StringComparison.Ordinal);
        Assert.Contains("newton", Run("--data", directory.Root, "--train", "a.csv", "--law", "x").Error, StringComparison.Ordinal);
        Assert.Contains("no directory", Run("--data", directory["none"], "--train", "a.csv").Error, StringComparison.Ordinal);
        Assert.Contains("named twice", Run("--data", directory.Root, "--train", "a.csv,a.csv").Error, StringComparison.Ordinal);
    }

    private static void WriteCurve(string path, Func<int, double> rate) => File.WriteAllLines(
        path, Enumerable.Range(0, 40).Select(i => 10 * i).Select(step => FormattableString.Invariant($"{step},{rate(step)},{3 + Math.Pow(step + 1, -0.5)}")).Prepend("step,lr,loss"));

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        var code = LawsCommand.Create().Parse(arguments).Invoke(new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
