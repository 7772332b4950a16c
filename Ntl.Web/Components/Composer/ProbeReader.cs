using Ntl.Domain.Runs;

namespace Ntl.Web.Components.Composer;

/// <summary>Reads what a draft says of probes.</summary>
internal static class ProbeReader
{
    /// <summary>Typed for a probe that is not wanted.</summary>
    public const string Off = "off";

    /// <summary>Typed for a horizon that follows the run's length.</summary>
    public const string Auto = "auto";

    /// <summary>The probes, or null for none.</summary>
    /// <param name="draft">What was typed.</param>
    /// <param name="numbers">Takes what is wrong.</param>
    /// <param name="totalSteps">Of the schedule; null while that is wrong.</param>
    public static ProbeSpec? Read(RunDraft draft, DraftNumbers numbers, long? totalSteps)
    {
        var defaults = new ProbeSpec();
        return IsOn(draft) ? new()
        {
            NoiseIntervalSteps = Steps(DraftField.NoiseEvery),
            ColdHorizonSteps = Horizon(),
            CurvatureIntervalSteps = Steps(DraftField.CurvatureEvery),
            SpectrumAtPhaseEnds = string.Equals(draft[DraftField.Spectrum], "yes", StringComparison.Ordinal),
            ConductionIntervalSteps = Steps(DraftField.ConductionEvery),
            RiverWindowSteps = Steps(DraftField.RiverWindow),
        } : null;

        long? Steps(string field) => Is(field, Off) ? null : numbers.Whole(field, $"Give a whole number of steps, or '{Off}'; '{draft[field]}' is neither.");

        double? Horizon()
        {
            const string Field = DraftField.ColdHorizon;
            if (Is(Field, Off))
            {
                return null;
            }

            if (!Is(Field, Auto))
            {
                if (DraftNumbers.TryParse(draft[Field], out var typed))
                {
                    return typed;
                }

                numbers.Report(Field, $"Give a number of steps, '{Auto}' or '{Off}'; '{draft[Field]}' is none of them.");
            }

            return totalSteps is { } steps ? ColdHorizon(steps) : defaults.ColdHorizonSteps;
        }

        bool Is(string field, string word) => string.Equals(draft[field].Trim(), word, StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsOn(RunDraft draft) => string.Equals(draft[DraftField.Probes], "yes", StringComparison.Ordinal);

    /// <summary>The horizon of the cold weights for a run: a fifteenth of it, from 20 to 2,000, to two digits.</summary>
    /// <param name="totalSteps">≥ 1.</param>
    /// <returns>Steps.</returns>
    public static double ColdHorizon(long totalSteps)
    {
        // Long enough for most of the valley to relax, short enough that the river moves little.
        const double Share = 15;
        var steps = Math.Clamp(totalSteps / Share, 20, 2_000);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(steps)) - 1);
        return Math.Round(steps / unit) * unit;
    }
}
