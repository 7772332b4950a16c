using Microsoft.Extensions.Logging.Abstractions;
using Ntl.Domain.Laboratory;
using Ntl.Web.Components.Lab;

namespace Ntl.Tests.Web.Components.Lab;

public sealed class LabBenchTests
{
    private static readonly LabCard s_card = LabCards.Find("newton-cooling")!;

    [Fact]
    public async Task Start_OfACard_EndsWithItsResult()
    {
        using var gate = new LabGate();
        var done = new TaskCompletionSource();
        LabBench bench = null!;
        bench = new(gate, TimeProvider.System, NullLogger.Instance, () => Complete(done, bench.Result is not null));

        bench.Start(s_card, KnobValues.Defaults(s_card));
        await done.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((LabStage.Idle, false), (bench.Stage, bench.IsStale));
        bench.Invalidate();
        Assert.True(bench.IsStale);
        Assert.NotNull(bench.Result);
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task Start_WhileTheServerIsFull_WaitsAndGivesItsPlaceBack()
    {
        using var gate = new LabGate();
        List<IDisposable> others = [];
        for (var i = 0; i < LabGate.AtOnce; i++)
        {
            others.Add(await gate.EnterAsync(TestContext.Current.CancellationToken));
        }

        var done = new TaskCompletionSource();
        LabBench bench = null!;
        bench = new(gate, TimeProvider.System, NullLogger.Instance, () => Complete(done, bench.Result is not null));
        bench.Start(s_card, KnobValues.Defaults(s_card));
        Assert.Equal(LabStage.Waiting, bench.Stage);

        others[0].Dispose();
        await done.Task.WaitAsync(TestContext.Current.CancellationToken);
        await bench.DisposeAsync();
        using var again = await gate.EnterAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Cancel_OfARun_LeavesNoResultAndAFreePlace()
    {
        using var gate = new LabGate();
        var heavy = LabCards.Find("river-valley")!;
        Assert.True(KnobValues.TryParse(heavy, new Dictionary<string, string> { ["steps"] = "100000", ["replicas"] = "14000" }, out var values, out _));
        await using var bench = new LabBench(gate, TimeProvider.System, NullLogger.Instance, () => { });

        bench.Start(heavy, values);
        bench.Cancel();

        Assert.Equal(LabStage.Cancelled, bench.Stage);
        await bench.DisposeAsync();
        Assert.Null(bench.Result);
        for (var i = 0; i < LabGate.AtOnce; i++)
        {
            _ = await gate.EnterAsync(TestContext.Current.CancellationToken);
        }
    }

    private static void Complete(TaskCompletionSource done, bool isDone)
    {
        if (isDone)
        {
            done.TrySetResult();
        }
    }
}
