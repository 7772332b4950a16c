namespace Ntl.Training.Data;

/// <summary>A data set cannot be used; the message says what is wrong with it, where, and what would be right.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="message">For the person who gave the file.</param>
/// <param name="inner">The system's own error, where there is one.</param>
public sealed class DatasetException(DatasetProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong.</summary>
    public DatasetProblem Problem { get; } = problem;
}
