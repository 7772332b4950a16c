using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Lab;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="ILawBench"/>
internal sealed class LawBench(ICurveSources sources, LabGate gate) : ILawBench
{
    private const double MostSkipped = 0.9;

    public async Task<BakeOffOutcome> RunAsync(BakeOffRequest request, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Validate(request) is { Count: > 0 } problems)
        {
            return new(null, problems);
        }

        using var place = await gate.EnterAsync(cancellationToken);
        List<LeftOutCurve> leftOut = [];
        var (train, trainProblems) = await ReadAsync("train", request.Train, leftOut, cancellationToken);
        var (test, testProblems) = await ReadAsync("test", request.Test, leftOut, cancellationToken);
        if (train.Count == 0 && trainProblems.Count == 0)
        {
            var reasons = string.Join("; ", leftOut.Select(left => $"{left.Name}: {left.Reason}"));
            trainProblems.Add(new("train", $"No curve is left to fit to: {reasons}."));
        }

        if (trainProblems.Count + testProblems.Count > 0)
        {
            return new(null, [.. trainProblems, .. testProblems]);
        }

        // Training and validation losses differ by more than the laws resolve: one fit, one kind.
        var kind = LossKinds.Common([.. train.Select(source => source.Kinds)], [.. test.Select(source => source.Kinds)]);
        (train, test) = (OfKind(train, kind, leftOut), OfKind(test, kind, leftOut));
        var rows = await Task.Run(() => Fit(request, train, test, progress, cancellationToken), cancellationToken);
        return new(new(train, test, rows, [.. leftOut.Select(left => $"Left out: {left.Name}: {left.Reason}."), .. Cautions(train, test, kind)]) { Kind = kind, LeftOut = leftOut }, []);
    }

    private static List<SourceCurve> OfKind(List<SourceCurve> sources, LossKind kind, List<LeftOutCurve> leftOut)
    {
        leftOut.AddRange(sources.Where(source => source.OfKind(kind) is null).Select(source => new LeftOutCurve(
            source.Curve.Name, source.Curve.Points.Length, $"it has only its {LossKinds.NameOf(source.Kind)}, and the fit uses one kind of loss, the {LossKinds.NameOf(kind)}")));
        return [.. sources.Select(source => source.OfKind(kind)).OfType<SourceCurve>()];
    }

    private static List<SpecProblem> Validate(BakeOffRequest request)
    {
        List<SpecProblem> problems = [];
        if (request.Train.Count == 0)
        {
            problems.Add(new("train", "A fit needs at least one curve."));
        }

        if (request.Train.Count + request.Test.Count > BakeOffRequest.MostCurves)
        {
            problems.Add(new("train", FormattableString.Invariant($"At most {BakeOffRequest.MostCurves} curves together; there are {request.Train.Count + request.Test.Count}.")));
        }

        if (request.Train.Concat(request.Test).GroupBy(curve => curve).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            problems.Add(new("test", $"{twice.Key} is there twice: a curve is for training or for judging, once."));
        }

        if (request.Laws.Count == 0 || request.Laws.Any(law => !Enum.IsDefined(law)))
        {
            problems.Add(new("laws", $"Give at least one law of {string.Join(", ", LawNames.All.Select(LawNames.KeyOf))}."));
        }

        if (request.Replicates is < 0 or > LawFitOptions.MaximumReplicates)
        {
            problems.Add(new("replicates", FormattableString.Invariant($"Between 0 and {LawFitOptions.MaximumReplicates}; it is {request.Replicates}.")));
        }

        if (request.SkippedShare is not (>= 0 and <= MostSkipped))
        {
            problems.Add(new("skip", FormattableString.Invariant($"The share of D left out is from 0 to {MostSkipped}; it is {request.SkippedShare}.")));
        }

        if (request.WeightDecay is not (null or (>= 0 and <= BakeOffRequest.MostWeightDecay)))
        {
            problems.Add(new("weightDecay", FormattableString.Invariant(
                $"The weight decay must be from 0 to {BakeOffRequest.MostWeightDecay}, but is {request.WeightDecay}.")));
        }

        return problems;
    }

    private async Task<(List<SourceCurve> Curves, List<SpecProblem> Problems)> ReadAsync(
        string field, IReadOnlyList<CurveRef> wanted, List<LeftOutCurve> leftOut, CancellationToken cancellationToken)
    {
        var (curves, problems) = (new List<SourceCurve>(), new List<SpecProblem>());
        foreach (var reference in wanted)
        {
            var reading = await sources.ReadAsync(reference, cancellationToken);
            if (reading.Curve is { } curve)
            {
                curves.Add(curve);
            }
            else if (reading.Diverged is { } diverged)
            {
                leftOut.Add(diverged);
            }
            else
            {
                problems.Add(new(field, reading.Problem!));
            }
        }

        return (curves, problems);
    }

    private static List<BakeOffRow> Fit(BakeOffRequest request, List<SourceCurve> train, List<SourceCurve> test, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        List<BakeOffRow> rows = [];
        var curves = train.ConvertAll(source => source.Curve);
        foreach (var kind in request.Laws)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                LawFitOptions options = new() { Replicates = request.Replicates, SkippedShare = request.SkippedShare, WeightDecay = request.WeightDecay };
                var fit = LawFitting.Fit(kind, curves, options, cancellationToken);
                rows.Add(new(kind, fit, null, [.. test.Select(source => CurveScores.Of(fit, source.Curve))]));
            }
            catch (ArgumentException exception)
            {
                rows.Add(new(kind, null, exception.Message.Split(" (Parameter", 2)[0], []));
            }

            progress?.Report((double)rows.Count / request.Laws.Count);
        }

        return rows;
    }

    private static IEnumerable<string> Cautions(List<SourceCurve> train, List<SourceCurve> test, LossKind kind)
    {
        const int FewCurves = 3;
        var families = train.Concat(test).Select(source => source.Family).OfType<CurveFamily>().DistinctBy(family => family.Key, StringComparer.Ordinal).ToList();
        if (families.Count > 1)
        {
            yield return $"The runs are not of one family ({string.Join("; ", families.Select(family => $"{family.ModelName} on {family.DatasetName}, {family.TokensPerStep} tokens a step, {family.OptimizerName}"))}): one law holds for one model, data, batch and update rule only.";
        }

        var unstated = train.Concat(test).Where(source => source.Kind == LossKind.Unstated).ToList();
        if (kind != LossKind.Unstated && unstated.Count > 0)
        {
            yield return $"{string.Join(", ", unstated.Select(source => source.Curve.Name))}: the file does not say whether this is a training or a validation loss. It was taken for the {LossKinds.NameOf(kind)}.";
        }

        foreach (var curve in train.Select(source => source.Curve))
        {
            if (ExplosionRule.Current.Why(curve.Points[^1].Loss, null, curve.Points.Min(point => point.Loss)) is { } exploded)
            {
                yield return $"{curve.Name}: {exploded} No law describes that: leave it out of the training curves.";
            }
        }

        if (train.Count < FewCurves)
        {
            yield return $"Only {train.Count} training curve{(train.Count == 1 ? "" : "s")}: parameters trade against each other until {FewCurves} schedules that differ hold them.";
        }

        if (test.Count == 0)
        {
            yield return "No test curve: errors are of schedules left out of the fit, which is a milder trial.";
        }
    }
}
