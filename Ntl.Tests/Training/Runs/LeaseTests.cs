using System.Diagnostics;
using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

public class LeaseTests
{
    [Fact]
    public void Keeper_EachInterval_RenewsOnce()
    {
        using var fixture = new RunFixture();
        using var keeper = new LeaseKeeper(fixture.Attempt, fixture.Guard, fixture.Time);

        fixture.Time.Advance(3 * Lease.RenewalInterval);

        var lease = Lease.Read(fixture.Attempt)!;
        Assert.Equal(3, lease.Renewals);
        Assert.Equal(fixture.Time.GetUtcNow(), lease.RenewedAt);
        Assert.Equal(ProcessIdentity.Current, lease.Process);
        Assert.Equal(LeaseState.Live, lease.Judge(fixture.Time.GetUtcNow()));
    }

    [Fact]
    public void Judge_LivingHolderWithoutRenewal_IsSilent()
    {
        using var fixture = new RunFixture();
        new LeaseKeeper(fixture.Attempt, fixture.Guard, fixture.Time).Dispose();
        fixture.Time.Advance(Lease.SilenceTimeout + TimeSpan.FromSeconds(1));

        var state = Lease.Read(fixture.Attempt)!.Judge(fixture.Time.GetUtcNow());

        Assert.Equal(LeaseState.Silent, state);
    }

    [Fact]
    public void Judge_EndedProcess_IsDead()
    {
        using var fixture = new RunFixture();
        using var process = Process.Start("sleep", "100");
        var identity = ProcessIdentity.Of(process.Id);
        var lease = new Lease(1, "token", identity, 0, fixture.Time.GetUtcNow());
        var before = lease.Judge(fixture.Time.GetUtcNow());

        process.Kill();
        process.WaitForExit();

        Assert.Equal(LeaseState.Live, before);
        Assert.Equal(LeaseState.Dead, lease.Judge(fixture.Time.GetUtcNow()));
    }

    [Fact]
    public void Judge_AnotherProcessWithTheSameId_IsDead()
    {
        var reused = ProcessIdentity.Current with { StartTicks = ProcessIdentity.Current.StartTicks - 1 };
        var lease = new Lease(1, "token", reused, 0, DateTimeOffset.UnixEpoch);

        Assert.Equal(LeaseState.Dead, lease.Judge(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Judge_HolderElsewhere_IsKnownByTheClockOnly()
    {
        var elsewhere = ProcessIdentity.Current with { Host = "another-host" };
        var lease = new Lease(1, "token", elsewhere, 0, DateTimeOffset.UnixEpoch);

        Assert.Equal(LeaseState.Live, lease.Judge(DateTimeOffset.UnixEpoch + Lease.SilenceTimeout));
        Assert.Equal(LeaseState.Silent, lease.Judge(DateTimeOffset.UnixEpoch + Lease.SilenceTimeout + TimeSpan.FromTicks(1)));
    }
}
