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
internal sealed record ImportedSamples(long[] LossSteps, double[] Losses, long[] RateSteps, double[] Rates, string? Schedule)
{
    public static ImportedSamples Of(CurveSamples samples, ScheduleSpec? schedule) => new(
        [.. samples.Losses.Select(sample => sample.Step)],
        [.. samples.Losses.Select(sample => sample.Loss)],
        [.. samples.Rates.Select(point => point.Step)],
        [.. samples.Rates.Select(point => point.Rate)],
        samples.HasRates ? null : schedule!.CanonicalJson);

    public static ImportedSamples Read(string json) => JsonSerializer.Deserialize<ImportedSamples>(json) ?? throw new InvalidDataException("A stored curve is null.");

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>What a law is fitted to: the row of step s stands after s + 1 updates.</summary>
    public LossCurve ToCurve(string name)
    {
        RatePath path;
        if (Schedule is not null)
        {
            path = RatePath.Of(ScheduleSpec.Parse(Schedule));
        }
        else
        {
            List<RatePoint> rates = [.. RateSteps.Zip(Rates, (step, rate) => new RatePoint(step, rate))];
            if (rates[^1].Step < LossSteps[^1])
            {
                rates.Add(new(LossSteps[^1], rates[^1].Rate)); // the last rate known holds to the last loss
            }

            path = UnseenWarmup.PathOf(rates, UnseenWarmup.StepsOf([rates]));
        }

        return new(name, path, LossSteps.Zip(Losses, (step, loss) => new LossPoint(step + 1, loss)).ToImmutableArray());
    }
}
