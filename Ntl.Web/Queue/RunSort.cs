namespace Ntl.Web.Queue;

/// <summary>Columns that the runs grid sorts by. Rows without a value come last in either order, by a loss also runs that diverged or exploded; ties are broken by creation.</summary>
public enum RunSort
{
    CreatedAt,
    EndedAt,
    Name,
    Status,
    Schedule,
    Model,
    Dataset,
    StepsDone,
    TrainLoss,
    ValidationLoss,
    BestValidationLoss,
    FinalLoss,
    TokensPerSecond,
    LearningRateSum,
    ElapsedSeconds,
}
