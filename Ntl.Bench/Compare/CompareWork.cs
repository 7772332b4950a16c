namespace Ntl.Bench.Compare;

/// <summary>How much of the comparison's benchmark is done.</summary>
/// <param name="RunCount">Runs over one another; five seeds of each schedule.</param>
/// <param name="Steps">Of each run.</param>
/// <param name="Loads">Timed loads of each page.</param>
/// <param name="Rounds">Timed rounds through the groupings.</param>
/// <param name="Entries">Of the board that is ranked.</param>
/// <param name="Viewers">Pages that watch a live board.</param>
/// <param name="Events">Changes of the live board.</param>
/// <param name="Settling">Before the live board's first change, and after its last.</param>
/// <param name="IsQuick">Whether only to see that it works.</param>
internal sealed record CompareWork(int RunCount, long Steps, int Loads, int Rounds, int Entries, int Viewers, int Events, TimeSpan Settling, bool IsQuick)
{
    /// <summary>So little that it takes seconds.</summary>
    public static CompareWork Quick { get; } = new(10, 500, 1, 1, 40, 2, 2, TimeSpan.FromSeconds(2), true);

    /// <summary>What is measured.</summary>
    public static CompareWork Full(int loads, int rounds, int viewers) => new(100, 10_000, loads, rounds, 2_000, viewers, 24, TimeSpan.FromSeconds(5), false);
}
