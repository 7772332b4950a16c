using Ntl.Domain.Runs;
using Ntl.Web.Components.Runs;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Runs;

public sealed class RunsViewTests
{
    [Fact]
    public void Query_OfAView_ReadsAsTheSameRequest()
    {
        var view = new RunsView { Text = "wsd & co", Statuses = [RunStatus.Failed, RunStatus.Running], Sort = RunSort.ValidationLoss, Descending = false, Page = 3 };
        var query = view.ToQuery().ToDictionary();

        var back = RunsView.FromQuery(key => query.GetValueOrDefault(key));

        Assert.Equivalent(view.ToRequest(), back.ToRequest(), strict: true);
        Assert.Equal(2 * RunsView.RowsAPage, back.ToRequest().Skip);
    }

    [Fact]
    public void FromQuery_Nonsense_IsTheDefaultView()
    {
        var view = RunsView.FromQuery(_ => "-nonsense-");

        Assert.Equal((RunSort.CreatedAt, true, 1), (view.Sort, view.Descending, view.Page));
        Assert.Empty(view.Statuses);
    }

    [Theory]
    [InlineData(RunSort.TrainLoss, false)]
    [InlineData(RunSort.ValidationLoss, false)]
    [InlineData(RunSort.Name, false)]
    [InlineData(RunSort.TokensPerSecond, true)]
    public void SortedBy_AColumn_BeginsWithTheBestAndTurnsAround(RunSort sort, bool descends)
    {
        var once = (new RunsView() with { Page = 4 }).SortedBy(sort);
        var twice = once.SortedBy(sort);

        Assert.Equal((descends, 1), (once.Descending, once.Page));
        Assert.Equal(!descends, twice.Descending);
    }

    [Fact]
    public void FromQuery_ALossWithoutAnOrder_PutsTheBestFirst()
    {
        var view = RunsView.FromQuery(key => key == "sort" ? "validationLoss" : null);

        Assert.Equal((RunSort.ValidationLoss, false), (view.Sort, view.Descending));
        Assert.DoesNotContain("order", view.ToQuery().Select(pair => pair.Key));
        Assert.Contains(new("order", "desc"), (view with { Descending = true }).ToQuery());
    }
}
