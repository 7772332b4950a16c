using Ntl.Domain.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Web.Experiments;

/// <summary>A run in an experiment's tree.</summary>
/// <param name="Run">The run.</param>
/// <param name="Depth">0 for a trunk outside the experiment, or a member without one; one more than its trunk's else.</param>
/// <param name="Membership">Its part; null for a trunk outside the experiment.</param>
public sealed record ExperimentNode(RunRow Run, int Depth, ExperimentMembership? Membership);
