using Microsoft.JSInterop;

namespace Ntl.Web.Components.Schedules;

/// <summary>The name that a reader last gave as owner or author, kept by the browser: there is no login that would know it.</summary>
public sealed class RememberedName(IJSRuntime script)
{
    private const string Key = "ntl-name";

    /// <summary>The name; empty when there is none, or the browser keeps nothing.</summary>
    public async Task<string> RecallAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await script.InvokeAsync<string?>("localStorage.getItem", cancellationToken, Key) ?? "";
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            return "";
        }
    }

    /// <summary>Keeps a name that was saved with.</summary>
    public async Task KeepAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await script.InvokeVoidAsync("localStorage.setItem", cancellationToken, Key, name);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // A browser that keeps nothing only asks again next time.
        }
    }
}
