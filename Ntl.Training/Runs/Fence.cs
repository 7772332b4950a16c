using System.Security.Cryptography;

namespace Ntl.Training.Runs;

/// <summary>
/// Who may write to a run. The server replaces it before it starts an attempt; a trainer looks at it before every flush of its
/// journal, every published checkpoint and every renewal of its lease, and stops at once when the fence names another.
/// </summary>
/// <param name="Attempt">The attempt that may write; one-based.</param>
/// <param name="Token">Known to the server and that attempt's trainer only.</param>
public sealed record Fence(int Attempt, string Token)
{
    private const int TokenBytes = 16;

    /// <summary>A fence for an attempt with a fresh random token.</summary>
    public static Fence Issue(int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        return new Fence(attempt, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
    }

    /// <summary>Makes this the run's fence, durably: every earlier attempt is refused from now on.</summary>
    public void Raise(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        DurableFile.WriteJson(run.FencePath, this);
    }

    /// <summary>The run's present fence; null before the first attempt.</summary>
    /// <exception cref="InvalidDataException">The file is not a fence.</exception>
    public static Fence? Read(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return DurableFile.ReadJson<Fence>(run.FencePath);
    }
}
