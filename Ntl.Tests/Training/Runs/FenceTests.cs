using Ntl.Domain.Metrics;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

public class FenceTests
{
    [Fact]
    public void Guard_OwnFence_Passes()
    {
        using var fixture = new RunFixture();

        fixture.Guard.Verify();

        Assert.Equal(fixture.Fence, Fence.Read(fixture.Run));
    }

    [Fact]
    public void Guard_LaterAttempt_NamesIt()
    {
        using var fixture = new RunFixture();
        Fence.Issue(2).Raise(fixture.Run);

        var refusal = Assert.Throws<SupersededException>(fixture.Guard.Verify);

        Assert.Equal((1, 2), (refusal.Attempt, refusal.CurrentAttempt));
    }

    [Fact]
    public void Guard_SameAttemptIssuedAgain_IsRefused()
    {
        using var fixture = new RunFixture();
        Fence.Issue(1).Raise(fixture.Run);

        Assert.Throws<SupersededException>(fixture.Guard.Verify);
    }

    [Fact]
    public void Guard_FenceGone_IsRefused()
    {
        using var fixture = new RunFixture();
        File.Delete(fixture.Run.FencePath);

        Assert.Null(Assert.Throws<SupersededException>(fixture.Guard.Verify).CurrentAttempt);
    }

    [Fact]
    public void Journal_StaleTrainer_WritesNothingMore()
    {
        using var fixture = new RunFixture();
        using var writer = fixture.OpenJournal();
        writer.Append(fixture.Event(1));
        writer.Flush();
        var length = new FileInfo(fixture.Attempt.JournalPath).Length;
        writer.Append(fixture.Event(2));
        Fence.Issue(2).Raise(fixture.Run);

        fixture.Time.Advance(JournalWriter.FlushInterval);

        Assert.Throws<SupersededException>(() => writer.AppendMetric(MetricKeys.TrainLoss, 2, 1));
        Assert.Throws<SupersededException>(() => writer.Flush());
        Assert.Equal(length, new FileInfo(fixture.Attempt.JournalPath).Length);
    }

    [Fact]
    public void Journal_OfAStaleTrainer_IsNotBegun()
    {
        using var fixture = new RunFixture();
        Fence.Issue(2).Raise(fixture.Run);

        Assert.Throws<SupersededException>(fixture.OpenJournal);
        Assert.False(File.Exists(fixture.Attempt.JournalPath));
    }

    [Fact]
    public void Lease_StaleTrainer_IsNotRenewed()
    {
        using var fixture = new RunFixture();
        using var keeper = new LeaseKeeper(fixture.Attempt, fixture.Guard, fixture.Time);
        fixture.Time.Advance(Lease.RenewalInterval);
        Fence.Issue(2).Raise(fixture.Run);
        fixture.Time.Advance(Lease.RenewalInterval);

        Assert.Throws<SupersededException>(keeper.Verify);
        Assert.Equal(1, Lease.Read(fixture.Attempt)!.Renewals);
    }
}
