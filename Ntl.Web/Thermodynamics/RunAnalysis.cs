using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Web.Thermodynamics;

/// <summary>What a run's points amount to at a moment; shared by all who look at the run.</summary>
/// <param name="thermodynamics">Every derived quantity; null when the analysis failed.</param>
/// <param name="alerts">Of that moment.</param>
internal sealed class RunAnalysis(RunThermodynamics? thermodynamics, IReadOnlyList<RunAlert> alerts)
{
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<ThermoPanel>>? _panels;

    /// <summary>The analysis broke; the log has the error.</summary>
    public static RunAnalysis Failed { get; } = new(null, []);

    public RunThermodynamics? Thermodynamics { get; } = thermodynamics;

    public IReadOnlyList<RunAlert> Alerts { get; } = alerts;

    public bool HasFailed => Thermodynamics is null;

    /// <summary>The panels, made once, on another thread.</summary>
    public Task<IReadOnlyList<ThermoPanel>> PanelsAsync()
    {
        using (_gate.EnterScope())
        {
            _panels ??= Thermodynamics is null ? Task.FromResult<IReadOnlyList<ThermoPanel>>([]) : Task.Run(() => ThermoPanels.Of(Thermodynamics));
        }

        return _panels;
    }
}
