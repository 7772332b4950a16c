using Ntl.Domain.Claims;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>A member that the rule finds hopeless.</summary>
/// <param name="Id">The run.</param>
/// <param name="Step">The rung's step.</param>
/// <param name="Loss">Its validation loss there; nats/token.</param>
/// <param name="Median">Of the comparable members of its seed.</param>
/// <param name="Spread">Standard deviation between seeds of one cell at this rung; above 0.</param>
/// <param name="Compared">Members that the median is of.</param>
/// <param name="Limit">The rule's spreads.</param>
public sealed record SweepStop(RunId Id, long Step, double Loss, double Median, double Spread, int Compared, double Limit)
{
    /// <summary>How far above the median it is, in spreads.</summary>
    public double Excess => (Loss - Median) / Spread;

    /// <summary>The sentence that the run keeps.</summary>
    public string Reason => FormattableString.Invariant(
        $"{SweepStopRule.ReasonStart} at step {Step:N0}: validation loss {NumberText.Of(Loss, 5)} is {NumberText.Of(Excess, 2)} seed spreads of {NumberText.Of(Spread, 2)} above {NumberText.Of(Median, 5)}, the median of {Compared} comparable members of its seed; the rule stops beyond {Limit:G3}.");
}
