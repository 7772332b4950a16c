using System.Text;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Web.Laws;

namespace Ntl.Tests.Web.LossLaws;

public sealed class ImportedCurvesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_OfACsv_KeepsItsSamplesAndPath()
    {
        await using var store = await TestStore.OpenAsync();
        var curves = new ImportedCurves(store.Reader, store.Writer, store.Time);
        var schedule = LawWorld.Schedules[1].Schedule;

        var outcome = await curves.ImportAsync(File("cosine.csv", LawWorld.Csv(schedule)), Cancellation);

        Assert.Empty(outcome.Problems);
        var row = Assert.Single(outcome.Curves);
        Assert.Equal(("cosine", "cosine.csv", CurveFileFormat.Csv, 95L), (row.Name, row.FileName, row.Format, row.SampleCount));
        Assert.Equal(row, Assert.Single(await curves.ListAsync(Cancellation)));
        var curve = (await curves.ReadAsync(row.Id, Cancellation))?.Curve;
        var losses = LawWorld.Losses(schedule);
        Assert.All(curve!.Points, point => Assert.Equal(losses[point.Updates], point.Loss));
        // A log of every fourth step does not hold Σ η to the last digit.
        Assert.Equal(schedule.CumulativeRate(curve.Path.Steps), curve.Path.IntrinsicTime, 0.01 * schedule.IntrinsicTime);
    }

    [Fact]
    public async Task Import_OfTheSameFileTwice_KeepsItOnce()
    {
        await using var store = await TestStore.OpenAsync();
        var curves = new ImportedCurves(store.Reader, store.Writer, store.Time);
        var file = File("a.csv", LawWorld.Csv(LawWorld.Schedules[0].Schedule));

        var first = await curves.ImportAsync(file, Cancellation);
        var second = await curves.ImportAsync(file, Cancellation);

        Assert.Equal(first.Curves.Single().Id, second.Curves.Single().Id);
        Assert.Single(await curves.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Import_OfLossesWithoutRates_NeedsTheirSchedule()
    {
        await using var store = await TestStore.OpenAsync();
        var curves = new ImportedCurves(store.Reader, store.Writer, store.Time);
        var file = File("a.csv", "step,loss\n" + string.Join('\n', Enumerable.Range(0, 20).Select(i => $"{i},3.5")));
        var schedule = StandardSchedules.Cosine(20, 1e-3);

        var without = await curves.ImportAsync(file, Cancellation);
        var tooShort = await curves.ImportAsync(file with { Schedule = StandardSchedules.Cosine(19, 1e-3) }, Cancellation);
        var with = await curves.ImportAsync(file with { Schedule = schedule }, Cancellation);

        Assert.Equal("schedule", Assert.Single(without.Problems).Path);
        Assert.Equal("schedule", Assert.Single(tooShort.Problems).Path);
        Assert.Equal(schedule.IntrinsicTime, Assert.Single(with.Curves).IntrinsicTime, 1e-12);
        Assert.Single(await curves.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Import_OfWhatIsNoCurve_KeepsNothing()
    {
        await using var store = await TestStore.OpenAsync();
        var curves = new ImportedCurves(store.Reader, store.Writer, store.Time);

        var outcome = await curves.ImportAsync(File("a.csv", "step,speed\n1,2\n"), Cancellation);

        Assert.Equal(("loss", "speed"), (Assert.Single(outcome.Problems).Path, outcome.Series[^1]));
        Assert.Empty(await curves.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Delete_OfACurve_ForgetsItOnce()
    {
        await using var store = await TestStore.OpenAsync();
        var curves = new ImportedCurves(store.Reader, store.Writer, store.Time);
        var id = (await curves.ImportAsync(File("a.csv", LawWorld.Csv(LawWorld.Schedules[0].Schedule)), Cancellation)).Curves[0].Id;

        Assert.Equal((true, false), (await curves.DeleteAsync(id, Cancellation), await curves.DeleteAsync(id, Cancellation)));
        Assert.Null(await curves.ReadAsync(id, Cancellation));
    }

    private static CurveImport File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
