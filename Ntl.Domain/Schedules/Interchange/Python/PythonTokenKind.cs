namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>What a piece of Python text is.</summary>
internal enum PythonTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string literal; its text is without quotes.</summary>
    Text,

    /// <summary>A string whose value is worked out when it runs, or bytes.</summary>
    FormattedText,

    /// <summary>An operator, bracket or other sign.</summary>
    Sign,
}
