namespace Ntl.Training.Data;

/// <summary>What is wrong with a data set.</summary>
public enum DatasetProblem
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The path is a directory.</summary>
    IsDirectory,

    /// <summary>The path names something other than a regular file: a pipe, a device, a socket.</summary>
    NotAFile,

    /// <summary>The file may not be read, or reading it failed.</summary>
    Unreadable,

    /// <summary>The file holds no token.</summary>
    Empty,

    /// <summary>The file is of another kind: compressed, an archive, an array with a header, a model, an evaluation file.</summary>
    OtherKind,

    /// <summary>The text is not UTF-8, or is cut inside a character.</summary>
    InvalidUtf8,

    /// <summary>The text is in another encoding, such as UTF-16.</summary>
    OtherEncoding,

    /// <summary>The file ends inside a token.</summary>
    OddLength,

    /// <summary>The header does not begin with llm.c's magic number, or is cut short.</summary>
    WrongHeader,

    /// <summary>The header is of a version that Ntl does not read.</summary>
    WrongVersion,

    /// <summary>The header's token count is not the file's.</summary>
    WrongTokenCount,

    /// <summary>A token lies outside the model's vocabulary, or outside the largest that a model can have.</summary>
    TokenOutOfRange,

    /// <summary>A split is too short for one window of the context length.</summary>
    TooShort,

    /// <summary>The file is no longer the one that the run was made for.</summary>
    Changed,
}
