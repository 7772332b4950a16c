using System.Diagnostics;

namespace Ntl.Tests.Support;

/// <summary>Tests of the browser's modules that need no page: scripts of wwwroot-assets/test, run by node.</summary>
internal static class NodeScript
{
    /// <summary>Runs a script to its end.</summary>
    /// <returns>Its exit status, 0 where all was right, and what it said.</returns>
    public static async Task<(int Status, string Told)> RunAsync(string name, string[] arguments, CancellationToken cancellationToken)
    {
        var script = Path.Combine(NtlServer.RepositoryRoot, "wwwroot-assets", "test", name);
        var start = new ProcessStartInfo("node", [script, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var faults = process.StandardError.ReadToEndAsync(cancellationToken);
        var told = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, told + await faults);
    }
}
