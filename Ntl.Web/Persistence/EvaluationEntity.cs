using Ntl.Domain.Runs;

namespace Ntl.Web.Persistence;

/// <summary>Table <c>evaluations</c>: the losses of a run's slices after its last step, batch by batch.</summary>
public sealed class EvaluationEntity
{
    public required string RunId { get; set; }

    public EvaluationSlice Slice { get; set; }

    public int Attempt { get; set; }

    public long Step { get; set; }

    /// <summary>Mean over all windows, nats per token; null when it is not finite.</summary>
    public double? Loss { get; set; }

    /// <summary>JSON of the windows in each batch.</summary>
    public required string WindowsJson { get; set; }

    /// <summary>JSON of the mean loss of each batch.</summary>
    public required string LossesJson { get; set; }
}
