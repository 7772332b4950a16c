using Ntl.Domain.Runs;

namespace Ntl.Tests.Domain.Runs;

public sealed class RunLifecycleTests
{
    // The whole table, written out by hand: rows are statuses, columns the triggers in declaration order; "-" is refused.
    // Launch Begin Pause Resume Interrupt Requeue Finish Fail Cancel
    private const string Table = """
        Queued      Starting -       Paused - -           -      -        Failed Cancelled
        Starting    -        Running Paused - Interrupted -      -        Failed Cancelled
        Running     -        -       Paused - Interrupted -      Finished Failed Cancelled
        Paused      -        -       -      Queued -      -      -        -      Cancelled
        Interrupted -        -       Paused - -           Queued -        Failed Cancelled
        Finished    -        -       -      - -           -      -        -      -
        Failed      -        -       -      - -           Queued -        -      -
        Cancelled   -        -       -      - -           Queued -        -      -
        """;

    public static TheoryData<RunStatus, RunTrigger, string> EveryPair()
    {
        var pairs = new TheoryData<RunStatus, RunTrigger, string>();
        foreach (var line in Table.Split('\n'))
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var trigger in Enum.GetValues<RunTrigger>())
            {
                pairs.Add(Enum.Parse<RunStatus>(cells[0]), trigger, cells[1 + (int)trigger]);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Next_EveryStatusAndTrigger_FollowsTheTable(RunStatus from, RunTrigger trigger, string expected)
    {
        if (expected == "-")
        {
            Assert.False(RunLifecycle.Allows(from, trigger));
            Assert.Throws<InvalidOperationException>(() => RunLifecycle.Next(from, trigger));
            return;
        }

        Assert.True(RunLifecycle.Allows(from, trigger));
        Assert.Equal(Enum.Parse<RunStatus>(expected), RunLifecycle.Next(from, trigger));
    }

    [Fact]
    public void EveryStatus_HasARowInTheTable() =>
        Assert.Equal(Enum.GetValues<RunStatus>().Length, Table.Split('\n').Length);

    [Theory]
    [InlineData(RunStatus.Finished, true, false)]
    [InlineData(RunStatus.Failed, true, false)]
    [InlineData(RunStatus.Cancelled, true, false)]
    [InlineData(RunStatus.Running, false, true)]
    [InlineData(RunStatus.Starting, false, true)]
    [InlineData(RunStatus.Queued, false, false)]
    [InlineData(RunStatus.Paused, false, false)]
    [InlineData(RunStatus.Interrupted, false, false)]
    public void IsFinalAndHoldsDevice_EachStatus_AreAsTold(RunStatus status, bool isFinal, bool holdsDevice)
    {
        Assert.Equal(isFinal, status.IsFinal());
        Assert.Equal(holdsDevice, status.HoldsDevice());
    }
}
