using System.Globalization;
using Ntl.Domain.Annealing;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Compose;

/// <summary>Theory's reading of a schedule in words.</summary>
internal static class CoolingWords
{
    private const double Beyond = 1e6;

    public static string Of(PhaseCooling cooling)
    {
        var state = cooling.State switch
        {
            CoolingState.Warming => $"warms: at its end {Format.Number(cooling.EndRatio, 2)} of its bath's heat",
            CoolingState.Equilibrium => "in equilibrium at its end",
            CoolingState.Cooling => $"cools: at its end {Times(cooling.EndRatio)} as hot as its bath",
            _ => $"out of equilibrium: at its end {Times(cooling.EndRatio)} as hot as its bath",
        };
        var fall = cooling.FastestFall switch
        {
            0 => "",
            <= 1 => $"; falls at {BudgetTable.Share(cooling.FastestFall)} of the best anneal's pace at most",
            _ => $"; along {BudgetTable.Share(cooling.ShareTooFast)} of its steps it falls faster than κ allows, up to {Times(cooling.FastestFall)} the best anneal's pace",
        };
        return $"{state}{fall}.";
    }

    public static string AtTheEnd(ValleyReading reading, ScheduleSpec schedule)
    {
        var law = new NewtonCooling(reading.CoolingRate, 1);
        var memory = schedule.Peak == 0 ? double.PositiveInfinity : law.RelaxationSteps(schedule.Peak);
        var end = reading.Points[^1];
        return $"The valley forgets in {Format.Number(memory, 3)} steps at the peak. At the end it is as hot as a bath of " +
            $"η = {Format.Rate(end.ValleyRate)}, where the rate is {Format.Rate(end.Rate)}.";
    }

    private static string Times(double ratio) => ratio > Beyond ? "far more than a million times" : string.Create(CultureInfo.InvariantCulture, $"{Format.Number(ratio, 3)} times");
}
