namespace Ntl.Web.Live;

/// <summary>New points of one key, to be drawn after those already shown.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Attempt">Who measured. A viewer that holds points of an earlier attempt drops those from <paramref name="RewindToStep"/> on.</param>
/// <param name="RewindToStep">Step from which earlier attempts' points no longer count; null when nothing is to be dropped.</param>
/// <param name="Steps">Ascending.</param>
/// <param name="X">Places on the subscriber's axis.</param>
/// <param name="Values">One a step.</param>
public sealed record SeriesDelta(string Key, int Attempt, long? RewindToStep, IReadOnlyList<long> Steps, IReadOnlyList<double> X, IReadOnlyList<double> Values);
