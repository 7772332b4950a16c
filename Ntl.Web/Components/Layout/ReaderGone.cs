using Microsoft.JSInterop;

namespace Ntl.Web.Components.Layout;

/// <summary>Tells calls to a browser that failed because its reader has left from those that failed for a fault.</summary>
internal static class ReaderGone
{
    /// <summary>Whether the browser has gone, or the component that called it has left the page.</summary>
    public static bool Explains(Exception exception) => exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Lets the browser's side of a component go. Where the browser has gone, or has thrown that side away already, there is nothing left to do.</summary>
    /// <param name="release">Tells the browser to let go, and releases the references to it.</param>
    public static async Task LeaveAsync(Func<Task> release)
    {
        try
        {
            await release();
        }
        catch (Exception exception) when (Explains(exception) || exception is JSException)
        {
            // Nobody looks at it any more.
        }
    }
}
