namespace Ntl.Training.Engine;

/// <summary>The device that a spec names is not there.</summary>
/// <param name="message">Which, and what is there.</param>
public sealed class DeviceException(string message) : Exception(message);
