using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>A run to be queued under an identity drawn beforehand, so that others can name it.</summary>
public sealed record NewRun(RunId Id, RunSpec Spec);
