using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>One change of a run's status.</summary>
public sealed record StatusChangeRow(RunStatus? From, RunStatus To, string Reason, DateTimeOffset At);
