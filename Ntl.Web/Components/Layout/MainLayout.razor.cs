using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Ntl.Web.Components.Layout;

public sealed partial class MainLayout
{
    private static readonly Place[] s_places =
    [
        new("/", "Home", "home", "g h", NavLinkMatch.All),
        new("/runs", "Runs", "runs", "g r", NavLinkMatch.Prefix, Except: "/runs/new"),
        new("/runs/new", "New run", "new", "g n", NavLinkMatch.All),
        new("/compare", "Compare", "compare", "g p", NavLinkMatch.Prefix),
        new("/schedules", "Schedules", "schedules", "g s", NavLinkMatch.Prefix),
        new("/compose", "Compose", "compose", "g c", NavLinkMatch.Prefix),
        new("/tracks", "Tracks", "tracks", "g t", NavLinkMatch.Prefix),
        new("/experiments", "Experiments", "branch", "g e", NavLinkMatch.Prefix),
        new("/laws", "Laws", "laws", "g w", NavLinkMatch.Prefix),
        new("/lab", "Lab", "lab", "g l", NavLinkMatch.Prefix),
        new("/datasets", "Data", "data", "g d", NavLinkMatch.Prefix),
    ];

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // The base element turns a bare #content into /#content; keep the reader on the page.
    private string SkipTarget => $"{Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0]}#content";

    private sealed record Place(string Path, string Title, string Icon, string Shortcut, NavLinkMatch Match, string? Except = null);
}
