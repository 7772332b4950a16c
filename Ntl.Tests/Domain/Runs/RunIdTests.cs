using Ntl.Domain.Runs;

namespace Ntl.Tests.Domain.Runs;

public sealed class RunIdTests
{
    [Fact]
    public void New_Twice_DiffersAndReadsBack()
    {
        var (first, second) = (RunId.New(), RunId.New());

        Assert.NotEqual(first, second);
        Assert.True(RunId.TryParse(first.ToString(), out var read));
        Assert.Equal(first, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("012345678L")]
    [InlineData("0123456789a")]
    [InlineData("../../../a")]
    [InlineData("01234 6789")]
    public void TryParse_NotAnIdentity_SaysNo(string? text) => Assert.False(RunId.TryParse(text, out _));
}
