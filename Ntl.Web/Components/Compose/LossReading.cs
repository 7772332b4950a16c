using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Compose;

/// <summary>Forecasts of the schedules on the page by the chosen fit, kept so that undoing an edit asks for nothing twice.</summary>
internal sealed class LossReading(ILossForecasts forecasts, ILawFits fits)
{
    private const int MostKept = 100;

    private readonly Dictionary<(string Fit, ScheduleHash Hash), LossForecast?> _known = [];

    /// <summary>κ of a fit's valley: of the directions that hold the most of its heat. Null for a law without such a rate.</summary>
    /// <returns>κ in 1/rate, and in words where it comes from.</returns>
    public async Task<(double Rate, string Source)?> CoolingRateAsync(string fitId, CancellationToken cancellationToken)
    {
        if (await fits.ReadAsync(fitId, cancellationToken) is not { Law: RiverValleyLaw law } || law.Modes.Where(mode => double.IsFinite(mode.CoolingRate)).ToList() is not { Count: > 0 } modes)
        {
            return null;
        }

        var name = Choices?.FirstOrDefault(choice => string.Equals(choice.Id, fitId, StringComparison.Ordinal))?.Name ?? "the chosen fit";
        var hottest = modes.MaxBy(mode => mode.Heat);
        return (hottest.CoolingRate, modes.Count == 1 ? $"Fitted by {name}." : $"Fitted by {name}: of its {modes.Count} cooling rates the one that holds the most heat, {Format.Number(hottest.Heat / modes.Sum(mode => mode.Heat), 2)} of it.");
    }

    /// <summary>The fits to choose from; null until they are read.</summary>
    public IReadOnlyList<FitChoice>? Choices { get; private set; }

    public async Task ReadChoicesAsync(CancellationToken cancellationToken) => Choices = await forecasts.ChoicesAsync(null, null, cancellationToken);

    /// <summary>What is known of a schedule already.</summary>
    public LossForecast? Of(string? fitId, ScheduleSpec schedule) => fitId is null ? null : _known.GetValueOrDefault((fitId, schedule.Hash));

    /// <summary>Whether the fit turned out not to exist, or not to speak of the schedule.</summary>
    public bool IsMissing(string? fitId, ScheduleSpec schedule) => fitId is not null && _known.TryGetValue((fitId, schedule.Hash), out var forecast) && forecast is null;

    /// <summary>Asks for what is not known yet.</summary>
    /// <returns>Whether there was anything to ask for.</returns>
    public async Task<bool> ReadAsync(string? fitId, IEnumerable<ScheduleSpec> schedules, CancellationToken cancellationToken)
    {
        var hasRead = false;
        foreach (var schedule in fitId is null ? [] : schedules.Where(schedule => !_known.ContainsKey((fitId, schedule.Hash))).DistinctBy(schedule => schedule.Hash).ToList())
        {
            if (_known.Count >= MostKept)
            {
                _known.Clear();
            }

            _known[(fitId!, schedule.Hash)] = await forecasts.ForecastAsync(fitId!, schedule, cancellationToken);
            hasRead = true;
        }

        return hasRead;
    }
}
