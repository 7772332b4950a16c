using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

public class ControlTests
{
    [Fact]
    public void Reader_NothingAsked_SaysRun()
    {
        using var fixture = new RunFixture();

        Assert.Equal(Control.None, new ControlReader(fixture.Run, fixture.Time).Poll());
    }

    [Fact]
    public void Reader_NewRequest_IsSeenAfterTheInterval()
    {
        using var fixture = new RunFixture();
        var reader = new ControlReader(fixture.Run, fixture.Time);
        reader.Poll();
        var request = new Control(ControlState.Pause, "request-1");
        request.Write(fixture.Run);

        var atOnce = reader.Poll();
        fixture.Time.Advance(ControlReader.Interval);
        var later = reader.Poll();

        Assert.Equal(Control.None, atOnce);
        Assert.Equal(request, later);
    }

    [Fact]
    public void Reader_BrokenFile_SaysWhich()
    {
        using var fixture = new RunFixture();
        File.WriteAllText(fixture.Run.ControlPath, "{");

        var error = Assert.Throws<InvalidDataException>(() => new ControlReader(fixture.Run, fixture.Time).Poll());

        Assert.Contains(fixture.Run.ControlPath, error.Message, StringComparison.Ordinal);
    }
}
