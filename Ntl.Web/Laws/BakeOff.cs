namespace Ntl.Web.Laws;

/// <summary>All laws on the same curves.</summary>
/// <param name="Train">The curves fitted to.</param>
/// <param name="Test">The curves judged on.</param>
/// <param name="Rows">A law each, simplest first.</param>
/// <param name="Cautions">What to know before any number is believed, sentences.</param>
public sealed record BakeOff(IReadOnlyList<SourceCurve> Train, IReadOnlyList<SourceCurve> Test, IReadOnlyList<BakeOffRow> Rows, IReadOnlyList<string> Cautions)
{
    /// <summary>The law with the least error on schedules that it was not fitted to: left out of training, never the test curves. Null where none was fitted.</summary>
    public BakeOffRow? Chosen => Rows.Where(row => row.Fit is not null).MinBy(row => (row.LeaveOneOutError is null, row.LeaveOneOutError ?? row.Fit!.TrainError));

    /// <summary>The row of a law; null where there is none.</summary>
    public BakeOffRow? Row(string? law) => Rows.FirstOrDefault(row => string.Equals(Domain.Laws.LawNames.KeyOf(row.Kind), law, StringComparison.Ordinal));
}
