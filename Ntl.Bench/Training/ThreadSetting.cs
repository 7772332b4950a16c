using System.Globalization;

namespace Ntl.Bench.Training;

/// <summary>How OpenMP runs a contestant.</summary>
/// <param name="Threads">OMP_NUM_THREADS.</param>
/// <param name="WaitPolicy">OMP_WAIT_POLICY.</param>
internal sealed record ThreadSetting(int Threads, string WaitPolicy)
{
    /// <summary>One thread and all processors, sleeping and spinning.</summary>
    public static IReadOnlyList<ThreadSetting> All { get; } =
    [
        .. new[] { 1, Environment.ProcessorCount }.Distinct().SelectMany(threads => new[] { "PASSIVE", "ACTIVE" }.Select(policy => new ThreadSetting(threads, policy))),
    ];

    public IEnumerable<KeyValuePair<string, string?>> Variables =>
    [
        new("OMP_NUM_THREADS", Threads.ToString(CultureInfo.InvariantCulture)),
        new("OMP_WAIT_POLICY", WaitPolicy),
    ];

    public override string ToString() => FormattableString.Invariant($"{Threads} thread{(Threads == 1 ? "" : "s")}, {WaitPolicy.ToLowerInvariant()} wait");
}
