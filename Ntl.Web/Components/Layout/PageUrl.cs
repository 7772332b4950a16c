using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Ntl.Web.Components.Layout;

/// <summary>
/// A page's state as its URL keeps it. The browser reports every change of the URL, this page's own among them, and late: read back,
/// such an echo would undo what the person has done since.
/// </summary>
internal sealed class PageUrl(NavigationManager navigation)
{
    private readonly Queue<string> _written = new();
    private string? _read;

    /// <summary>Puts the state into the URL, without a new entry in the browser's history.</summary>
    public void Write(string path, IEnumerable<KeyValuePair<string, string?>> query)
    {
        var url = QueryHelpers.AddQueryString(path, query);
        _written.Enqueue(navigation.ToAbsoluteUri(url).AbsoluteUri);
        navigation.NavigateTo(url, replace: true);
    }

    /// <summary>The URL's query, if it is one that neither this page wrote nor has read already; else null.</summary>
    public Func<string, string?>? ReadNew()
    {
        var url = navigation.Uri;
        if (string.Equals(url, _read, StringComparison.Ordinal))
        {
            return null;
        }

        _read = url;
        if (_written.Contains(url, StringComparer.Ordinal))
        {
            // What was written before it is answered with it.
            while (!string.Equals(_written.Dequeue(), url, StringComparison.Ordinal))
            {
            }

            return null;
        }

        var query = QueryHelpers.ParseQuery(navigation.ToAbsoluteUri(url).Query);
        return key => query.TryGetValue(key, out var value) ? value.ToString() : null;
    }
}
