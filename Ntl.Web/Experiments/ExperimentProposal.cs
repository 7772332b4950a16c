using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;

namespace Ntl.Web.Experiments;

/// <summary>An experiment's runs, or every problem that keeps it from being laid out.</summary>
/// <param name="Plan">Null when there are problems.</param>
/// <param name="Problems">By the request's fields, or those of a run in it; empty when there is a plan.</param>
public sealed record ExperimentProposal(ExperimentPlan? Plan, IReadOnlyList<SpecProblem> Problems);
