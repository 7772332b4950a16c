using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Ntl.Bench.Servers;

/// <summary>Programs that a benchmark starts, and ends.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="BenchException">It could not be started, or ended with a failure; the message has its last words.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, environment);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new BenchException($"'{program}' ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {LastLines(await errors)}");
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>Starts a program with its output in pipes.</summary>
    /// <param name="program">Its path, or its name on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new BenchException($"'{program}' could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new BenchException($"'{program}' could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>Ends a process and its children, if they still run.</summary>
    public static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    public static string LastLines(string text) => string.Join(" | ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
}
