using System.Globalization;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Experiments;

public sealed class ExperimentPlanTests
{
    public static TheoryData<ExperimentKind> Kinds => [.. ExperimentKinds.OffACheckpoint];

    [Theory, MemberData(nameof(Kinds))]
    public void Create_AnyKind_MakesValidBranchesOfOneExperiment(ExperimentKind kind)
    {
        var trunk = Trunk();

        var plan = ExperimentPlan.Create(kind, trunk, null, Ids());

        Assert.All(plan.Members, member => Assert.Empty(RunSpecValidator.Validate(member.Spec)));
        Assert.All(plan.Members, member => Assert.Equal((plan.Id, kind), (member.Spec.Experiment!.Id, member.Spec.Experiment.Kind)));
        Assert.Equal(plan.Members.Length, plan.Members.Select(member => member.Id).Distinct().Count());
        Assert.Equal(plan.Members.Length, plan.Members.Select(member => member.Spec.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(plan.Members.Select(member => (member.Spec.ValidationIntervalSteps, member.Spec.ValidationBatches, member.Spec.Seed)).Distinct());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Create_AnyKind_EveryMemberGoesOnFromTheRunThatItNames(ExperimentKind kind)
    {
        var trunk = Trunk();

        var plan = ExperimentPlan.Create(kind, trunk, null, Ids());

        foreach (var (i, member) in plan.Members.Index())
        {
            var origin = member.Spec.Branch!.Run == trunk.Id ? trunk.Spec : plan.Members.Take(i).Single(other => other.Id == member.Spec.Branch.Run).Spec;
            Assert.Equal(RunSpecJson.Hash(origin), member.Spec.Branch.SpecHash);
            Assert.True(member.Spec.Branch.Run == trunk.Id ? member.Spec.Branch.Step == trunk.Step : origin.KeepsCheckpoint(member.Spec.Branch.Step));
            Assert.Equal(origin.Schedule.CumulativeRate(member.Spec.Branch.Step), member.Spec.Schedule.CumulativeRate(member.Spec.Branch.Step));
        }
    }

    [Fact]
    public void Create_AllSixOffTheStandardTrunk_CostAtMostTwelveThousandSteps()
    {
        var trunk = Trunk();
        ExperimentKind[] standard =
        [
            ExperimentKind.TemperatureLadder, ExperimentKind.QuenchLadder, ExperimentKind.DecayRace,
            ExperimentKind.Collapse, ExperimentKind.BatchLadder, ExperimentKind.OptimizerLadder,
        ];

        var cost = standard.Sum(kind => ExperimentPlan.Create(kind, trunk, null, Ids()).EquivalentSteps(trunk.Spec));

        Assert.InRange(cost, 8_000, 12_000);
        Assert.InRange(trunk.Spec.Model.ParameterCount, 800_000, 860_000);
    }

    [Fact]
    public void Create_TemperatureLadder_HoldPassesTheEndOfItsAnnealInIntrinsicTime()
    {
        var plan = ExperimentPlan.Create(ExperimentKind.TemperatureLadder, Trunk(), null, Ids());

        foreach (var anneal in plan.Members.Where(member => member.Spec.Experiment!.Role == ExperimentRole.Anneal))
        {
            var hold = plan.Members.Single(member => member.Id == anneal.Spec.Branch!.Run);
            var rate = hold.Spec.Experiment!.Value!.Value;
            Assert.Equal(rate, anneal.Spec.Experiment!.Value);
            // Two validations of the hold on the far side, but for half a step.
            Assert.True(hold.Spec.Schedule.IntrinsicTime >= anneal.Spec.Schedule.IntrinsicTime + (49 * rate));
        }
    }

    [Fact]
    public void Create_StepBeyondTrunkOrUnsoundSize_IsRefused()
    {
        var trunk = Trunk();

        Assert.Throws<ArgumentOutOfRangeException>(() => ExperimentPlan.Create(ExperimentKind.Anneal, trunk with { Step = trunk.Spec.TotalSteps + 1 }, null, Ids()));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExperimentPlan.Create(ExperimentKind.Anneal, trunk, new() { AnnealSteps = 1 }, Ids()));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExperimentPlan.Create(ExperimentKind.QuenchLadder, trunk, new() { RateFactors = [0] }, Ids()));
    }

    internal static ExperimentTrunk Trunk() => new(new("0000000000"), ExperimentPlan.StandardTrunk(RunSpecs.Valid.Dataset), 1_000);

    internal static Func<RunId> Ids()
    {
        var drawn = 0;
        return () => new((++drawn).ToString("0000000000", CultureInfo.InvariantCulture));
    }
}
