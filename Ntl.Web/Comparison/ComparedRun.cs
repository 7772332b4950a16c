using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Comparison;

/// <summary>A run as a comparison knows it, without its points.</summary>
/// <param name="Row">Its status and figures.</param>
/// <param name="Spec">Its spec.</param>
/// <param name="Keys">The metrics that it has points of, in order.</param>
public sealed record ComparedRun(RunRow Row, RunSpec Spec, IReadOnlyList<string> Keys)
{
    public RunId Id => Row.Id;

    /// <summary>The spec's fields by their paths.</summary>
    internal IReadOnlyDictionary<string, string> Fields => SpecFacts.Of(Spec).ByPath;

    /// <summary>Equal for runs that differ in seed, name and experiment only.</summary>
    internal string Seedless => SpecFacts.Of(Spec).Seedless;
}
