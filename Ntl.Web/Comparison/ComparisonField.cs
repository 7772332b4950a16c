namespace Ntl.Web.Comparison;

/// <summary>A field that runs can be grouped by.</summary>
/// <param name="Id">As in URLs; a spec's path, or a word.</param>
/// <param name="Title">For people.</param>
public sealed record ComparisonField(string Id, string Title);
