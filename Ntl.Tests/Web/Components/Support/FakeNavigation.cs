using Microsoft.AspNetCore.Components;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>An address bar.</summary>
internal sealed class FakeNavigation : NavigationManager
{
    public FakeNavigation(string path) => Initialize("http://localhost/", "http://localhost" + path);

    protected override void NavigateToCore(string uri, NavigationOptions options) => Uri = ToAbsoluteUri(uri).ToString();
}
