using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>What is known of an attempt whose trainer is gone or was given up, for the case that its journal does not say.</summary>
/// <param name="Reason">One sentence for the reader.</param>
/// <param name="Failure">The failure that remains when retries do not help.</param>
/// <param name="CountsAsLoss">False when the trainer was never started: that is no mark against the run.</param>
public sealed record AttemptEnd(string Reason, RunFailure Failure, bool CountsAsLoss = true);
