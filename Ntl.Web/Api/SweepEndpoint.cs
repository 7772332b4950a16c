using System.Text.Json;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Experiments;
using Ntl.Web.Components.Composer;
using Ntl.Web.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Web.Api;

/// <summary><c>POST /api/v1/experiments/sweep</c>.</summary>
internal static class SweepEndpoint
{
    public static async Task<IResult> CreateAsync(Wish wish, ISweeps sweeps, IRunQueries runs, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [];
        if (!RunId.TryParse(wish.Run, out var run))
        {
            problems.Add(new("run", $"'{wish.Run}' is not a run's identity."));
        }

        List<SweepAxis> knobs = [];
        foreach (var (i, knob) in (wish.Knobs ?? []).Index())
        {
            if (knob is null)
            {
                problems.Add(new(FormattableString.Invariant($"knobs[{i}]"), "The knob is missing."));
                continue;
            }

            if (!ApiEnum.TryRead<SweepKnob>(knob.Knob, out var kind))
            {
                problems.Add(new(FormattableString.Invariant($"knobs[{i}].knob"), $"There is no knob '{knob.Knob}': {string.Join(", ", Enum.GetValues<SweepKnob>().Select(SweepDraft.NameOf))}."));
            }

            knobs.Add(new(kind, [.. (knob.Values ?? []).Select(TextOf)]));
        }

        if (problems.Count > 0)
        {
            return ApiResults.Invalid(problems);
        }

        var stop = wish.Stop is { } rule ? new SweepStopRule([.. rule.Rungs ?? [.. SweepStopRule.Default.Rungs]], rule.Spreads ?? SweepStopRule.DefaultSpreads) : null;
        var request = new SweepRequest(run, [.. knobs], wish.SeedCount, stop);
        var proposal = wish.DryRun ? await sweeps.ProposeAsync(request, cancellationToken) : await sweeps.QueueAsync(request, cancellationToken);
        if (proposal.Plan is not { } plan)
        {
            return ApiResults.Invalid(proposal.Problems);
        }

        var answer = Answer(plan, SweepCost.Of(plan, await CostEstimate.ReadHistoryAsync(runs, cancellationToken)), wish.DryRun);
        return wish.DryRun ? TypedResults.Ok(answer) : TypedResults.Created($"/api/v1/experiments/{plan.Id}", answer);
    }

    // A number keeps its digits, a schedule its JSON.
    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    // Of a dry run no identity and no seed is told: queueing draws others.
    private static object Answer(ExperimentPlan plan, SweepCost cost, bool isDry) => new
    {
        Id = isDry ? null : plan.Id,
        plan.Kind,
        cost.Runs,
        TotalSteps = cost.Steps,
        TotalTokens = cost.Tokens,
        TotalFlops = cost.Flops,
        EstimatedSeconds = cost.Seconds,
        cost.Basis,
        Cells = plan.Members.Select(member => member.Spec.Experiment!.Sweep!.Cell).Distinct(StringComparer.Ordinal),
        Seeds = isDry ? [] : plan.Members.Select(member => member.Spec.Seed).Distinct(),
        Members = isDry ? [] : plan.Members.Select(member => new { member.Id, member.Spec.Name, member.Spec.Experiment!.Role, member.Spec.Experiment.Value, member.Spec.Seed }),
    };

    /// <summary>What the body of a request says.</summary>
    internal sealed record Wish(string? Run, KnobWish?[]? Knobs, int SeedCount = 3, StopWish? Stop = null, bool DryRun = false);

    /// <summary>One knob and its values: numbers, words or schedules.</summary>
    internal sealed record KnobWish(string? Knob, JsonElement[]? Values);

    /// <summary>The rule of early stops; empty for the default.</summary>
    internal sealed record StopWish(double[]? Rungs, double? Spreads);
}
