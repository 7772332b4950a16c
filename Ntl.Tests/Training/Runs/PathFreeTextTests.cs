using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

public sealed class PathFreeTextTests
{
    [Theory]
    [InlineData("Access to the path '/srv/ntl/runs/ab/spec.json' is denied.", "Access to the path 'spec.json' is denied.")]
    [InlineData("Could not find '/a' or '/b/c/'.", "Could not find 'a' or 'c'.")]
    [InlineData("No space left on device : '/srv/a b/x.tmp'", "No space left on device : 'x.tmp'")]
    [InlineData("The loss at step 3 is 'NaN', a/b stays.", "The loss at step 3 is 'NaN', a/b stays.")]
    public void Of_MessageWithPaths_KeepsTheirLastNames(string message, string expected) => Assert.Equal(expected, PathFreeText.Of(message));
}
