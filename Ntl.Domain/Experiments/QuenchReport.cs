using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>E2: one checkpoint quenched to several rates; the drop at equal D is heat, its amount the heat capacity, its speed κ.</summary>
internal static class QuenchReport
{
    public static ExperimentReport Of(IReadOnlyList<RunRecord> records)
    {
        var draft = new ReportDraft(ExperimentKind.QuenchLadder, records, "η'", "η − η'", "last drop (nats)", "C_v = drop/(η − η'), relaxed (nats/rate)");
        var hold = draft.Members(ExperimentRole.Hold) is [var held, ..] ? held : null;
        var quenches = hold is null ? [] : draft.Members(ExperimentRole.Quench).Select(record => Drop.Of(hold, record)).ToList();
        if (hold is null)
        {
            draft.Missing.Add("The run that goes on at the old rate is missing: drops have nothing to be measured from.");
        }

        draft.Missing.AddRange(quenches.Where(drop => drop.Points.Count < 3).Select(drop => $"{drop.Record.Spec.Name}: fewer than three validations at a D that the held run has reached."));
        quenches.RemoveAll(drop => drop.Points.Count < 3);
        draft.NeedMembers(quenches.Count, 3, "quenches");
        draft.AddClosure();
        if (quenches.Count > 0)
        {
            Fit(draft, quenches);
        }
        else
        {
            draft.Claims.Add(Claim.Unmeasured("linear", 4, "Drop over (η − η') is one heat capacity", "CV", "", ClaimComparison.AtMost, 0.1,
                0, "").Under(Enough(0, 3, "quenches")));
            draft.Claims.Add(Claim.Unmeasured("kappa", 7, "The drop comes by Newton's law, at a rate above 0", "κ", "1/rate",
                ClaimComparison.AtLeast, 0, 0, "").Under(Enough(0, 3, "quenches")));
        }

        return draft.Done("Quench ladder: is the drop in proportion to the fall of the rate, and how fast does it come?");
    }

    private static void Fit(ReportDraft draft, List<Drop> quenches)
    {
        var (soonest, latest) = (quenches.Min(drop => drop.Points[0].Time), quenches.Max(drop => drop.Points[^1].Time));
        var freedom = Math.Max(1, quenches.Sum(drop => drop.Points.Count) - quenches.Count - 1);
        var search = CoolingFit.Of(0.1 / latest, 100 / soonest, freedom, rate => quenches.Sum(drop => drop.Left(rate)));
        var kappa = search.Rate;
        var capacities = quenches.ConvertAll(drop => drop.Capacity(kappa.Value));
        foreach (var (drop, capacity) in quenches.Zip(capacities))
        {
            draft.Row(Number(drop.Rate), Number(drop.Fall), Positive(drop.Points[^1].Drop), Positive(capacity));
        }

        var mean = Estimate.Of([.. capacities.Select(capacity => capacity.Value)]);
        var variation = capacities.Count < 2 ? double.NaN : mean.StandardError * Math.Sqrt(capacities.Count) / mean.Value;
        var chance = Math.Sqrt(capacities.Average(capacity => capacity.StandardError * capacity.StandardError)) / mean.Value / Math.Sqrt(Math.Max(1, 2 * (capacities.Count - 1)));
        var resolved = Premise.Of(
            "cooling-resolved",
            "The drops tell how fast they come: the best κ lies within the range that the steps cover, more than two standard " +
                "errors above 0.", PremiseFailure.NotMeasurable,
            search.IsResolved && kappa.IsAboveZero, kappa.Value / kappa.StandardError, Estimate.ChanceErrors, "standard errors",
            search.IsResolved ? "κ is not significantly different from 0."
                : "The drops come faster, or slower, than the validations can see.",
                    "More frequent validations, or longer quenches, would resolve it.");
        var least = quenches.Min(drop => 1 - Math.Exp(-kappa.Value * drop.Points[^1].Time));
        var plateau = Premise.Of(
            "plateau", "Every quench lasts until half of its heat is out.", PremiseFailure.NotMeasurable, least >= 0.5, least, 0.5, "",
            $"In the shortest quench only {Number(100 * least, 2)} % of the heat has come out at the end, so its amount is a guess.",
            "Longer quenches would reach the plateau.");
        var heated = AboveZero("heat-resolved", "The heat that the quenches let out, per unit of rate,", mean.StandardError > 0 ? mean
            : capacities[0], "nats", "A higher rate, or more validation batches, would resolve it.");
        draft.Claims.Add(Claim.Judge("linear", 4, "Drop over (η − η') is one heat capacity: its coefficient of variation over the ladder", "CV", "", ClaimComparison.AtMost, 0.1, 0, variation, chance)
            .Under(Enough(capacities.Count, 3, "quenches"), resolved, plateau, heated));
        draft.Claims.Add(Claim.Judge("kappa", 7, "The drop comes by Newton's law, at a rate above 0", "κ", "1/rate", ClaimComparison.AtLeast, 0, 0, kappa.Value, kappa.StandardError)
            .Under(heated, resolved));
        draft.Sentences.Add(new[] { resolved, plateau, heated }.FirstOrDefault(premise => !premise.IsSatisfied) is { } failed
            ? $"The heat capacity is not measurable here. {failed.Explanation}"
            : $"Heat capacity dL_th/dη = {Number(mean)} nats per unit of rate; over {capacities.Count} quenches it varies by " +
                $"{Number(100 * variation, 2)} %.");
        draft.Sentences.Add(new[] { heated, resolved }.FirstOrDefault(premise => !premise.IsSatisfied) is { } unresolved
            ? $"κ is not measurable here. {unresolved.Explanation}"
            : $"They cool at κ = {Number(kappa)} per unit of D by one exponential: {Number(1 / (kappa.Value * quenches[0].From), 2)} steps at the old rate.");
        draft.Sentences.Add("One exponential stands for a spectrum of cooling rates: slow directions come later than it says, and C_v is that of the directions that had time.");
        draft.Plots.Add(new("Drops at equal D", "intrinsic time since the quench ΔD", "rate·step", "L_hold − L_quench", "nats", false, false,
        [
            .. quenches.SelectMany((drop, i) => new[]
            {
                ThermoPlots.Points($"to {Number(drop.Rate)}", drop.Points.Select(point => (point.Time, point.Drop))),
                ThermoPlots.Line($"to {Number(drop.Rate)}, theory", CurveRole.Theory, Enumerable.Range(0, 60).Select(k => drop.Points[^1].Time * k / 59).Select(time => (time, capacities[i].Value * drop.Fall * (1 - Math.Exp(-kappa.Value * time))))),
            }),
        ]));
        draft.Plots.Add(new("Heat against the fall of the rate", "η − η'", "", "drop when relaxed", "nats", false, false,
        [
            ThermoPlots.Points("quenches", quenches.Zip(capacities, (drop, capacity) => (drop.Fall, capacity.Times(drop.Fall)))),
            new($"C_v = {Number(mean.Value)}", CurveRole.Theory, [0, quenches.Max(drop => drop.Fall)], [0, mean.Value * quenches.Max(drop => drop.Fall)]),
        ]));
    }

    private sealed record Drop(RunRecord Record, double Rate, double From, List<(double Time, Estimate Drop)> Points)
    {
        public double Fall => From - Rate;

        public static Drop Of(RunRecord hold, RunRecord quench)
        {
            var losses = EqualTime.Losses(hold);
            var start = quench.IntrinsicTime(quench.Spec.FirstStep);
            var points = EqualTime.Losses(quench)
                .Where(point => point.Time > start)
                .Select(point => (point.Time, Level: EqualTime.LossAt(losses, point.Time), point.Loss))
                .Where(point => point.Level is not null)
                .Select(point => (point.Time - start, point.Level!.Value with { Value = point.Level.Value.Value - point.Loss }))
                .ToList();
            return new(quench, quench.Spec.Schedule.Final, hold.Spec.Schedule.Final, points);
        }

        public Estimate Capacity(double kappa)
        {
            var shapes = Points.ConvertAll(point => (Fall * (1 - Math.Exp(-kappa * point.Time)), point.Drop.Value));
            return LineFit.ThroughOrigin(shapes).Slope;
        }

        public double Left(double kappa)
        {
            var capacity = Capacity(kappa).Value;
            return Points.Sum(point => Math.Pow(point.Drop.Value - (capacity * Fall * (1 - Math.Exp(-kappa * point.Time))), 2));
        }
    }
}
