using System.Collections.Immutable;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Advice;

/// <summary>Suggests the schedule that a fitted law ends lowest under.</summary>
/// <remarks>
/// The optimum is numerical, under any law and constraints (<see cref="ScheduleSearch"/>); where a closed form applies it stands beside it. What is suggested is
/// the simplest of what was found: points only where they end lower than a 1/t decay by more than <see cref="WorthPoints"/>.
/// </remarks>
public static class ScheduleAdvisor
{
    /// <summary>What free points must gain over a 1/t decay to be suggested; nats/token. Less cannot be seen in a run.</summary>
    public const double WorthPoints = 1e-4;

    // A prediction of the search; the last one is at full resolution.
    private const int SearchPieces = 512;

    /// <summary>Suggests a schedule.</summary>
    /// <param name="fit">The law, with its replicates.</param>
    /// <param name="constraints">What the schedule must keep to.</param>
    /// <param name="baseline">What to compare with, of as many steps; null for the best at hand: constant, cosine, linear or WSD of the same warm-up and peak, whichever ends lowest under the law at its best setting.</param>
    /// <param name="cancellationToken">Looked at once a prediction.</param>
    /// <exception cref="InvalidAdviceException">The constraints cannot be kept, or the baseline cannot be compared; the exception lists every problem.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ScheduleAdvice Suggest(
        LawFit fit, AdviceConstraints constraints, ScheduleSpec? baseline = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(constraints);
        if (Validate(constraints, baseline) is { Count: > 0 } problems)
        {
            throw new InvalidAdviceException(problems);
        }

        var usual = UsualSchedules.Of(constraints, candidate => fit.Law.PredictFinal(RatePath.Of(candidate)));
        var schedule = Best(fit.Law, constraints, usual[0].Schedule, cancellationToken);
        baseline ??= usual[0].Schedule;
        var (path, baselinePath) = (RatePath.Of(schedule), RatePath.Of(baseline));
        var (forecast, baselineForecast, gain) = (fit.Forecast(path), fit.Forecast(baselinePath), fit.Gain(path, baselinePath));
        return new(schedule, forecast, baseline, baselineForecast, usual, gain, ClosedForm(fit.Law, constraints), Cautions(forecast, gain));
    }

    /// <summary>Says what is wrong with a question; nothing when it can be answered.</summary>
    /// <param name="constraints">Any.</param>
    /// <param name="baseline">Any, or none.</param>
    public static IReadOnlyList<SpecProblem> Validate(AdviceConstraints constraints, ScheduleSpec? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        List<SpecProblem> problems = [.. constraints.Validate()];
        if (baseline is not null && baseline.TotalSteps != constraints.Steps)
        {
            problems.Add(new("baseline", $"A baseline must have as many steps as the suggestion, {constraints.Steps}, but has {baseline.TotalSteps}."));
        }

        return problems;
    }

    /// <summary>The best schedule in closed form, for one river and one direction that cools at a finite rate.</summary>
    /// <param name="law">Any law.</param>
    /// <param name="constraints">Valid.</param>
    /// <returns>Null where the law has another form, or the floor is above where the best decay would end.</returns>
    public static OptimalStableDecay? ClosedForm(LossLaw law, AdviceConstraints constraints)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        if (law is not RiverValleyLaw { Kind: LawKind.Newton, Modes: [{ Heat: > 0 } mode], RiverScale: > 0, RiverExponent: > 0 } newton)
        {
            return null;
        }

        var (peak, warmup) = (constraints.Peak, constraints.WarmupSteps);
        var best = OptimalStableDecay.Solve(new(
            newton.RiverScale,
            newton.RiverExponent,
            mode.Heat * peak / newton.ReferenceRate,
            mode.CoolingRate,
            peak,
            constraints.StepsAfterWarmup,
            warmup == 0 ? 0 : new LinearRamp(warmup, 0, peak).SumOfFirst(warmup)));
        return best.FinalRatio * peak >= constraints.Floor ? best : null;
    }

    // A descent from a 1/t decay may end above a usual schedule: then it begins again at that one.
    private static ScheduleSpec Best(LossLaw law, AdviceConstraints constraints, ScheduleSpec usual, CancellationToken cancellationToken)
    {
        var search = new ScheduleSearch(constraints, schedule => law.PredictFinal(RatePath.Of(schedule, SearchPieces)), cancellationToken);
        var hyperbolic = search.BestHyperbolic();
        var points = search.BestPoints(hyperbolic);
        var found = Final(points) < Final(hyperbolic) - WorthPoints ? points : hyperbolic;
        if (Final(found) <= Final(usual))
        {
            return found;
        }

        var better = search.BestPoints(usual);
        return Final(better) < Final(usual) ? better : usual;

        double Final(ScheduleSpec schedule) => law.PredictFinal(RatePath.Of(schedule));
    }

    private static ImmutableArray<string> Cautions(LossForecast forecast, LossGain gain)
    {
        List<string> cautions = [.. gain.Cautions.Take(1), "Only runs of both schedules with equal seeds can confirm the gain."];
        if (gain.Gain <= 0)
        {
            cautions.Add("Under this law the baseline ends as low or lower: there is nothing to gain within these constraints.");
        }
        else if (gain.Low is null or <= 0)
        {
            cautions.Add("The gain is not significantly different from zero: the runs may well end the other way round.");
        }

        return [.. cautions.Concat(gain.Cautions).Concat(forecast.Cautions).Distinct(StringComparer.Ordinal)];
    }
}
