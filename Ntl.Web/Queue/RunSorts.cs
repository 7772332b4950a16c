namespace Ntl.Web.Queue;

/// <summary>Which way a column is sorted when nobody says: the best loss first, words by letter, all else from the top.</summary>
public static class RunSorts
{
    /// <summary>Whether the column begins with its greatest value.</summary>
    public static bool DescendsFirst(RunSort sort) => sort is not (
        RunSort.TrainLoss or RunSort.ValidationLoss or RunSort.BestValidationLoss or RunSort.FinalLoss
        or RunSort.Name or RunSort.Status or RunSort.Schedule or RunSort.Model or RunSort.Dataset);
}
