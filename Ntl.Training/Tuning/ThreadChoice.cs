using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Ntl.Training.Tuning;

/// <summary>
/// How many threads an operator gets. More are not always faster: a small model's operators are over before a second thread has
/// woken up. A short trial decides, once per machine and workload; the answer is kept in a file.
/// </summary>
/// <param name="workload">What is computed: the same text for the same work. Becomes part of the file's name, hashed.</param>
/// <param name="folder">Where answers are kept; null to keep none.</param>
internal sealed class ThreadChoice(string workload, string? folder)
{
    private const int WarmUps = 2;
    private const int LeastRepetitions = 3;
    private const int MostRepetitions = 40;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(0.4); // of each count

    /// <summary>Where a person's programs keep what can be found again; null where there is no such place.</summary>
    public static string? DefaultFolder =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? System.IO.Path.Combine(cache, "ntl", "threads")
        : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".cache", "ntl", "threads")
        : null;

    /// <summary>The answer: the kept one, or a new one from a trial.</summary>
    /// <param name="work">One step's work, without effect on a run.</param>
    /// <returns>Threads, from 1.</returns>
    public int Choose(Action work)
    {
        if (Kept() is { } kept)
        {
            return kept;
        }

        var cores = Processors.PhysicalCoreCount();
        var best = cores;
        var least = TimeSpan.MaxValue;
        foreach (var count in new[] { 1, cores }.Distinct())
        {
            set_num_threads(count);
            var time = Least(work);
            if (time < least)
            {
                (best, least) = (count, time);
            }
        }

        return Keep(best);
    }

    // The least time, as everything else that runs only adds to it.
    private static TimeSpan Least(Action work)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            work();
        }

        var (least, start) = (TimeSpan.MaxValue, Stopwatch.GetTimestamp());
        for (var i = 0; i < LeastRepetitions || (i < MostRepetitions && Stopwatch.GetElapsedTime(start) < s_budget); i++)
        {
            var one = Stopwatch.GetTimestamp();
            work();
            var took = Stopwatch.GetElapsedTime(one);
            least = took < least ? took : least;
        }

        return least;
    }

    private int? Kept() => Path() is { } path && File.Exists(path) && int.TryParse(File.ReadLines(path).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        ? count
        : null;

    // The first answer stands, so that runs that start side by side get the same.
    private int Keep(int count)
    {
        if (Path() is not { } path)
        {
            return count;
        }

        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(draft, string.Create(CultureInfo.InvariantCulture, $"{count}\n{Machine()}\n{workload}\n"));
            File.Move(draft, path, overwrite: false);
            return count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            return Kept() ?? count; // another was first, or nothing can be kept here
        }
    }

    private string? Path() => folder is null
        ? null
        : System.IO.Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Machine()}\n{workload}")))[..16]);

    private static string Machine() => FormattableString.Invariant($"{Processors.ModelName()}, {Processors.PhysicalCoreCount()} cores, libtorch {__version__}{(MklAnswer.IsGiven ? ", MKL answered" : "")}");
}
