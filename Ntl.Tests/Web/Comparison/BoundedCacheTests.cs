using Ntl.Web.Comparison;

namespace Ntl.Tests.Web.Comparison;

public sealed class BoundedCacheTests
{
    [Fact]
    public void Keep_BeyondTheWeight_DropsWhatWasNotAskedForTheLongest()
    {
        var cache = new BoundedCache<string, string>(3);
        cache.Keep("a", "A", 1);
        cache.Keep("b", "B", 1);
        cache.Keep("c", "C", 1);
        Assert.Equal("A", cache.Find("a"));

        cache.Keep("d", "D", 1);

        Assert.Null(cache.Find("b"));
        Assert.Equal(["A", "C", "D"], new[] { "a", "c", "d" }.Select(cache.Find));
    }

    [Fact]
    public void Keep_OfAKnownKey_ReplacesItsValueAndWeight()
    {
        var cache = new BoundedCache<string, string>(3);
        cache.Keep("a", "A", 3);
        cache.Keep("a", "AA", 1);
        cache.Keep("b", "B", 2);

        Assert.Equal(["AA", "B"], new[] { "a", "b" }.Select(cache.Find));
    }

    [Fact]
    public void Keep_OfWhatIsTooHeavy_KeepsTheOthersAndNothingOld()
    {
        var cache = new BoundedCache<string, string>(3);
        cache.Keep("a", "A", 1);
        cache.Keep("b", "B", 1);
        cache.Keep("b", "BBBB", 4);

        Assert.Equal("A", cache.Find("a"));
        Assert.Null(cache.Find("b"));
    }
}
