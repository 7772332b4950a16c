using Microsoft.AspNetCore.WebUtilities;
using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Compose;

namespace Ntl.Tests.Web.Components.Compose;

public class CompositionTests
{
    [Fact]
    public void Url_OfAWholeView_GivesTheSameViewAgain()
    {
        var composition = new Composition();
        composition.Do(CutEdits.Split(composition.Schedule, 900));
        composition.Select(2);
        composition.Name = "Übung & more = 1";
        composition.Mode = StretchMode.ChangeTotal;
        composition.Snaps = false;
        composition.CoolingRateText = "12.5";
        composition.TokensText = "4096";
        composition.FitId = "fit";
        composition.Pins.Add(new("first, second", StandardSchedules.Cosine(5000, 1e-3)));
        composition.Pins.Add(new("", StandardSchedules.Constant(10, 1)));

        var read = Read(QueryHelpers.AddQueryString("/compose", composition.ToQuery()));

        Assert.Equal(composition.Schedule, read.Schedule);
        Assert.Equal(2, read.History.Selected);
        Assert.Equal((composition.Name, composition.Mode, composition.Snaps), (read.Name, read.Mode, read.Snaps));
        Assert.Equal((composition.CoolingRateText, composition.TokensText, composition.FitId), (read.CoolingRateText, read.TokensText, read.FitId));
        Assert.Equal(composition.Pins, read.Pins);
        Assert.Null(read.Message);
    }

    [Fact]
    public void Url_OfAnUntouchedPage_IsBare() => Assert.Empty(new Composition().ToQuery());

    [Fact]
    public void Url_OfAThousandPhases_StaysShortEnoughToServe()
    {
        var schedule = new ScheduleSpec(Enumerable.Range(1, 1000).Select(i => new CosineDecay(1000 + 37 * i % 911, 1e-3 * i, 1e-4 * i)));
        var composition = new Composition();
        composition.Load(schedule, "load");

        var url = QueryHelpers.AddQueryString("/compose", composition.ToQuery());

        Assert.InRange(url.Length, 1_000, ScheduleLink.LongestText);
        Assert.Equal(schedule, Read(url).Schedule);
    }

    [Fact]
    public void Url_OfAScheduleTooLongForIt_LeavesItOutAndSaysSo()
    {
        var points = Enumerable.Range(0, 10_000).Select(i => new RatePoint(7L * i, 1e-3 * (1 + Math.Sin(i * i))));
        var composition = new Composition();
        composition.Load(StandardSchedules.Points([.. points]), "load");

        Assert.True(composition.IsTooLongForLink);
        Assert.DoesNotContain(composition.ToQuery(), pair => pair.Key == "schedule");
    }

    [Theory]
    [InlineData("zAAAA", "cannot be read")]
    [InlineData("z***", "damaged")]
    [InlineData("nonsense", "not valid JSON")]
    [InlineData("{\"version\":1,\"phases\":[]}", "from 1 to 1000 phases")]
    [InlineData("{\"version\":1,\"phases\":[{\"kind\":\"constantRate\",\"steps\":2000000000,\"rate\":NaN}]}", "not valid JSON")]
    [InlineData("{\"version\":1,\"phases\":[{\"kind\":\"constantRate\",\"steps\":2000000000,\"rate\":-1}]}", "phases[0].steps")]
    [InlineData("{\"version\":1,\"phases\":[{\"kind\":\"expression\",\"steps\":10,\"formula\":\"system('rm')\",\"constants\":{}}]}", "phases[0].formula")]
    public void Take_ALinkThatIsNoSchedule_SaysWhyAndKeepsThePageAlive(string text, string word)
    {
        var composition = new Composition();

        composition.Take(key => key == "schedule" ? text : null);

        Assert.True(composition.IsRefused);
        Assert.Contains(word, composition.Message, StringComparison.Ordinal);
        Assert.Equal(Composition.Start, composition.Schedule);
    }

    [Fact]
    public void Take_ALinkThatInflatesBeyondMeasure_IsDamaged()
    {
        using var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            deflate.Write(new byte[64 * 1024 * 1024]);
        }

        var problems = new List<Ntl.Domain.Runs.SpecProblem>();

        Assert.Null(ScheduleLink.Read("z" + System.Buffers.Text.Base64Url.EncodeToString(packed.ToArray()), problems));
        Assert.Contains("damaged", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("NaN", false)]
    [InlineData("0", false)]
    [InlineData("-3", false)]
    [InlineData("34", true)]
    public void CoolingRate_OnlyAPositiveNumber_Reads(string text, bool isOne)
    {
        var composition = new Composition { CoolingRateText = text };

        Assert.Equal(isOne, composition.Valley is not null);
        Assert.Equal(isOne, composition.CoolingRateProblem is null);
    }

    [Fact]
    public void Preview_OfADrag_IsShownButNotDone()
    {
        var composition = new Composition();
        composition.Show(BoundaryEdits.Stretch(composition.Schedule, 2, 400, StretchMode.TakeFromNeighbour));

        Assert.Equal(400, composition.Shown.Phases[1].EndStep);
        Assert.Equal(Composition.Start, composition.Schedule);
        Assert.Null(composition.History.UndoName);
        composition.Cancel();
        Assert.Equal(Composition.Start, composition.Shown);
    }

    [Fact]
    public void Undo_AfterAnEdit_NamesIt()
    {
        var composition = new Composition();
        composition.Do(BoundaryEdits.Stretch(composition.Schedule, 2, 400, StretchMode.TakeFromNeighbour));

        Assert.Equal("stretch hold", composition.History.UndoName);
        composition.Undo();
        Assert.Equal(("Undid: stretch hold.", Composition.Start), (composition.Message, composition.Schedule));
        composition.Redo();
        Assert.Equal(400, composition.Schedule.Phases[1].EndStep);
    }

    [Fact]
    public void Words_OfEveryState_HaveNoNumberThatIsNone()
    {
        foreach (var schedule in (ScheduleSpec[])[Composition.Start, StandardSchedules.Constant(10, 0), StandardSchedules.Linear(ScheduleSpec.MaximumSteps, 1e-3, 0, 7), new(new ConstantRate(5, 1e-3), new ConstantRate(5, 0))])
        {
            var reading = ValleyReading.Of(schedule, 34);

            var words = string.Join(' ', [.. reading.Phases.Select(CoolingWords.Of), CoolingWords.AtTheEnd(reading, schedule)]);

            Assert.DoesNotContain("NaN", words, StringComparison.Ordinal);
            Assert.DoesNotContain("∞ times", words, StringComparison.Ordinal);
        }
    }

    private static Composition Read(string url)
    {
        var query = QueryHelpers.ParseQuery(url[url.IndexOf('?', StringComparison.Ordinal)..]);
        var composition = new Composition();
        composition.Take(key => query.TryGetValue(key, out var value) ? value.ToString() : null);
        return composition;
    }
}
