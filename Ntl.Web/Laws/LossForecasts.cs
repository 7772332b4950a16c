using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="ILossForecasts"/>
internal sealed class LossForecasts(ILawFits fits) : ILossForecasts
{
    public async Task<IReadOnlyList<FitChoice>> ChoicesAsync(string? modelName, string? datasetHash, CancellationToken cancellationToken) =>
    [
        .. (await fits.ListAsync(cancellationToken))
            .Select(fit => new FitChoice(fit.Id.Value, fit.Name, fit.LawTitle, fit.TrainError, fit.ModelName, fit.DatasetName, IsOf(fit, modelName, datasetHash)))
            .OrderByDescending(choice => choice.IsOfFamily),
    ];

    public async Task<LossForecast?> ForecastAsync(string fitId, ScheduleSpec schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return await fits.ReadAsync(fitId, cancellationToken) is { } fit
            ? await Task.Run(() => fit.Forecast(RatePath.Of(schedule)), cancellationToken)
            : null;
    }

    private static bool IsOf(SavedFit fit, string? modelName, string? datasetHash) =>
        fit.FamilyKey is not null
        && (modelName is null || string.Equals(fit.ModelName, modelName, StringComparison.Ordinal))
        && (datasetHash is null || string.Equals(fit.DatasetHash, datasetHash, StringComparison.Ordinal));
}
