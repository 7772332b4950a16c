using System.Collections.Immutable;
using System.Text.Json;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <summary>The stored form of an imported curve: columns of numbers, and a schedule where the file had no rates.</summary>
/// <param name="LossSteps">Zero-based steps of the losses.</param>
/// <param name="Losses">nats/token.</param>
/// <param name="RateSteps">Zero-based steps of the rates; empty with a schedule.</param>
/// <param name="Rates">η.</param>
/// <param name="Schedule">Canonical JSON; null where the file had rates.</param>
/// <param name="LossColumn">What the losses were taken from; null for curves of before it was kept.</param>
/// <param name="Kind">What they were measured on.</param>
/// <param name="Others">The run's losses of other kinds; null likewise.</param>
internal sealed record ImportedSamples(
    long[] LossSteps,
    double[] Losses,
    long[] RateSteps,
    double[] Rates,
    string? Schedule,
    string? LossColumn = null,
    LossKind Kind = LossKind.Unstated,
    ImportedSamples.Other[]? Others = null)
{
    public static ImportedSamples Of(CurveSamples samples, ScheduleSpec? schedule) => new(
        [.. samples.Losses.Select(sample => sample.Step)],
        [.. samples.Losses.Select(sample => sample.Loss)],
        [.. samples.Rates.Select(point => point.Step)],
        [.. samples.Rates.Select(point => point.Rate)],
        samples.HasRates ? null : schedule!.CanonicalJson,
        samples.LossColumn,
        samples.Kind,
        [.. samples.Others.Select(Other.Of)]);

    public static ImportedSamples Read(string json) => JsonSerializer.Deserialize<ImportedSamples>(json) ?? throw new InvalidDataException("A stored curve is null.");

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>What a law is fitted to: the row of step s stands after s + 1 updates.</summary>
    public SourceCurve ToCurve(CurveRef reference, string name)
    {
        var samples = ToSamples(name);
        var path = Schedule is null ? PathOf(samples.RatesToTheEnd) : RatePath.Of(ScheduleSpec.Parse(Schedule));
        var others = samples.Others.Select(other => Source(other.Samples, other.Kind, other.Column)).ToList();
        return Source(samples.Losses, Kind, LossColumn) with { Others = others };

        SourceCurve Source(ImmutableArray<LossSample> losses, LossKind kind, string? column) =>
            new(reference, new(name, path, CurveSamples.Points(losses)), column is null ? "loss of the file" : $"{LossKinds.NameOf(kind)} ('{column}')", null) { Kind = kind };
    }

    private static RatePath PathOf(IReadOnlyList<RatePoint> rates) => UnseenWarmup.PathOf(rates, UnseenWarmup.StepsOf([rates]));

    private CurveSamples ToSamples(string name) =>
        new(name, Samples(LossSteps, Losses), [.. RateSteps.Zip(Rates, (step, rate) => new RatePoint(step, rate))])
        {
            Others = [.. (Others ?? []).Select(other => new LossSeries(other.Column, other.Kind, Samples(other.Steps, other.Losses)))],
        };

    private static ImmutableArray<LossSample> Samples(long[] steps, double[] losses) => [.. steps.Zip(losses, (step, loss) => new LossSample(step, loss))];

    /// <summary>Losses of another kind.</summary>
    internal sealed record Other(string Column, LossKind Kind, long[] Steps, double[] Losses)
    {
        public static Other Of(LossSeries series) =>
            new(series.Column, series.Kind, [.. series.Samples.Select(sample => sample.Step)], [.. series.Samples.Select(sample => sample.Loss)]);
    }
}
