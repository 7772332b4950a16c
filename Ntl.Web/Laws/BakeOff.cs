using Ntl.Domain.Laws;
using Ntl.Domain.Laws.Curves;

namespace Ntl.Web.Laws;

/// <summary>All laws on the same curves.</summary>
/// <param name="Train">The curves fitted to.</param>
/// <param name="Test">The curves judged on.</param>
/// <param name="Rows">A law each, simplest first.</param>
/// <param name="Cautions">What to know before any number is believed, sentences.</param>
public sealed record BakeOff(IReadOnlyList<SourceCurve> Train, IReadOnlyList<SourceCurve> Test, IReadOnlyList<BakeOffRow> Rows, IReadOnlyList<string> Cautions)
{
    /// <summary>What every loss of it was measured on: a fit uses one kind.</summary>
    public LossKind Kind { get; init; }

    /// <summary>Curves that were asked for and are not of that kind.</summary>
    public IReadOnlyList<LeftOutCurve> LeftOut { get; init; } = [];

    /// <summary>The law to believe, and why: the one with the least error on schedules left out of training, or the transfer law
    /// where a test curve has another peak. Null where none was fitted.</summary>
    public LawChoice? Choice { get; } =
        LawChoice.Of([.. Rows.Select(row => row.Fit).OfType<LawFit>()], Test.Select(source => source.Curve.Path.Peak));

    /// <summary>The row of <see cref="Choice"/>.</summary>
    public BakeOffRow? Chosen => Choice is { } choice ? Rows.First(row => ReferenceEquals(row.Fit, choice.Fit)) : null;

    /// <summary>The row of a law; null where there is none.</summary>
    public BakeOffRow? Row(string? law) => Rows.FirstOrDefault(row => string.Equals(LawNames.KeyOf(row.Kind), law, StringComparison.Ordinal));
}
