using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>A run held at one rate and its anneal: the heat that the anneal let out, at equal D.</summary>
/// <param name="Hold">Goes on.</param>
/// <param name="Anneal">Falls to rate 0.</param>
/// <param name="Rate">η of the hold.</param>
/// <param name="Heat">L_hold(D) − L_anneal(D) at the anneal's last D; nats. A lower bound of the thermal loss.</param>
/// <param name="Bath">η Tr PΣ_B of the hold there; nats.</param>
internal sealed record ThermalPair(RunRecord Hold, RunRecord Anneal, double Rate, Estimate Heat, Estimate Bath)
{
    /// <summary>α = L_th/(η Tr PΣ_B).</summary>
    public Estimate Equipartition => Heat.Over(Bath);

    /// <summary>Every pair that can be measured; a sentence for every one that cannot.</summary>
    public static List<ThermalPair> Of(ReportDraft draft)
    {
        var holds = draft.Members(ExperimentRole.Hold);
        List<ThermalPair> pairs = [];
        foreach (var anneal in draft.Members(ExperimentRole.Anneal))
        {
            var hold = holds.FirstOrDefault(hold => hold.Id == anneal.Spec.Branch?.Run)
                ?? holds.FirstOrDefault(hold => hold.Spec.Branch == anneal.Spec.Branch && hold.Spec.Experiment!.Value == anneal.Spec.Experiment!.Value);
            if (hold is null)
            {
                draft.Missing.Add($"{anneal.Spec.Name}: the run that it is compared with is missing.");
            }
            else if (Measure(hold, anneal) is { } pair)
            {
                pairs.Add(pair);
            }
            else
            {
                draft.Missing.Add($"{anneal.Spec.Name}: its last validation, the held run's at the same D, or the noise of the gradient is missing.");
            }
        }

        return pairs;
    }

    private static ThermalPair? Measure(RunRecord hold, RunRecord anneal)
    {
        if (EqualTime.Losses(anneal) is not [.., var end] || end.Step < anneal.Spec.TotalSteps || EqualTime.LossAt(EqualTime.Losses(hold), end.Time) is not { } level)
        {
            return null;
        }

        var derived = RunThermodynamics.Of(hold);
        var rate = hold.Spec.Schedule.Final;
        var step = hold.Spec.Schedule.StepsToReach(end.Time);
        if (derived.NoiseTrace.At(step) is not { Value: > 0 } trace)
        {
            return null;
        }

        // The hold's own thermal loss tells how much other validation windows would change the difference.
        var windows = derived.ThermalLoss.At(step) is { StandardError: var error } && double.IsFinite(error) ? error : 0;
        return new(hold, anneal, rate, new(level.Value - end.Loss, Math.Sqrt((level.StandardError * level.StandardError) + (windows * windows))), trace.Times(rate));
    }
}
