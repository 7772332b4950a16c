using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Laws;
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
        var traces = result.Train.Select(source => Trace.Of(source.Curve, source.Curve.Name, fit))
            .Concat(result.Test.Select(source => Trace.Of(source.Curve, $"{source.Curve.Name} (test)", fit)))
            .Where(trace => trace.Updates.Length > 0).ToList();
        return traces.Count == 0 ? [] :
        [
            new("Predicted over measured", "step", "", "loss", "nats/token", false, false,
                [.. traces.SelectMany(trace => new[] { trace.Measured(), trace.Theory() })]),
            new("Residuals", "intrinsic time D", "rate·step", "predicted − measured", "nats/token", false, false,
                [.. traces.Select(trace => trace.Residuals()), new("predicted = measured", CurveRole.Bound, [traces.Min(trace => trace.Times.Min()), traces.Max(trace => trace.Times.Max())], [0, 0])]),
            .. Collapse([.. traces.Select(trace => (trace.Peak, trace.Times[^1], trace.Losses[^1]))]),
        ];
    }

    /// <summary>Final losses against D, coloured by their peak rates, and how far each lies from one curve.</summary>
    /// <param name="ends">Peak rate, D and loss of each curve's end.</param>
    public static IEnumerable<Plot> Collapse(IReadOnlyList<(double Peak, double Time, double Loss)> ends)
    {
        var peaks = ends.GroupBy(end => end.Peak).OrderBy(group => group.Key).ToList();
        List<PlotCurve> points = [.. peaks.Select(group => Points(group.Key, group.Select(end => (end.Time, end.Loss))))];
        if (ends.Count < FewestEnds || ends.Select(end => end.Time).Distinct().Count() < FewestEnds)
        {
            yield return new("Final loss against D", "intrinsic time D", "rate·step", "final loss", "nats/token", false, false, [.. points]);
            yield break;
        }

        var curve = PowerCurve.Through([.. ends.Select(end => (end.Time, end.Loss))]);
        var (from, to) = (ends.Min(end => end.Time), ends.Max(end => end.Time));
        ImmutableArray<double> times = [.. Enumerable.Range(0, CurvePoints).Select(i => from + ((to - from) * i / (CurvePoints - 1)))];
        var label = string.Create(CultureInfo.InvariantCulture, $"{curve.Floor:0.000} + {curve.Scale:0.000}·D^−{curve.Exponent:0.00}, R² = {curve.RSquare:0.0000}");
        yield return new("Final loss against D", "intrinsic time D", "rate·step", "final loss", "nats/token", false, false, [.. points, new(label, CurveRole.Theory, times, [.. times.Select(curve.At)])]);
        yield return new("Distance from the curve, by peak", "intrinsic time D", "rate·step", "loss − curve", "nats/token", false, false,
        [
            .. peaks.Select(group => Points(group.Key, group.Select(end => (end.Time, end.Loss - curve.At(end.Time))))),
            new("on the curve", CurveRole.Bound, [from, to], [0, 0]),
        ]);
    }

    /// <summary>A suggested schedule beside its baseline.</summary>
    public static IReadOnlyList<Plot> Of(Suggestion suggestion)
    {
        var advice = suggestion.Advice;
        List<PlotCurve> rates = [Rates("suggestion", advice.Schedule), Rates("baseline", advice.Baseline)];
        if (advice.ClosedForm is { } best)
        {
            rates.Add(Rates("closed form", best.ToSchedule(suggestion.Constraints.WarmupSteps)) with { Role = CurveRole.Theory });
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
        return new(label, CurveRole.Measured, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Rate)]);
    }

    private static PlotCurve Band(string label, LossForecast forecast) =>
        new(label, CurveRole.Theory, [.. forecast.Points.Select(point => (double)point.Updates)], [.. forecast.Points.Select(point => point.Loss)])
        {
            Lower = [.. forecast.Points.Select(point => point.Low)],
            Upper = [.. forecast.Points.Select(point => point.High)],
        };

    private static PlotCurve Points(double peak, IEnumerable<(double X, double Y)> points)
    {
        var all = points.OrderBy(point => point.X).ToList();
        return new(string.Create(CultureInfo.InvariantCulture, $"peak {peak:G3}"), CurveRole.Measured, [.. all.Select(point => point.X)], [.. all.Select(point => point.Y)], CurveStyle.Points);
    }

    /// <summary>A curve's losses after its warm-up, thinned to what a plot can show, beside a law's.</summary>
    private sealed record Trace(string Label, double Peak, ImmutableArray<double> Updates, ImmutableArray<double> Times, ImmutableArray<double> Losses, ImmutableArray<double> Predicted)
    {
        public static Trace Of(LossCurve curve, string label, LawFit fit)
        {
            var fitted = CurveScores.Judged(fit, curve);
            var stride = Math.Max(1, (fitted.Count + MostPoints - 1) / MostPoints);
            var shown = fitted.Where((_, i) => (fitted.Count - 1 - i) % stride == 0).ToList();
            var predicted = new double[shown.Count];
            fit.Law.Predict(curve.Path, [.. shown.Select(point => point.Updates)], predicted);
            return new(label, curve.Path.Peak, [.. shown.Select(point => (double)point.Updates)], [.. shown.Select(point => curve.Path.TimeAfter(point.Updates))], [.. shown.Select(point => point.Loss)], [.. predicted]);
        }

        public PlotCurve Measured() => new(Label, CurveRole.Measured, Updates, Losses);

        public PlotCurve Theory() => new($"{Label}, theory", CurveRole.Theory, Updates, Predicted);

        public PlotCurve Residuals() => new(Label, CurveRole.Measured, Times, [.. Predicted.Zip(Losses, (predicted, loss) => predicted - loss)]);
    }
}
