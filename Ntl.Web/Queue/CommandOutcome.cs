namespace Ntl.Web.Queue;

/// <summary>Whether a wish was taken, with one sentence for the person.</summary>
public sealed record CommandOutcome(CommandResult Result, string Message)
{
    public bool IsAccepted => Result == CommandResult.Accepted;
}
