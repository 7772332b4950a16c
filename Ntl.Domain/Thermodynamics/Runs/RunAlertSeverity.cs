namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>How much an alert matters.</summary>
public enum RunAlertSeverity
{
    /// <summary>Worth knowing.</summary>
    Notice,

    /// <summary>The run, or what is measured of it, may be worse for it.</summary>
    Warning,

    /// <summary>The run is failing.</summary>
    Error,
}
