using Microsoft.AspNetCore.Components;

namespace Ntl.Web.Components;

/// <summary>The document. Rendered once a visit, on the server, so it can read the reader's theme from the cookie and nothing flashes.</summary>
public sealed partial class App
{
    private const string ThemeCookie = "ntl-theme";

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    /// <summary>The chosen theme, or null to follow the system.</summary>
    private string? Theme => HttpContext?.Request.Cookies[ThemeCookie] switch
    {
        "light" => "light",
        "dark" => "dark",
        _ => null,
    };
}
