namespace Ntl.Tests.Support;

/// <summary>One real server for all tests of a class or collection: <c>IClassFixture&lt;NtlServerFixture&gt;</c>.</summary>
public sealed class NtlServerFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    public NtlServer Server { get; private set; } = null!;

    public Uri Address => Server.Address;

    public HttpClient Client => Server.Client;

    public async ValueTask InitializeAsync() => Server = await NtlServer.StartAsync(Path.Combine(_directory.Root, "data"));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }
}
