using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Tests.Domain.Runs;

namespace Ntl.Tests.Domain.Experiments;

public sealed class SweepJudgeTests
{
    private const long Rung = 500;

    private static readonly SweepStopRule s_rule = new([0.5]);
    private static readonly RunSpec s_base = RunSpecs.Valid with { Schedule = StandardSchedules.WarmupStableDecay(1_000, 3e-3, DecayShape.Linear, 200, 0, 100) };

    // Of three seeds, spread 0.01.
    private static readonly double[] s_noise = [-0.01, 0, 0.01];

    [Fact]
    public void Judge_AMemberFarAboveTheOthersOfItsSeed_StopsItWithTheFigures()
    {
        var members = Members(SweepKnob.WeightDecay, ["0", "0.1", "0.2", "0.3"], (cell, seed) => (cell == 3 ? 2.2 : 2.0) + s_noise[seed]);

        var stops = SweepJudge.Judge(s_rule, members);

        Assert.Equal(members.Where(member => Cell(member) == "wd 0.3").Select(member => member.Id), stops.Select(stop => stop.Id));
        Assert.All(stops, stop => Assert.Equal((Rung, 3, 20.0), (stop.Step, stop.Compared, Math.Round(stop.Excess, 6))));
        Assert.Equal("Stopped by the sweep's rule at step 500: validation loss 2.19 is 20 seed spreads of 0.01 above 1.99, the median of 3 comparable members of its seed; the rule stops beyond 5.", stops[0].Reason);
    }

    [Fact]
    public void Judge_WithinTheLimit_StopsNobody() =>
        Assert.Empty(SweepJudge.Judge(s_rule, Members(SweepKnob.WeightDecay, ["0", "0.1", "0.2", "0.3"], (cell, seed) => (cell == 3 ? 2.049 : 2.0) + s_noise[seed])));

    [Fact]
    public void Judge_UntilHalfOfTheOthersHaveCome_Waits()
    {
        var all = Members(SweepKnob.WeightDecay, ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"], (cell, seed) => (cell == 0 ? 3 : 2) + s_noise[seed]);
        SweepStanding[] With(int cells) => [.. all.Select(member => member.Spec.Seed == 3 && all.Where(other => other.Spec.Seed == 3).ToList().IndexOf(member) >= cells ? member with { Losses = new Dictionary<long, double>() } : member)];

        bool IsStopped(int cells) => SweepJudge.Judge(s_rule, With(cells)).Any(stop => stop.Id == all.Last(member => Cell(member) == "wd 0").Id);

        // Of the six others, two are too few and three are half.
        Assert.False(IsStopped(3));
        Assert.True(IsStopped(4));
    }

    [Fact]
    public void Judge_WithTooFewSeedsForASpread_StopsNobody()
    {
        var members = Members(SweepKnob.WeightDecay, ["0", "0.1", "0.2"], (cell, seed) => (cell == 2 ? 9 : 2) + s_noise[seed]);

        // Three cells of three seeds have six degrees of freedom, of two seeds three.
        Assert.Equal(3, SweepJudge.Judge(s_rule, members).Count);
        Assert.Empty(SweepJudge.Judge(s_rule, [.. members.Where(member => member.Spec.Seed < 3)]));
    }

    [Fact]
    public void Judge_AHotterPeakAboveColderOnes_IsLeftAlone_AndAColderOneAboveHotterIsStopped()
    {
        string[] peaks = ["1e-3", "2e-3", "3e-3", "4e-3"];

        Assert.Empty(SweepJudge.Judge(s_rule, Members(SweepKnob.PeakRate, peaks, (cell, seed) => (cell == 3 ? 5 : 2) + s_noise[seed])));
        Assert.Equal(3, SweepJudge.Judge(s_rule, Members(SweepKnob.PeakRate, peaks, (cell, seed) => (cell == 0 ? 5 : 2) + s_noise[seed])).Count);
    }

    [Fact]
    public void Judge_AcrossShapesOfSchedule_ComparesNobody()
    {
        Assert.Empty(SweepJudge.Judge(s_rule, Members(SweepKnob.DecayFraction, ["0.2", "0.3", "0.5", "0.8"], (cell, seed) => 2 + cell + s_noise[seed])));
        Assert.Empty(SweepJudge.Judge(s_rule, Members(SweepKnob.WarmupSteps, ["0", "50", "100", "200"], (cell, seed) => 2 + cell + s_noise[seed])));
    }

    [Fact]
    public void Judge_MembersThatEndedOrAreKept_AreNotStopped()
    {
        var members = Members(SweepKnob.WeightDecay, ["0", "0.1", "0.2", "0.3"], (cell, seed) => (cell == 3 ? 9 : 2) + s_noise[seed]);

        Assert.Empty(SweepJudge.Judge(s_rule, [.. members.Select(member => member with { State = Cell(member) == "wd 0.3" ? SweepState.Kept : SweepState.Open })]));
        Assert.Empty(SweepJudge.Judge(s_rule, [.. members.Select(member => member with { State = SweepState.EndedEarly })]));
    }

    [Theory]
    [InlineData(0, 5, 0.002)]
    [InlineData(3, 5, 0.002)]
    [InlineData(0, 3, 0.03)]
    public void Judge_AThousandSweepsOfEqualMembers_WronglyStopsFew(double seedEffect, double spreads, double most)
    {
        var random = new Random(20_261);
        var rule = new SweepStopRule([0.5], spreads);
        var blank = Members(SweepKnob.WeightDecay, ["0", "0.1", "0.2", "0.3"], (_, _) => 2, seeds: 4);
        const int Sweeps = 1_000;
        var stopped = 0;
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            double[] effects = [.. Enumerable.Range(0, 4).Select(_ => seedEffect * 0.01 * Normal(random))];
            SweepStanding[] members = [.. blank.Select(member => member with { Losses = new Dictionary<long, double>() })];
            // One after another comes to its rung, seed by seed as they are queued; the rule looks each time.
            for (var i = 0; i < members.Length; i++)
            {
                members[i] = members[i] with { Losses = new Dictionary<long, double> { [Rung] = 2 + effects[members[i].Spec.Seed - 1] + (0.01 * Normal(random)) } };
                foreach (var stop in SweepJudge.Judge(rule, members))
                {
                    var place = Array.FindIndex(members, member => member.Id == stop.Id);
                    members[place] = members[place] with { State = SweepState.EndedEarly };
                    stopped++;
                }
            }
        }

        var share = stopped / (double)(Sweeps * blank.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed effect {seedEffect}, {spreads} spreads: {stopped} of {Sweeps * blank.Count} stopped, {share:P2}");
        Assert.InRange(share, 0, most);
    }

    private static string Cell(SweepStanding member) => member.Spec.Experiment!.Sweep!.Cell;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static List<SweepStanding> Members(SweepKnob knob, string[] values, Func<int, int, double> loss, int seeds = 3)
    {
        var design = new SweepDesign(s_base, [new(knob, [.. values])], seeds, s_rule);
        var plan = SweepPlan.Create(design, [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)], RunId.New);
        return [.. plan.Members.Select((member, i) => new SweepStanding(
            member.Id, member.Spec, SweepState.Open, new Dictionary<long, double> { [Rung] = loss(i % values.Length, (int)member.Spec.Seed - 1) }))];
    }
}
