using System.Collections.Immutable;

namespace Ntl.Domain.Experiments;

/// <summary>Figures in rows.</summary>
/// <param name="Columns">Titles with units.</param>
/// <param name="Rows">As many texts as columns; a dash where nothing is known.</param>
public sealed record ReportTable(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows);
