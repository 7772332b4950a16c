using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <summary>Predicts the loss that a schedule will give, by a saved fit.</summary>
public interface ILossForecasts
{
    /// <summary>Saved fits to choose from: those of the model and data first, then the newest.</summary>
    /// <param name="modelName">As lists name it; null for any.</param>
    /// <param name="datasetHash">SHA-256 of the data; null for any.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<FitChoice>> ChoicesAsync(string? modelName, string? datasetHash, CancellationToken cancellationToken);

    /// <summary>What a fit says of a schedule; null when there is no such fit. Fast enough to be asked at every change of a schedule.</summary>
    Task<LossForecast?> ForecastAsync(string fitId, ScheduleSpec schedule, CancellationToken cancellationToken);
}
