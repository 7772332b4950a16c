namespace Ntl.Bench.Page;

/// <summary>How much of the page benchmark is done.</summary>
/// <param name="RunCount">Runs of the list.</param>
/// <param name="Steps">Of the run whose page is opened.</param>
/// <param name="Loads">Timed loads of each page.</param>
/// <param name="Zooms">Timed zooms.</param>
/// <param name="IsQuick">Whether only to see that it works.</param>
internal sealed record PageWork(int RunCount, long Steps, int Loads, int Zooms, bool IsQuick);
