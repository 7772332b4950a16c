namespace Ntl.Training.Data;

/// <summary>Why a readable file may not be what it is said to be.</summary>
public enum DatasetWarningKind
{
    /// <summary>Every second token is nearly constant: wider tokens were read as narrow ones.</summary>
    WiderTokens,

    /// <summary>A file read without a header begins with an llm.c header.</summary>
    LlmcHeader,

    /// <summary>The two bytes of each token seem to be swapped.</summary>
    BigEndian,

    /// <summary>All tokens, or nearly all, are the same.</summary>
    ConstantToken,

    /// <summary>The bytes read as tokens are text.</summary>
    TextAsTokens,

    /// <summary>Tokens lie above the stated vocabulary.</summary>
    BeyondVocabulary,

    /// <summary>The text holds NUL bytes.</summary>
    NulBytes,

    /// <summary>The text holds many control characters.</summary>
    ControlCharacters,

    /// <summary>The text begins with a UTF-8 byte order mark, which is left out.</summary>
    ByteOrderMark,
}
