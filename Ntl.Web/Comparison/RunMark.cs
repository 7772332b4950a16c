using Ntl.Domain.Runs;

namespace Ntl.Web.Comparison;

/// <summary>A resume or a branching, as a mark on the axis.</summary>
public sealed record RunMark(RunEventKind Kind, long Step);
