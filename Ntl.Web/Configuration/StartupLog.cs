namespace Ntl.Web.Configuration;

/// <summary>What the program says before it has services.</summary>
internal static partial class StartupLog
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "Ntl cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The {Command} was not made: {Reason}")]
    public static partial void CannotDo(ILogger logger, string command, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Problem}")]
    public static partial void CannotRun(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Result}")]
    public static partial void Done(ILogger logger, string result);
}
