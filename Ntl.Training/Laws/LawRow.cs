using Ntl.Domain.Laws;

namespace Ntl.Training.Laws;

/// <summary>A law on the command line: fitted or published, with how it meets every curve.</summary>
/// <param name="Name">Its key; of published numbers with their model.</param>
/// <param name="Title">For people.</param>
/// <param name="Law">The law.</param>
/// <param name="Fit">Null for published numbers.</param>
/// <param name="Seconds">Time of the fit alone, without bootstrap and leave-one-out; 0 for published numbers.</param>
/// <param name="Scores">A score for each curve, in the curves' order.</param>
/// <param name="MeanTestError">Mean over the test curves of their mean |predicted − measured|; null where there is none. nats/token.</param>
internal sealed record LawRow(
    string Name, string Title, LossLaw Law, LawFit? Fit, double Seconds, IReadOnlyList<CurveScore> Scores, double? MeanTestError)
{
    /// <summary>Which fit answers each curve, where that differs by curve; else null.</summary>
    public IReadOnlyList<LawChoice>? Choices { get; init; }
}
