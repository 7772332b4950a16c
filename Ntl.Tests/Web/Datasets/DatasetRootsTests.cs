using Ntl.Tests.Support;
using Ntl.Web.Configuration;
using Ntl.Web.Datasets;

namespace Ntl.Tests.Web.Datasets;

public sealed class DatasetRootsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Folders_ByDefault_AreTheDataDirectorysDatasetsAlone() =>
        Assert.Equal([_directory["datasets"]], new DatasetRoots(new NtlOptions(), new DataDirectory(_directory.Root)).Folders);

    [Theory]
    [InlineData("datasets/a.txt", "datasets/a.txt")]
    [InlineData("datasets/sub/../a.txt", "datasets/a.txt")]
    [InlineData("datasets/within", "datasets/a.txt")]
    [InlineData("datasets", null)]
    [InlineData("datasets/../ntl.db", null)]
    [InlineData("ntl.db", null)]
    [InlineData("datasets/out", null)]
    [InlineData("datasets/folder/secret", null)]
    [InlineData("datasets/through", null)]
    [InlineData("datasets/circle", null)]
    [InlineData("datasets/folder/../secret", null)]
    public void Resolve_PathsAndLinks_NeverLeadOut(string path, string? expected)
    {
        Directory.CreateDirectory(_directory["datasets/sub"]);
        Directory.CreateDirectory(_directory["elsewhere"]);
        _directory.Write("datasets/a.txt", "a"u8);
        _directory.Write("elsewhere/secret", "s"u8);
        _directory.Write("secret", "s"u8);
        _directory.Write("ntl.db", "d"u8);
        File.CreateSymbolicLink(_directory["datasets/within"], "a.txt");
        File.CreateSymbolicLink(_directory["datasets/out"], "../ntl.db");
        File.CreateSymbolicLink(_directory["datasets/folder"], "../elsewhere");
        File.CreateSymbolicLink(_directory["datasets/through"], "folder/secret");
        File.CreateSymbolicLink(_directory["datasets/circle"], "circle");
        var roots = new DatasetRoots(new NtlOptions(), new DataDirectory(_directory.Root));

        Assert.Equal(expected is null ? null : _directory[expected], roots.Resolve(Path.Combine(_directory.Root, path)));
    }

    [Theory]
    [InlineData("datasets/a.txt")]
    [InlineData("")]
    [InlineData("/a\0b")]
    public void Resolve_PathThatIsNotAbsolute_IsRefused(string path) =>
        Assert.Null(new DatasetRoots(new NtlOptions(), new DataDirectory(_directory.Root)).Resolve(path));

    public void Dispose() => _directory.Dispose();
}
