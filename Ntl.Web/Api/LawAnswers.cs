using System.Text.Json.Nodes;
using Ntl.Domain.Experiments;
using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;
using Ntl.Web.Laws;

namespace Ntl.Web.Api;

/// <summary>Bake-offs and suggestions as the API tells them.</summary>
internal static class LawAnswers
{
    public static object Of(BakeOff result) => new
    {
        Train = result.Train.Select(Of),
        Test = result.Test.Select(Of),
        Chosen = result.Chosen is { } chosen ? LawNames.KeyOf(chosen.Kind) : null,
        ChosenBecause = result.Choice?.Reason,
        LossKind = LossKinds.NameOf(result.Kind),
        result.LeftOut,
        Laws = result.Rows.Select(Of),
        result.Cautions,
    };

    public static object Of(BakeOffRow row) => new
    {
        Law = LawNames.KeyOf(row.Kind),
        Title = LawNames.TitleOf(row.Kind),
        row.Problem,
        row.Fit?.Parameters,
        row.Fit?.TrainError,
        row.LeaveOneOutError,
        row.TestError,
        row.Fit?.Train,
        row.Fit?.LeaveOneOut,
        row.Test,
        row.Fit?.Cautions,
    };

    public static object Of(Suggestion suggestion, ExperimentPlan? plan)
    {
        var advice = suggestion.Advice;
        return new
        {
            suggestion.Fit,
            suggestion.Constraints,
            Schedule = JsonNode.Parse(advice.Schedule.CanonicalJson),
            Baseline = JsonNode.Parse(advice.Baseline.CanonicalJson),
            Usual = advice.Usual.Select(usual => new { usual.Name, usual.FinalLoss, Schedule = JsonNode.Parse(usual.Schedule.CanonicalJson) }),
            advice.Gain,
            Forecast = Of(advice.Forecast),
            BaselineForecast = Of(advice.BaselineForecast),
            ClosedForm = advice.ClosedForm is { } best
                ? new { best.SlopeRatio, best.DecaySteps, best.DecayShare, best.FinalRatio, best.IntrinsicTime, best.FinalHeat, Schedule = JsonNode.Parse(best.ToSchedule(suggestion.Constraints.WarmupSteps).CanonicalJson) }
                : null,
            advice.Cautions,
            Experiment = plan is null ? null : new
            {
                plan.Id,
                plan.TotalSteps,
                Report = $"/api/v1/experiments/{plan.Id}/report",
                Runs = plan.Members.Select(member => new { member.Id, member.Spec.Name, member.Spec.Experiment!.Role, member.Spec.Seed }),
            },
        };
    }

    private static object Of(SourceCurve source) => new { Curve = source.Ref, source.Curve.Name, source.Measure, source.Curve.Path.Steps, source.Curve.Path.Peak, source.Curve.Path.IntrinsicTime, Points = source.Curve.Points.Length, source.Family };

    private static object Of(LossForecast forecast) => new { forecast.FinalLoss, forecast.FinalLow, forecast.FinalHigh, forecast.Cautions };
}
