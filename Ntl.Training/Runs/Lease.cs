namespace Ntl.Training.Runs;

/// <summary>A trainer's heartbeat, renewed every <see cref="RenewalInterval"/>: who trains this attempt, and when it last said so.</summary>
/// <param name="Attempt">One-based.</param>
/// <param name="Token">The attempt's fencing token.</param>
/// <param name="Process">Who holds the lease.</param>
/// <param name="Renewals">Counts up by one each renewal: a reader can tell progress without trusting clocks.</param>
/// <param name="RenewedAt">UTC, by the holder's clock.</param>
public sealed record Lease(int Attempt, string Token, ProcessIdentity Process, long Renewals, DateTimeOffset RenewedAt)
{
    /// <summary>How often a living trainer renews.</summary>
    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(2);

    /// <summary>After how long without renewal a lease is taken to be silent: many renewals, so that a busy machine is not mistaken for a dead one.</summary>
    public static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The attempt's lease; null before its trainer took it.</summary>
    /// <exception cref="InvalidDataException">The file is not a lease.</exception>
    public static Lease? Read(AttemptDirectory attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return DurableFile.ReadJson<Lease>(attempt.LeasePath);
    }

    /// <summary>Whether the holder lives, judged from the process table where it is this machine's, else from the clock.</summary>
    /// <param name="now">UTC, by the reader's clock.</param>
    public LeaseState Judge(DateTimeOffset now)
    {
        if (Process.IsLocal && !Process.IsRunning)
        {
            return LeaseState.Dead;
        }

        return now - RenewedAt <= SilenceTimeout ? LeaseState.Live : LeaseState.Silent;
    }
}
