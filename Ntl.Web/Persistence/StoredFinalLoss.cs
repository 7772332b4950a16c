using System.Linq.Expressions;
using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary><see cref="FinalLoss"/> in the words of the database, for what must be ordered and counted there. A test holds the two together.</summary>
internal static class StoredFinalLoss
{
    private static readonly double s_aboveUniform = ExplosionRule.Current.AboveUniform;
    private static readonly double s_aboveLowest = ExplosionRule.Current.AboveLowest;

    /// <summary>Whether a run diverged, or exploded by the rule in use outside tracks.</summary>
    public static Expression<Func<RunEntity, bool>> HasDiverged { get; } = run =>
        (run.Status == RunStatus.Failed && run.FailureKind == RunFailureKind.NonFiniteLoss)
        || (run.Status == RunStatus.Finished
            && ((run.FinalLoss == null && run.ValidationLoss == null && run.BestValidationLoss != null)
                || (run.FinalLoss ?? run.ValidationLoss) > run.UniformLoss + s_aboveUniform
                || (run.FinalLoss ?? run.ValidationLoss) > run.BestValidationLoss + s_aboveLowest));

    /// <summary>Its opposite.</summary>
    public static Expression<Func<RunEntity, bool>> HasNotDiverged { get; } = Expression.Lambda<Func<RunEntity, bool>>(Expression.Not(HasDiverged.Body), HasDiverged.Parameters);
}
