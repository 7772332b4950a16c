using Ntl.Web.Components.Runs;
using Ntl.Web.Live;

namespace Ntl.Tests.Web.Components.Runs;

public sealed class RunViewTests
{
    [Fact]
    public void Query_OfAView_ReadsAsTheSameView()
    {
        var view = new RunView { Axis = SeriesAxis.LearningRateSum, IsLog = true, Smoothing = 0.995, Window = new(0.25, 1.5) };
        var query = view.ToQuery().ToDictionary();

        Assert.Equal(view, RunView.FromQuery(key => query.GetValueOrDefault(key)));
    }

    [Fact]
    public void Query_OfTheDefaultView_IsEmpty() => Assert.Empty(new RunView().ToQuery());

    [Theory]
    [InlineData("from", "5")]
    [InlineData("smooth", "NaN")]
    [InlineData("axis", "furlongs")]
    public void FromQuery_HalfOrNonsense_IsLeftOut(string key, string value) =>
        Assert.Equal(new RunView(), RunView.FromQuery(asked => asked == key ? value : null));

    [Fact]
    public void FromQuery_WindowTurnedAround_IsLeftOut() =>
        Assert.Null(RunView.FromQuery(key => key switch { "from" => "9", "to" => "2", _ => null }).Window);

    [Fact]
    public void FromQuery_SmoothingOutOfRange_IsHeldInIt() =>
        Assert.Equal(RunView.StrongestSmoothing, RunView.FromQuery(key => key == "smooth" ? "7" : null).Smoothing);
}
