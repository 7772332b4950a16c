namespace Ntl.Web.Live;

/// <summary>Consecutive stored points of one key and attempt.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Attempt">Who measured.</param>
/// <param name="VisibleUntilStep">Points from this step on are an orphaned tail; <see cref="long.MaxValue"/> for none.</param>
/// <param name="Steps">Ascending.</param>
/// <param name="Values">One a step.</param>
public sealed record StoredPoints(string Key, int Attempt, long VisibleUntilStep, IReadOnlyList<long> Steps, IReadOnlyList<double> Values);
