namespace Ntl.Web.Configuration;

/// <summary>What the program says before it has services.</summary>
internal static partial class StartupLog
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "Ntl cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);
}
