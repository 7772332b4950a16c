using Ntl.Domain.Claims;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>A premise that is asked at every step: first whether it holds, which is cheap, then in words where somebody reads
/// them.</summary>
/// <param name="IsSatisfied">At a step.</param>
/// <param name="Tell">At a step.</param>
internal sealed record StepPremise(Func<long, bool> IsSatisfied, Func<long, Premise> Tell)
{
    /// <summary>Whether all of them hold at a step.</summary>
    public static bool AllHold(IReadOnlyList<StepPremise> premises, long step) => premises.All(premise => premise.IsSatisfied(step));

    /// <summary>All of them in words at the step that comes closest to measuring: where the first failure comes latest, and of such steps
    /// the newest.</summary>
    /// <param name="premises">In the order in which they are asked.</param>
    /// <param name="steps">Those to choose from, in rising order; at least one.</param>
    public static IReadOnlyList<Premise> Closest(IReadOnlyList<StepPremise> premises, IReadOnlyList<long> steps)
    {
        var step = steps.OrderByDescending(Held).ThenByDescending(step => step).First();
        return [.. premises.Select(premise => premise.Tell(step))];

        int Held(long step)
        {
            var held = 0;
            while (held < premises.Count && premises[held].IsSatisfied(step))
            {
                held++;
            }

            return held;
        }
    }
}
