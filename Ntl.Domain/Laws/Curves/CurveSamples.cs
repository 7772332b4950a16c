using System.Collections.Immutable;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Curves;

/// <summary>One run as a file has it: losses and rates, each at steps of its own.</summary>
/// <param name="Name">The run's name in the file, or the file's.</param>
/// <param name="Losses">Steps strictly rising; at least <see cref="FewestSamples"/>.</param>
/// <param name="Rates">Steps strictly rising, rates finite and at least 0; empty where the file has none, so that a schedule must be given beside it.</param>
public sealed record CurveSamples(string Name, ImmutableArray<LossSample> Losses, ImmutableArray<RatePoint> Rates)
{
    /// <summary>The fewest losses that make a curve.</summary>
    public const int FewestSamples = 8;

    /// <summary>Whether the file tells the rates.</summary>
    public bool HasRates => !Rates.IsEmpty;

    /// <summary>Updates up to the last loss: its step and one.</summary>
    public long Steps => Losses[^1].Step + 1;
}
