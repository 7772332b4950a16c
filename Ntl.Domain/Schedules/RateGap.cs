namespace Ntl.Domain.Schedules;

/// <summary>Two schedules' rates at one step.</summary>
/// <param name="Step">The step, one that both have.</param>
/// <param name="From">The first schedule's rate.</param>
/// <param name="To">The second schedule's rate.</param>
public sealed record RateGap(long Step, double From, double To)
{
    /// <summary>|To − From|.</summary>
    public double Size => Math.Abs(To - From);
}
