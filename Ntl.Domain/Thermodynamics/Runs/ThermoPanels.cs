namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>The panels of a run's thermodynamics.</summary>
public static class ThermoPanels
{
    /// <summary>All panels in reading order, each id once; those that cannot be measured too.</summary>
    /// <param name="run">What was derived of the run.</param>
    public static IReadOnlyList<ThermoPanel> Of(RunThermodynamics run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var caveats = new RunCaveats(run);
        return
        [
            NoisePanels.Temperature(run, caveats), NoisePanels.Layers(run, caveats),
            HeatPanels.Losses(run, caveats), HeatPanels.Equipartition(run, caveats), HeatPanels.Bath(run, caveats),
            HeatPanels.Entropies(run, caveats),
            LandscapePanels.Curvature(run, caveats), LandscapePanels.Conduction(run, caveats), LandscapePanels.Force(run, caveats),
            NoisePanels.Balance(run, caveats), NoisePanels.NoiseScale(run, caveats),
        ];
    }
}
