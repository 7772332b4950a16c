namespace Ntl.Training.Data;

/// <summary>What is wrong with a data set.</summary>
public enum DatasetProblem
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The path is a directory.</summary>
    IsDirectory,

    /// <summary>The file may not be read, or reading it failed.</summary>
    Unreadable,

    /// <summary>The file holds no token.</summary>
    Empty,

    /// <summary>The text is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A file of 16-bit tokens has an odd number of bytes.</summary>
    OddLength,

    /// <summary>The header does not begin with llm.c's magic number, or is cut short.</summary>
    WrongHeader,

    /// <summary>The header is of a version that Ntl does not read.</summary>
    WrongVersion,

    /// <summary>The header's token count is not the file's.</summary>
    WrongTokenCount,

    /// <summary>A token lies outside the model's vocabulary.</summary>
    TokenOutOfRange,

    /// <summary>A split is too short for one window of the context length.</summary>
    TooShort,

    /// <summary>The file is no longer the one that the run was made for.</summary>
    Changed,
}
