namespace Ntl.Web.Queue;

/// <summary>Columns that the runs grid sorts by. Rows without a value come last, ties are broken by creation.</summary>
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
    TokensPerSecond,
    LearningRateSum,
    ElapsedSeconds,
}
