using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules;

public sealed class ScheduleDiffTests
{
    private static readonly ScheduleSpec s_wsd = new(new LinearRamp(100, 0, 3e-3), new ConstantRate(700, 3e-3), new LinearDecay(200, 3e-3, 0));

    [Fact]
    public void Between_EqualSchedules_SaysSoInOneSentence()
    {
        var diff = ScheduleDiff.Between(s_wsd, ScheduleSpec.Parse(s_wsd.CanonicalJson));

        Assert.True(diff.AreEqual);
        Assert.True(diff.HaveEqualRates);
        Assert.All(diff.Phases, phase => Assert.Equal(PhaseDiffKind.Unchanged, phase.Kind));
        Assert.Equal(["The two schedules are equal."], diff.Words());
    }

    [Fact]
    public void Between_ALongerHold_NamesThePhaseTheFieldTheFiguresAndTheStep()
    {
        var longer = new ScheduleSpec(new LinearRamp(100, 0, 3e-3), new ConstantRate(900, 3e-3), new LinearDecay(200, 3e-3, 0));

        var diff = ScheduleDiff.Between(s_wsd, longer);

        Assert.Equal([PhaseDiffKind.Unchanged, PhaseDiffKind.Changed, PhaseDiffKind.Unchanged], diff.Phases.Select(phase => phase.Kind));
        Assert.Equal([new FieldDiff("steps", "700", "900")], diff.Phases[1].Fields);
        // The decay begins at its start rate, so its first step, 800, is still the hold's rate.
        Assert.Equal(801, diff.FirstDifferentStep);
        Assert.Equal(999, diff.LargestGap!.Step);
        var words = diff.Words();
        Assert.Equal(5, words.Length);
        Assert.Contains("steps 700 → 900.", words[0], StringComparison.Ordinal);
        Assert.Equal("Steps 1,000 → 1,200 (+200).", words[1]);
        Assert.StartsWith("D 2.553 → 3.153 (+23.5", words[2], StringComparison.Ordinal);
        Assert.Equal("The rates first differ at step 801.", words[3]);
        Assert.Equal("They differ most at step 999: 1.5e-5 against 3e-3.", words[4]);
        Assert.Equal(0.6, diff.Figures[1].To - diff.Figures[1].From, 1e-12);
    }

    [Fact]
    public void Between_APhaseSplitInTwo_HasEqualRatesAndOtherPhases()
    {
        var split = new ScheduleSpec(new LinearRamp(100, 0, 3e-3), new ConstantRate(300, 3e-3), new ConstantRate(400, 3e-3), new LinearDecay(200, 3e-3, 0));

        var diff = ScheduleDiff.Between(s_wsd, split);

        Assert.False(diff.AreEqual);
        Assert.True(diff.HaveEqualRates);
        Assert.DoesNotContain(diff.Figures, figure => figure.IsChanged);
        Assert.Equal("Every step has the same rate in both: only the phases are told in other words.", diff.Words()[^1]);
    }

    [Fact]
    public void Between_AScheduleAndItsBeginning_DifferWhereTheShorterOneEnds()
    {
        var diff = ScheduleDiff.Between(s_wsd.First(800), s_wsd);

        Assert.Equal(800, diff.FirstDifferentStep);
        Assert.Null(diff.LargestGap);
        Assert.Equal("The rates are the same up to step 799, where the shorter one ends.", diff.Words()[^1]);
        Assert.Equal([PhaseDiffKind.Unchanged, PhaseDiffKind.Unchanged, PhaseDiffKind.Added], diff.Phases.Select(phase => phase.Kind));
    }

    [Fact]
    public void Between_AnotherShape_IsRemovedAndAdded()
    {
        var cosine = new ScheduleSpec(new LinearRamp(100, 0, 3e-3), new ConstantRate(700, 3e-3), new CosineDecay(200, 3e-3, 0));

        var kinds = ScheduleDiff.Between(s_wsd, cosine).Phases.Select(phase => phase.Kind);

        Assert.Equal([PhaseDiffKind.Unchanged, PhaseDiffKind.Unchanged, PhaseDiffKind.Removed, PhaseDiffKind.Added], kinds);
    }

    [Fact]
    public void Between_ThousandMillionSteps_FindsOneStepByHalving()
    {
        const long length = 999_000_000;
        var hold = new ScheduleSpec(new ConstantRate(length, 1e-3));
        var bumped = new ScheduleSpec(new PiecewisePoints([new(0, 1e-3), new(length / 2, 1e-3), new((length / 2) + 10, 2e-3), new(length, 1e-3)]));

        var diff = ScheduleDiff.Between(hold, bumped);

        Assert.Equal((length / 2) + 1, diff.FirstDifferentStep);
        Assert.Equal((length / 2) + 10, diff.LargestGap!.Step);
        Assert.Equal(1e-3, diff.LargestGap.Size, 1e-15);
    }

    [Fact]
    public void Between_AThousandPhasesEach_KeepsTheirOrder()
    {
        var odd = new ScheduleSpec(Enumerable.Range(1, ScheduleSpec.MaximumPhases).Select(i => new ConstantRate(i, 1e-3 * i)));
        var even = new ScheduleSpec(Enumerable.Range(1, ScheduleSpec.MaximumPhases).Select(i => new ConstantRate(i, i % 2 == 0 ? 1e-3 * i : 1e-4 * i)));

        var diff = ScheduleDiff.Between(odd, even);

        Assert.Equal(500, diff.Phases.Count(phase => phase.Kind == PhaseDiffKind.Unchanged));
        Assert.Equal(500, diff.Phases.Count(phase => phase.Kind == PhaseDiffKind.Changed));
    }

    [Fact]
    public void Phases_OfAnyTwo_AreBothSchedulesInOrder() => Prop.ForAll(Arbitrary.Schedules, Arbitrary.Schedules, (from, to) =>
    {
        var phases = ScheduleDiff.Between(from, to).Phases;

        return phases.Select(phase => phase.From).OfType<PhaseSpan>().SequenceEqual(from.Phases)
            && phases.Select(phase => phase.To).OfType<PhaseSpan>().SequenceEqual(to.Phases)
            && phases.All(phase => phase.Kind switch
            {
                PhaseDiffKind.Added => phase.From is null && phase.To is not null,
                PhaseDiffKind.Removed => phase.From is not null && phase.To is null,
                PhaseDiffKind.Unchanged => phase.From!.Phase.Equals(phase.To!.Phase) || new ScheduleSpec(phase.From.Phase).Equals(new ScheduleSpec(phase.To.Phase)),
                _ => phase.From!.Phase.Kind == phase.To!.Phase.Kind && phase.Fields.Length > 0,
            });
    }).Check(Properties.Seeded());

    [Fact]
    public void Between_Swapped_IsTheMirrorImage() => Prop.ForAll(Arbitrary.Schedules, Arbitrary.Schedules, (from, to) =>
    {
        var (there, back) = (ScheduleDiff.Between(from, to), ScheduleDiff.Between(to, from));

        return there.FirstDifferentStep == back.FirstDifferentStep
            && there.LargestGap?.Size == back.LargestGap?.Size
            && there.Figures.Select(figure => (figure.From, figure.To)).SequenceEqual(back.Figures.Select(figure => (figure.To, figure.From)))
            && there.Phases.Count(phase => phase.Kind == PhaseDiffKind.Unchanged) == back.Phases.Count(phase => phase.Kind == PhaseDiffKind.Unchanged);
    }).Check(Properties.Seeded());

    [Fact]
    public void APhasePutIn_AnywhereIntoAnySchedule_IsTheOneThatIsNew() => Prop.ForAll(Arbitrary.Schedules, Arbitrary.Phases, (schedule, phase) =>
    {
        var place = (int)(schedule.TotalSteps % (schedule.Phases.Length + 1));
        var longer = new ScheduleSpec(schedule.Phases.Select(span => span.Phase).Take(place).Append(phase).Concat(schedule.Phases.Skip(place).Select(span => span.Phase)));

        var kinds = ScheduleDiff.Between(schedule, longer).Phases.Select(diff => diff.Kind).ToList();

        return kinds.Count(kind => kind == PhaseDiffKind.Added) == 1 && kinds.Count(kind => kind == PhaseDiffKind.Unchanged) == schedule.Phases.Length && kinds.Count == schedule.Phases.Length + 1;
    }).Check(Properties.Seeded());

    [Fact]
    public void FirstDifferenceAndLargestGap_OfAnyTwo_AreThoseOfReadingEachStep() => Prop.ForAll(Arbitrary.Schedules, Arbitrary.Schedules, (from, second) =>
    {
        // Half of the second one is the first one's beginning, so that the first difference is not always step 0.
        var to = from.TotalSteps > 1 ? from.First((from.TotalSteps + 1) / 2).Then(second.Phases.Select(span => span.Phase)) : second;
        var diff = ScheduleDiff.Between(from, to);
        var common = Math.Min(from.TotalSteps, to.TotalSteps);
        long? first = null;
        var largest = 0.0;
        for (var step = 0L; step < common; step++)
        {
            var (a, b) = (from.LearningRate(step), to.LearningRate(step));
            if (Math.Abs(a - b) > 1e-12 * Math.Max(a, b))
            {
                first ??= step;
                largest = Math.Max(largest, Math.Abs(a - b));
            }
        }

        return diff.FirstDifferentStep == (first ?? (from.TotalSteps == to.TotalSteps ? null : common)) && (diff.LargestGap?.Size ?? 0) == largest;
    }).Check(Properties.Seeded());
}
