using Ntl.Web.Components.Runs;

namespace Ntl.Tests.Web.Components.Runs;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]8;;http://x\u0007link\u001b]8;;\u0007", "link")]
    [InlineData("10 %\r20 %\r30 %", "30 %")]
    [InlineData("windows\r", "windows")]
    [InlineData("bell\u0007 and\u0000 null\u009b2J", "bell and null2J")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("cut \u001b[3", "cut ")]
    public void Plain_TerminalEscapes_AreTakenOut(string line, string expected) => Assert.Equal(expected, LogText.Plain(line));

    [Fact]
    public void Take_LineCutBetweenPieces_ComesWhole()
    {
        var text = new LogText();

        Assert.Equal(["one"], text.Take("one\ntw"));
        Assert.Equal(["two", "three"], text.Take("o\nthree\n"));
    }
}
