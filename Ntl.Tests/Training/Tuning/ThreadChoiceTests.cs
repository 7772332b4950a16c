using Ntl.Tests.Support;
using Ntl.Training.Tuning;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Tuning;

[Collection(Libtorch.Name)]
public sealed class ThreadChoiceTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly int _before = get_num_threads();

    public void Dispose()
    {
        set_num_threads(_before);
        _folder.Dispose();
    }

    [Fact]
    public void Choose_OfWorkThatThreadsSlowDown_TakesOneAndKeepsTheAnswer()
    {
        var choice = new ThreadChoice("slower with more", _folder.Root);

        var chosen = choice.Choose(() => Thread.Sleep(get_num_threads() == 1 ? 1 : 20));

        Assert.Equal(1, chosen);
        Assert.Equal(1, new ThreadChoice("slower with more", _folder.Root).Choose(() => Assert.Fail("A kept answer needs no trial.")));
    }

    [Fact]
    public void Choose_OfWorkThatThreadsSpeedUp_TakesAllCores()
    {
        var chosen = new ThreadChoice("faster with more", _folder.Root).Choose(() => Thread.Sleep(get_num_threads() == 1 ? 20 : 1));

        Assert.Equal(Processors.PhysicalCoreCount(), chosen);
    }

    [Fact]
    public void Choose_SideBySide_AnswersAllWithTheFirst()
    {
        var slow = new ThreadChoice("raced", _folder.Root);
        int? second = null;

        var first = slow.Choose(() =>
        {
            // While the first trial runs, another process's trial ends with another answer.
            second ??= new ThreadChoice("raced", _folder.Root).Choose(() => Thread.Sleep(get_num_threads() == 1 ? 20 : 1));
            Thread.Sleep(get_num_threads() == 1 ? 1 : 20);
        });

        Assert.Equal(second, first);
    }

    [Fact]
    public void Choose_OfOtherWork_TriesAnew()
    {
        new ThreadChoice("one", _folder.Root).Choose(() => { });
        var calls = 0;

        new ThreadChoice("another", _folder.Root).Choose(() => calls++);

        Assert.NotEqual(0, calls);
    }
}
