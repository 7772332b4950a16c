using Ntl.Domain.Laws;

namespace Ntl.Tests.Domain.Laws;

public sealed class LawFitJsonTests
{
    // A stored format is a promise: this text never changes.
    private const string Golden =
        """{"version":1,"law":{"kind":"newton","coldLoss":2.5,"riverScale":0.6,"riverExponent":0.5,"referenceRate":0.001,"clockExponent":1,"bathExponent":1,"modes":[{"coolingRate":45,"heat":0.11}]},"misfit":0.002,"trainError":0.003,"train":[{"name":"cosine","meanError":0.003,"measuredFinal":3.1,"predictedFinal":3.101}],"leaveOneOut":[{"name":"cosine","meanError":0.004,"measuredFinal":3.1,"predictedFinal":3.09}],"range":{"lowestPeak":0.0003,"highestPeak":0.001,"lowestRate":3E-05,"firstTime":0.3,"lastTime":7,"mostSteps":24000,"shortestTime":0.04,"hasCooling":true,"hasHeating":false},"cautions":["Fitted to one curve: its error on other schedules is not known."],"replicates":[{"kind":"tissue","coldLoss":3,"riverScale":0.5,"riverExponent":0.4,"annealingScale":1.2,"momentum":0.997},{"kind":"multiPower","coldLoss":3,"riverScale":0.5,"riverExponent":0.4,"heatCapacity":360,"speed":2,"tail":0.6,"rateExponent":0.65},{"kind":"equilibrium","coldLoss":3,"riverScale":0.5,"riverExponent":0.4,"referenceRate":0.001,"clockExponent":1,"bathExponent":1,"modes":[{"heat":0.1}]}]}""";

    [Fact]
    public void Write_GoldenFit_IsTheGoldenText() => Assert.Equal(Golden, LawFitJson.Write(LawFitJson.Read(Golden)));

    // Version 2, which added laws: as much of a promise.
    private const string Transfer =
        """{"version":2,"law":{"kind":"transfer","coldLoss":2.7,"riverScale":0.5,"riverExponent":0.525,"referenceRate":0.001,"knee":0.0004,"isKneeFitted":false,"weightDecay":0.1,"modes":[{"coolingRate":0.01,"heat":0.2}]},"misfit":0.002,"trainError":0.003,"train":[],"leaveOneOut":[],"range":{"lowestPeak":0.001,"highestPeak":0.001,"lowestRate":3E-05,"firstTime":0.3,"lastTime":7,"mostSteps":24000,"shortestTime":0.04,"hasCooling":true,"hasHeating":false},"cautions":[],"replicates":[{"kind":"functionalScaling","coldLoss":3,"riverScale":0.5,"riverExponent":0.4,"heatCapacity":360,"earlyCapacity":20,"speed":100,"tail":0.6}]}""";

    [Fact]
    public void Write_TransferFit_IsVersionTwoToTheLetter() => Assert.Equal(Transfer, LawFitJson.Write(LawFitJson.Read(Transfer)));

    [Theory]
    [InlineData("\"version\":2", "\"version\":1", "version")]
    [InlineData("\"weightDecay\":0.1", "\"weightDecay\":-1", "law.weightDecay")]
    [InlineData("\"knee\":0.0004", "\"knee\":0", "law.knee")]
    [InlineData("\"isKneeFitted\":false,", "", "law.isKneeFitted")]
    [InlineData("\"earlyCapacity\":20", "\"earlyCapacity\":-1", "replicates[0].earlyCapacity")]
    public void Read_OneFieldOfATransferFitWrong_NamesIt(string from, string to, string path)
    {
        var exception = Assert.Throws<InvalidLawFitException>(() => LawFitJson.Read(Transfer.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal([path], exception.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Read_GoldenText_IsTheFit()
    {
        var fit = LawFitJson.Read(Golden);

        var law = Assert.IsType<RiverValleyLaw>(fit.Law);
        Assert.Equal((LawKind.Newton, 2.5, new ValleyMode(45, 0.11)), (law.Kind, law.ColdLoss, law.Modes[0]));
        Assert.Equal((24000L, true, false), (fit.Range.MostSteps, fit.Range.HasCooling, fit.Range.HasHeating));
        Assert.Equal(-0.01, fit.LeaveOneOut[0].FinalError, 1e-12);
        Assert.Equal([LawKind.Tissue, LawKind.MultiPower, LawKind.Equilibrium], fit.Replicates.Select(replicate => replicate.Kind));
        Assert.Equal(double.PositiveInfinity, ((RiverValleyLaw)fit.Replicates[2]).Modes[0].CoolingRate);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":3", "version")]
    [InlineData("\"kind\":\"newton\"", "\"kind\":\"newtons\"", "law.kind")]
    [InlineData("\"coldLoss\":2.5", "\"coldLoss\":-1", "law.coldLoss")]
    [InlineData("\"coolingRate\":45,", "", "law.modes[0].coolingRate")]
    [InlineData("\"momentum\":0.997", "\"momentum\":1.5", "replicates[0].momentum")]
    [InlineData("\"speed\":2", "\"speed\":0", "replicates[1].speed")]
    [InlineData("\"trainError\":0.003,", "\"trainError\":0.003,\"extra\":1,", "extra")]
    [InlineData("\"hasCooling\":true", "\"hasCooling\":1", "range.hasCooling")]
    [InlineData("[{\"coolingRate\":45,\"heat\":0.11}]", "[]", "law.modes")]
    public void Read_OneFieldWrong_NamesIt(string from, string to, string path)
    {
        var exception = Assert.Throws<InvalidLawFitException>(() => LawFitJson.Read(Golden.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal([path], exception.Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    public void Read_NoFit_Throws(string text) => Assert.NotEmpty(Assert.Throws<InvalidLawFitException>(() => LawFitJson.Read(text)).Problems);

    [Fact]
    public void Names_EveryKind_HasAKeyThatReadsBack() =>
        Assert.All(Enum.GetValues<LawKind>(), kind => Assert.Equal(kind, LawNames.Parse(LawNames.KeyOf(kind))));
}
