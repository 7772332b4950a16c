namespace Ntl.Domain.Runs;

/// <summary>The losses of a slice after the last step, batch by batch: what a run is scored by.</summary>
/// <param name="Slice">Which slice.</param>
/// <param name="Step">Updates done.</param>
/// <param name="Windows">Windows in each batch, (n).</param>
/// <param name="Losses">Mean loss of each batch, (n); nats per token, finite or not as the model gives it.</param>
public sealed record EvaluationRecorded(EvaluationSlice Slice, long Step, IReadOnlyList<int> Windows, IReadOnlyList<double> Losses) : JournalRecord
{
    /// <summary>The mean over all windows, nats per token.</summary>
    public double Mean => Windows.Zip(Losses, (windows, loss) => windows * loss).Sum() / Windows.Sum();
}
