namespace Ntl.Domain.Laws.Curves;

/// <summary>One fit uses one kind of loss: training and validation losses differ by more than the laws resolve.</summary>
public static class LossKinds
{
    /// <summary>
    /// The kind that a fit uses: validation where every curve has it, else training where every curve has it, else the one that most have.
    /// A curve that does not say its kind goes with either.
    /// </summary>
    /// <param name="curves">The kinds that each curve has.</param>
    public static LossKind Common(IReadOnlyList<IReadOnlyCollection<LossKind>> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var told = curves.Where(kinds => !kinds.Contains(LossKind.Unstated) && kinds.Count > 0 || kinds.Count > 1).ToList();
        var (validation, training) = (told.Count(kinds => kinds.Contains(LossKind.Validation)), told.Count(kinds => kinds.Contains(LossKind.Training)));
        return told.Count == 0 ? LossKind.Unstated
            : validation == told.Count || (training < told.Count && validation >= training) ? LossKind.Validation
            : LossKind.Training;
    }

    /// <summary>As people say it.</summary>
    public static string NameOf(LossKind kind) => kind switch
    {
        LossKind.Training => "training loss",
        LossKind.Validation => "validation loss",
        _ => "loss, training or validation not stated",
    };
}
