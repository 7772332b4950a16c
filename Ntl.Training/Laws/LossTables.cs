using Ntl.Domain.Laws.Curves;

namespace Ntl.Training.Laws;

/// <summary>What a directory of logs gives to fit and to judge.</summary>
/// <param name="Tables">Those fitted to, then the others.</param>
/// <param name="Trained">How many are fitted to.</param>
/// <param name="Kind">What every loss among them is.</param>
/// <param name="Notes">What was taken and left out of each, a sentence each, the file's name before it.</param>
/// <param name="LeftOut">Files and runs that are no curves, or not of the kind.</param>
internal sealed record LossTables(
    IReadOnlyList<LossTable> Tables, int Trained, LossKind Kind, IReadOnlyList<string> Notes, IReadOnlyList<LeftOutCurve> LeftOut);
