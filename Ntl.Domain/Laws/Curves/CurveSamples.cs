using System.Collections.Immutable;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Curves;

/// <summary>One run as a file has it: losses and rates, each at steps of its own.</summary>
/// <param name="Name">The run's name in the file, or the file's; of a diverged run that was kept, with the step that it diverged
/// after.</param>
/// <param name="Losses">Steps strictly rising; at least <see cref="FewestSamples"/>; finite and above 0.</param>
/// <param name="Rates">Steps strictly rising, rates finite and at least 0; empty where the file has none, so that a schedule must be given beside it.</param>
public sealed record CurveSamples(string Name, ImmutableArray<LossSample> Losses, ImmutableArray<RatePoint> Rates)
{
    /// <summary>The fewest losses that make a curve.</summary>
    public const int FewestSamples = 4;

    /// <summary>The fewest validation losses that are preferred to training losses.</summary>
    public const int EnoughSamples = 8;

    /// <summary>What the losses were taken from: a column, a metric, a tag.</summary>
    public string LossColumn { get; init; } = "loss";

    /// <summary>What the losses were measured on.</summary>
    public LossKind Kind { get; init; }

    /// <summary>The run's losses of other kinds, at most one of each.</summary>
    public ImmutableArray<LossSeries> Others { get; init; } = [];

    /// <summary>Whether the file tells the rates.</summary>
    public bool HasRates => !Rates.IsEmpty;

    /// <summary>Updates up to the last loss, of any kind: its step and one.</summary>
    public long Steps => Others.Select(other => other.Samples[^1].Step).Append(Losses[^1].Step).Max() + 1;

    /// <summary>The rates, the last one held up to the last loss.</summary>
    public IReadOnlyList<RatePoint> RatesToTheEnd => HasRates && Rates[^1].Step < Steps - 1 ? [.. Rates, new RatePoint(Steps - 1, Rates[^1].Rate)] : Rates;

    /// <summary>The kinds of loss that it has.</summary>
    public IReadOnlyCollection<LossKind> Kinds => [Kind, .. Others.Select(series => series.Kind)];

    /// <summary>The same run by its losses of a kind, or by losses that do not say theirs; null where it has neither.</summary>
    public CurveSamples? OfKind(LossKind kind)
    {
        if (kind == Kind || Kind == LossKind.Unstated)
        {
            return this;
        }

        return Others.FirstOrDefault(series => series.Kind == kind) is { } other
            ? this with
            {
                Losses = other.Samples,
                LossColumn = other.Column,
                Kind = other.Kind,
                Others = [.. Others.Where(series => series != other), new(LossColumn, Kind, Losses)],
            }
            : null;
    }

    /// <summary>The losses as points of a curve: the row of the zero-based step s stands after s + 1 updates.</summary>
    public static ImmutableArray<LossPoint> Points(IEnumerable<LossSample> losses) => [.. losses.Select(sample => new LossPoint(sample.Step + 1, sample.Loss))];
}
