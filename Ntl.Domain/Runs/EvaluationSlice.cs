namespace Ntl.Domain.Runs;

/// <summary>A fixed part of the validation share. The values are stored; never change one.</summary>
public enum EvaluationSlice
{
    /// <summary>The one that validation reads all along.</summary>
    Public = 0,

    /// <summary>The one that is read once, after the last step, so that nobody tunes on it.</summary>
    HeldOut = 1,
}
