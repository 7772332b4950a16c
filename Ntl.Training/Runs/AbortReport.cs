using System.Text;
using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>What libtorch said when an error that cannot be caught ended a trainer: the last words of its log.</summary>
/// <remarks>
/// TorchSharp 0.107 turns most of libtorch's errors into exceptions, but not those inside <c>autograd.grad</c> and a few operators:
/// there the C++ runtime ends the process, and prints the error.
/// </remarks>
public static class AbortReport
{
    private const int LongestTail = 64 * 1024; // a stack trace follows the words
    private const string Terminated = "terminate called after throwing an instance of '";
    private const string Words = "  what():  ";

    // How libtorch, its allocators and the C++ runtime say that memory is short.
    private static readonly string[] s_memoryMessages =
        ["out of memory", "can't allocate memory", "not enough memory", "std::bad_alloc", "CUBLAS_STATUS_ALLOC_FAILED"];

    /// <summary>Reads the end of a trainer's log.</summary>
    /// <param name="logPath">The attempt's log; may be absent.</param>
    /// <returns>The typed failure, of no step; null where the log does not end so.</returns>
    public static RunFailure? Read(string logPath)
    {
        ArgumentNullException.ThrowIfNull(logPath);
        string tail;
        try
        {
            using var file = new FileStream(logPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Position = Math.Max(0, file.Length - LongestTail);
            using var reader = new StreamReader(file, Encoding.UTF8);
            tail = reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var at = tail.LastIndexOf(Terminated, StringComparison.Ordinal);
        var from = at < 0 ? -1 : tail.IndexOf(Words, at, StringComparison.Ordinal);
        if (from < 0)
        {
            return null;
        }

        var words = PathFreeText.Of(tail[(from + Words.Length)..].Split('\n', 2)[0].Trim());
        return IsOutOfMemory(words)
            ? new RunFailure(RunFailureKind.OutOfMemory, null, words)
            : new RunFailure(RunFailureKind.Unexpected, null, $"libtorch ended the trainer: {words}");
    }

    /// <summary>Whether an error's words say that memory is short.</summary>
    public static bool IsOutOfMemory(string message) => s_memoryMessages.Any(text => message.Contains(text, StringComparison.OrdinalIgnoreCase));
}
