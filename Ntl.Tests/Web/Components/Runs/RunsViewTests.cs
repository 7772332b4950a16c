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

    [Fact]
    public void SortedBy_SameColumnTwice_TurnsAroundAndGoesToTheFirstPage()
    {
        var once = (new RunsView() with { Page = 4 }).SortedBy(RunSort.TrainLoss);
        var twice = once.SortedBy(RunSort.TrainLoss);

        Assert.Equal((true, 1), (once.Descending, once.Page));
        Assert.False(twice.Descending);
    }
}
