namespace Ntl.Tests.Browser;

/// <summary>Browser tests run one after the other: they share a server, and the machine is small.</summary>
[CollectionDefinition(Name)]
public sealed class OneBrowser : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
