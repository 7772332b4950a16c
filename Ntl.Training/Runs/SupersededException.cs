namespace Ntl.Training.Runs;

/// <summary>This trainer may no longer write: the server has begun another attempt of the run, or has removed it.</summary>
/// <param name="attempt">The attempt that was refused.</param>
/// <param name="currentAttempt">The attempt that may write; null where the fence is gone.</param>
public sealed class SupersededException(int attempt, int? currentAttempt)
    : Exception(currentAttempt switch
    {
        null => $"Attempt {attempt} may not write: the run has no fence.",
        _ when currentAttempt == attempt => $"Attempt {attempt} may not write: it was issued again under another token.",
        _ => $"Attempt {attempt} may not write: attempt {currentAttempt} has taken over.",
    })
{
    /// <summary>The attempt that was refused.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>The attempt that may write; null where the fence is gone.</summary>
    public int? CurrentAttempt { get; } = currentAttempt;
}
