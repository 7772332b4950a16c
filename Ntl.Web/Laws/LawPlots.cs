using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Laws;
using Ntl.Domain.Numbers;
using Ntl.Domain.Plots;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <summary>Pictures of what laws say of curves.</summary>
internal static class LawPlots
{
    private const int MostPoints = 240;
    private const int CurvePoints = 60;

    // A curve of three parameters goes through fewer anyhow.
    private const int FewestEnds = 5;

    /// <summary>One law against the curves of a bake-off.</summary>
    public static IReadOnlyList<Plot> Of(BakeOff result, LawFit fit)
    {
        var traces = result.Train.Select(source => Trace.Of(source.Curve, Plain(source.Curve.Name), fit))
            .Concat(result.Test.Select(source => Trace.Of(source.Curve, $"{Plain(source.Curve.Name)} (test)", fit)))
            .Where(trace => trace.Updates.Length > 0).ToList();
        return traces.Count == 0 ? [] :
        [
            new("Predicted over measured", "step", "", "loss", "nats/token", false, false,
                [.. traces.SelectMany(trace => new[] { trace.Measured(), trace.Theory() })]),
            new("Residuals", "intrinsic time D", "rate·step", "predicted − measured", "nats/token", false, false,
                [.. traces.Select(trace => trace.Residuals()), new("predicted = measured", CurveRole.Bound, [traces.Min(trace => trace.Times.Min()), traces.Max(trace => trace.Times.Max())], [0, 0])]),
            .. Collapse([.. traces.Select(trace => (trace.Peak, trace.LastRate, trace.Times[^1], trace.Losses[^1]))], CapacityOf(result)),
        ];
    }

    /// <summary>Final losses against D, coloured by their peak rates, and how far each lies from one curve.</summary>
    /// <param name="ends">Peak rate, last rate, D and loss of each curve's end.</param>
    /// <param name="capacity">dL/dη of a valley in equilibrium, by which ends at unlike rates are brought to rate 0; null where it is not known.</param>
    public static IEnumerable<Plot> Collapse(IReadOnlyList<(double Peak, double LastRate, double Time, double Loss)> ends, double? capacity)
    {
        // Only losses at one rate can lie on one curve of D: what heat the last rate keeps is taken off where they differ.
        var isOneRate = ends.Max(end => end.LastRate) - ends.Min(end => end.LastRate) <= 0.01 * ends.Max(end => end.LastRate);
        var heat = isOneRate ? 0 : capacity ?? 0;
        var label = heat == 0 ? "final loss" : string.Create(CultureInfo.InvariantCulture, $"final loss − {heat:G3}·η at the end");
        var points = ends.Select(end => (end.Peak, end.Time, Loss: end.Loss - (heat * end.LastRate))).ToList();
        var peaks = points.GroupBy(end => end.Peak).OrderBy(group => group.Key).ToList();
        List<PlotCurve> marks = [.. peaks.Select(group => Points(group.Key, group.Select(end => (end.Time, end.Loss))))];
        if (points.Count < FewestEnds || points.Select(end => end.Time).Distinct().Count() < FewestEnds)
        {
            yield return new("Final loss against D", "intrinsic time D", "rate·step", label, "nats/token", false, false, [.. marks]);
            yield break;
        }

        var collapse = LossCollapse.Of([.. points.Select(end => new CollapsePoint(end.Time, end.Loss, end.Peak))]);
        var (from, to) = (points.Min(end => end.Time), points.Max(end => end.Time));
        ImmutableArray<double> times = [.. Enumerable.Range(0, CurvePoints).Select(i => from + ((to - from) * i / (CurvePoints - 1)))];
        var curve = string.Create(CultureInfo.InvariantCulture, $"{collapse.ColdLoss:0.000} + {collapse.RiverScale:0.000}·D^−{collapse.RiverExponent:0.00}, R² = {collapse.RSquared:0.0000}");
        yield return new("Final loss against D", "intrinsic time D", "rate·step", label, "nats/token", false, false, [.. marks, new(curve, CurveRole.Theory, times, [.. times.Select(At)])]);
        yield return new("Distance from the curve, by peak", "intrinsic time D", "rate·step", "loss − curve", "nats/token", false, false,
        [
            .. peaks.Select(group => Points(group.Key, group.Select(end => (end.Time, end.Loss - At(end.Time))))),
            new("on the curve", CurveRole.Bound, [from, to], [0, 0]),
        ]);

        double At(double time) => collapse.ColdLoss + (collapse.RiverScale * Math.Pow(time, -collapse.RiverExponent));
    }

    // The simplest law with a valley says what a last rate costs.
    private static double? CapacityOf(BakeOff result) => result.Row(LawNames.KeyOf(LawKind.Equilibrium))?.Fit?.Law is RiverValleyLaw valley ? valley.HeatCapacity : null;

    // What follows an underscore would be set as a subscript.
    private static string Plain(string name) => name.Replace('_', ' ');

    /// <summary>A suggested schedule beside its baseline.</summary>
    public static IReadOnlyList<Plot> Of(Suggestion suggestion)
    {
        var advice = suggestion.Advice;
        List<PlotCurve> rates = [Rates("suggestion", advice.Schedule), Rates("baseline", advice.Baseline)];
        if (advice.ClosedForm is { } best)
        {
            rates.Add(Rates("closed form", best.ToSchedule(suggestion.Constraints.WarmupSteps)) with { Role = CurveRole.Bound });
        }

        return
        [
            new("Schedules", "step", "", "learning rate η", "", false, false, [.. rates]),
            new("Predicted loss", "step", "", "loss", "nats/token", false, false, [Band("suggestion", advice.Forecast), Band("baseline", advice.BaselineForecast)]),
        ];
    }

    private static PlotCurve Rates(string label, ScheduleSpec schedule)
    {
        var points = schedule.Sample(MostPoints);
        return new(label, CurveRole.Theory, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Rate)]);
    }

    private static PlotCurve Band(string label, LossForecast forecast) =>
        new(label, CurveRole.Theory, [.. forecast.Points.Select(point => (double)point.Updates)], [.. forecast.Points.Select(point => point.Loss)])
        {
            Lower = forecast.FinalLow is null ? [] : [.. forecast.Points.Select(point => point.Low ?? double.NaN)],
            Upper = forecast.FinalHigh is null ? [] : [.. forecast.Points.Select(point => point.High ?? double.NaN)],
        };

    private static PlotCurve Points(double peak, IEnumerable<(double X, double Y)> points)
    {
        var all = points.OrderBy(point => point.X).ToList();
        return new($"peak {NumberFormat.Rate(peak)}", CurveRole.Measured, [.. all.Select(point => point.X)], [.. all.Select(point => point.Y)], CurveStyle.Points);
    }

    /// <summary>A curve's losses after its warm-up, thinned to what a plot can show, beside a law's.</summary>
    private sealed record Trace(string Label, double Peak, double LastRate, ImmutableArray<double> Updates, ImmutableArray<double> Times, ImmutableArray<double> Losses, ImmutableArray<double> Predicted)
    {
        public static Trace Of(LossCurve curve, string label, LawFit fit)
        {
            var fitted = CurveScores.Judged(fit, curve);
            var stride = Math.Max(1, (fitted.Count + MostPoints - 1) / MostPoints);
            var shown = fitted.Where((_, i) => (fitted.Count - 1 - i) % stride == 0).ToList();
            var predicted = new double[shown.Count];
            fit.Law.Predict(curve.Path, [.. shown.Select(point => point.Updates)], predicted);
            var last = shown.Count == 0 ? 0 : curve.Path.RateAt(shown[^1].Updates);
            return new(label, curve.Path.Peak, last, [.. shown.Select(point => (double)point.Updates)], [.. shown.Select(point => curve.Path.TimeAfter(point.Updates))], [.. shown.Select(point => point.Loss)], [.. predicted]);
        }

        public PlotCurve Measured() => new(Label, CurveRole.Measured, Updates, Losses);

        public PlotCurve Theory() => new($"{Label}, theory", CurveRole.Theory, Updates, Predicted);

        public PlotCurve Residuals() => new(Label, CurveRole.Measured, Times, [.. Predicted.Zip(Losses, (predicted, loss) => predicted - loss)]);
    }
}
