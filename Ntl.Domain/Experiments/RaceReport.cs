using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics;
using Ntl.Domain.Thermodynamics.Runs;
using static Ntl.Domain.Experiments.ReportDraft;

namespace Ntl.Domain.Experiments;

/// <summary>E3: shapes of decay over equal steps, against the run that goes on: none may be colder than its bath.</summary>
internal static class RaceReport
{
    // What one cooling rate for all directions may put the heat capacity off by.
    private const double CapacityTolerance = 0.1;

    public static ExperimentReport Of(IReadOnlyList<RunRecord> records)
    {
        var draft = new ReportDraft(ExperimentKind.DecayRace, records, "shape", "final loss (nats)", "D (rate·step)", "heat let out (nats)", "least L_th − C_v η (nats)", "T_obj/T_bath at a tenth of η");
        var hold = draft.Members(ExperimentRole.Hold) is [var held, ..] ? held : null;
        var losses = hold is null ? [] : EqualTime.Losses(hold);
        var racers = Racers(draft, losses);
        draft.NeedMembers(racers.Count, 2, "decays");
        draft.AddClosure();
        if (hold is null || racers.Count == 0)
        {
            draft.Claims.Add(Claim.Unmeasured("second-law", 6, "No decay is colder than its bath", "L_th − C_v η", "nats",
                ClaimComparison.AtLeast, 0, 0, "").Under(Enough(0, 1, "decays beside a held run")));
            return draft.Done(Title);
        }

        var top = hold.Spec.Schedule.Final;
        var (heat, kappa) = Newton(top, [.. racers.Select(racer => (racer.Record, racer.Points))]);
        var resolved = Premise.Of(
            "cooling-resolved", "The shapes tell how fast the valley cools: the best κ lies within the range that their steps cover.",
            PremiseFailure.NotMeasurable, kappa.IsResolved,
            "The shapes do not tell how fast the valley cools, and so not how much heat there was.",
            "Longer decays, or more frequent validations, would resolve it.");
        var heated = AboveZero("heat-resolved", "The heat before the decay", heat, "nats",
            "A higher rate, or more validation batches, would resolve it.");
        var isMeasured = resolved.IsSatisfied && heated.IsSatisfied;
        foreach (var (record, name, final, points) in racers.OrderBy(racer => racer.Final))
        {
            var margins = points.ConvertAll(point => (point.Rate, Margin: new Estimate(heat.Value - point.Released.Value - (heat.Value * point.Rate / top), point.Released.StandardError)));
            var worst = margins.MinBy(point => point.Margin.Value + (2 * point.Margin.StandardError)).Margin;
            var tenth = margins.Where(point => point.Rate > 0).MinBy(point => Math.Abs(Math.Log(point.Rate / (0.1 * top))));
            var bath = heat.Value * tenth.Rate / top;
            draft.Row(name, Number(final, 5), Number(record.Spec.Schedule.IntrinsicTime), Number(points[^1].Released),
                isMeasured ? Number(worst) : "–",
                isMeasured ? Positive(tenth.Margin.Times(1 / bath) with { Value = 1 + (tenth.Margin.Value / bath) }) : "–");
            draft.Claims.Add(Claim.Judge($"second-law-{record.Id}", 6, $"{name}: never colder than its bath", "L_th − C_v η", "nats", ClaimComparison.AtLeast, 0, CapacityTolerance * heat.Value, worst.Value, worst.StandardError)
                .Under(resolved, heated));
        }

        var ranking = racers.OrderBy(racer => racer.Final).ToList();
        draft.Sentences.Add($"Over equal steps {ranking[0].Name} ends lowest, at {Number(ranking[0].Final, 5)} nats; then {string.Join(", ", ranking.Skip(1).Select(racer => $"{racer.Name} {Number(racer.Final, 5)}"))}.");
        draft.Sentences.Add(isMeasured
            ? $"Newton's law for all shapes together puts the heat before the decay at {Number(heat)} nats, C_v = " +
                $"{Number(heat.Value / top)} nats per unit of rate, with κ = {Number(kappa.Rate)}; " +
                $"the best shape lets out {Number(racers.Max(racer => racer.Points[^1].Released.Value))} nats."
            : $"The heat before the decay is not measurable here. {(resolved.IsSatisfied ? heated : resolved).Explanation}");
        draft.Plots.Add(new("Heat let out at equal D", "step", "", "L_hold − L", "nats", false, false,
            [.. racers.Select(racer => ThermoPlots.Points(racer.Name, racer.Points.Select(point => ((double)point.Step, point.Released)), CurveStyle.Line))]));
        if (!isMeasured)
        {
            return draft.Done(Title);
        }

        draft.Plots.Add(new("Heat left against the bath", "η", "", "L_th", "nats", false, false,
        [
            .. racers.Select(racer => ThermoPlots.Points(racer.Name, racer.Points.Select(point => (point.Rate, point.Released with { Value = heat.Value - point.Released.Value })))),
            new("second law, L_th = C_v η", CurveRole.Bound, [0, top], [0, heat.Value]),
        ]));
        return draft.Done(Title);
    }

    private static List<(RunRecord Record, string Name, double Final, List<(long Step, double Rate, Estimate Released)> Points)> Racers(
        ReportDraft draft, List<(long Step, double Time, double Loss)> losses)
    {
        List<(RunRecord Record, string Name, double Final, List<(long Step, double Rate, Estimate Released)> Points)> racers = [];
        foreach (var record in Ended(draft))
        {
            var start = record.Spec.FirstStep;
            var points = EqualTime.Losses(record)
                .Where(point => point.Step > start)
                .Select(point => (point.Step, Rate: record.Rate(point.Step - 1), Level: EqualTime.LossAt(losses, point.Time), point.Loss))
                .Where(point => point.Level is not null)
                .Select(point => (point.Step, point.Rate, point.Level!.Value with { Value = point.Level.Value.Value - point.Loss }))
                .ToList();
            if (points.Count == 0 || points[^1].Step < record.Spec.TotalSteps)
            {
                draft.Missing.Add($"{record.Spec.Name}: it has not finished, or the held run is missing.");
                continue;
            }

            racers.Add((record, Name(record), EqualTime.Losses(record)[^1].Loss, points));
        }

        return racers;
    }

    // Heat let out is C(η₀ − θ), dθ/dD = −κ(θ − η) from θ = η₀: what no shape lets out within its steps is known by its law alone.
    private static (Estimate Heat, CoolingFit Rate) Newton(double top, List<(RunRecord Record, List<(long Step, double Rate, Estimate Released)> Points)> racers)
    {
        var times = racers.Max(racer => racer.Record.Spec.Schedule.IntrinsicTime - racer.Record.IntrinsicTime(racer.Record.Spec.FirstStep));
        var shapes = (double rate) => racers.SelectMany(racer => Shape(racer.Record, racer.Points, rate)).ToList();
        var fit = CoolingFit.Of(0.1 / times, 1000 / times, Math.Max(1, racers.Sum(racer => racer.Points.Count) - 2), rate =>
        {
            var points = shapes(rate);
            var capacity = LineFit.ThroughOrigin(points).Slope.Value;
            return points.Sum(point => Math.Pow(point.Y - (capacity * point.X), 2));
        });
        return (LineFit.ThroughOrigin(shapes(fit.Rate.Value)).Slope.Times(top), fit);

        IEnumerable<(double X, double Y)> Shape(RunRecord record, List<(long Step, double Rate, Estimate Released)> points, double rate)
        {
            var (level, next) = (top, 0);
            for (var step = record.Spec.FirstStep; next < points.Count; step++)
            {
                if (step == points[next].Step)
                {
                    yield return (top - level, points[next++].Released.Value);
                }

                var bath = step < record.Spec.TotalSteps ? record.Rate(step) : 0;
                level = bath + ((level - bath) * Math.Exp(-rate * bath));
            }
        }
    }

    // Decays that did not diverge; the others are told and stand in the table as ∞.
    private static List<RunRecord> Ended(ReportDraft draft)
    {
        var all = draft.Members(ExperimentRole.Race);
        foreach (var record in all.Where(record => record.Final.HasDiverged))
        {
            draft.Row(Name(record), "∞", Number(record.Spec.Schedule.IntrinsicTime), "–", "–", "–");
            draft.Missing.Add($"{record.Spec.Name} has no final loss. {record.Final.Reason}");
        }

        return [.. all.Where(record => !record.Final.HasDiverged)];
    }

    private const string Title = "Decay race: is any decay colder than its bath, and which ends lowest?";

    private static string Name(RunRecord record)
    {
        var name = record.Spec.Name;
        var start = name.LastIndexOf($"{ExperimentRole.Race} ", StringComparison.Ordinal);
        return start < 0 ? name : name[(start + ExperimentRole.Race.Length + 1)..];
    }
}
