using System.CommandLine;

namespace Ntl.Bench;

/// <summary>Runs one benchmark as a command: within its time, with its report last, with a clear word when it cannot.</summary>
internal static class BenchCommand
{
    private const int Failed = 1;
    private static readonly TimeSpan s_cleanUpTime = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Every benchmark has it: the whole way on little work, within seconds, to see that it still works. Its figures say nothing. What
    /// needs a peer's own tools is left out and named.
    /// </summary>
    public static Option<bool> Quick { get; } = new("--quick") { Description = "Little work, seconds only: shows that the benchmark works. The figures say nothing." };

    /// <summary>Makes the command do its benchmark.</summary>
    /// <param name="command">With its options.</param>
    /// <param name="limit">The longest that it may take; cancelled after that.</param>
    /// <param name="measure">Measures. Cleans up after itself, also when cancelled.</param>
    public static Command Measure(this Command command, TimeSpan limit, Func<ParseResult, CancellationToken, Task<BenchReport>> measure)
    {
        command.Options.Add(Quick);
        command.SetAction(async (parsed, interrupted) =>
        {
            using var time = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
            time.CancelAfter(limit);
            try
            {
                var report = await measure(parsed, time.Token).WaitAsync(limit + s_cleanUpTime, CancellationToken.None);
                report.Print(Console.Out, parsed.GetValue(Quick));
                return 0;
            }
            catch (BenchException exception)
            {
                await Console.Error.WriteLineAsync($"ntl-bench {command.Name}: {exception.Message}");
            }
            catch (Exception exception) when (exception is TimeoutException or Microsoft.Playwright.PlaywrightException)
            {
                await Console.Error.WriteLineAsync($"ntl-bench {command.Name}: {exception.Message}");
            }
            catch (OperationCanceledException) when (time.IsCancellationRequested)
            {
                var reason = interrupted.IsCancellationRequested ? "interrupted" : FormattableString.Invariant($"not done after {limit.TotalSeconds:0} s, its limit; is the machine busy?");
                await Console.Error.WriteLineAsync($"ntl-bench {command.Name}: {reason}");
            }

            return Failed;
        });
        return command;
    }

    /// <summary>A word on what goes on, apart from the report.</summary>
    public static void Say(FormattableString message) => Console.Error.WriteLine("  " + FormattableString.Invariant(message));
}
