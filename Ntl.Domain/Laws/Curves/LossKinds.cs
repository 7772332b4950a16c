namespace Ntl.Domain.Laws.Curves;

/// <summary>One fit uses one kind of loss: training and validation losses differ by more than the laws resolve.</summary>
public static class LossKinds
{
    /// <summary>
    /// The kind that a fit uses: validation where every curve that is fitted to has it, else training where each has that, else the one
    /// that most have. A curve that does not say its kind goes with either; where none of them says it, those that are judged decide.
    /// </summary>
    /// <param name="train">The kinds that each curve has that is fitted to.</param>
    /// <param name="test">The same of those that are judged.</param>
    public static LossKind Common(IReadOnlyList<IReadOnlyCollection<LossKind>> train, IReadOnlyList<IReadOnlyCollection<LossKind>> test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        return Common(train) is not LossKind.Unstated and var kind ? kind : Common(test);
    }

    private static LossKind Common(IReadOnlyList<IReadOnlyCollection<LossKind>> curves)
    {
        var told = curves.Where(kinds => kinds.Any(kind => kind != LossKind.Unstated)).ToList();
        var validation = told.Count(kinds => kinds.Contains(LossKind.Validation));
        var training = told.Count(kinds => kinds.Contains(LossKind.Training));
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
