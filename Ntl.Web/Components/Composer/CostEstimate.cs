using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Composer;

/// <summary>How long a run will take, guessed from runs that this server has finished.</summary>
/// <param name="Seconds">Expected training time; null when nothing comparable has run here.</param>
/// <param name="Basis">Where the figure comes from and how far to trust it.</param>
internal sealed record CostEstimate(double? Seconds, string Basis)
{
    private const int RunsConsidered = 50;

    /// <summary>Reads the last finished runs once; <see cref="Of"/> then answers without the database.</summary>
    public static async Task<IReadOnlyList<RunRow>> ReadHistoryAsync(IRunQueries runs, CancellationToken cancellationToken)
    {
        var page = await runs.ListAsync(
            new() { Statuses = [RunStatus.Finished], Sort = RunSort.EndedAt, Take = RunsConsidered },
            cancellationToken);
        return [.. page.Rows.Where(row => row.TokensPerSecond > 0)];
    }

    /// <summary>Estimates a run's time.</summary>
    /// <param name="spec">A valid spec.</param>
    /// <param name="modelName">The name under which lists show the spec's model.</param>
    /// <param name="history">Finished runs.</param>
    public static CostEstimate Of(RunSpec spec, string modelName, IReadOnlyList<RunRow> history)
    {
        var tokens = (double)spec.TokensPerStep * (spec.TotalSteps - spec.FirstStep);
        var same = history.Where(row => string.Equals(row.ModelName, modelName, StringComparison.Ordinal)).Select(row => row.TokensPerSecond!.Value).Order().ToList();
        if (same.Count > 0)
        {
            // Validation costs a forward pass, which RunCost counts and tokens per second of training does not.
            var validation = RunCost.TotalFlops(spec) / (spec.Model.TrainingFlopsPerToken * tokens);
            return new(tokens * validation / same[same.Count / 2], $"Time from {same.Count} finished {(same.Count == 1 ? "run" : "runs")} of this model here; expect ±30 %.");
        }

        var rates = history
            .Select(row => ModelPreset.Find(row.ModelName) is { } preset ? row.TokensPerSecond!.Value * preset.Model.TrainingFlopsPerToken : 0)
            .Where(rate => rate > 0)
            .Order()
            .ToList();
        return rates.Count > 0
            ? new(RunCost.TotalFlops(spec) / rates[rates.Count / 2], "Time scaled from runs of other models here; right within a factor of 3.")
            : new(null, "The time is unknown until a run has finished on this server.");
    }
}
