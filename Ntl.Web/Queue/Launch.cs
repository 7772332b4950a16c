using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Web.Queue;

/// <summary>One attempt to be started, found or ended.</summary>
/// <param name="Run">The run.</param>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Token">Its fencing token.</param>
/// <param name="Device">The device that it may use.</param>
/// <param name="Directory">The run's directory.</param>
public sealed record Launch(RunId Run, int Attempt, string Token, string Device, RunDirectory Directory);
