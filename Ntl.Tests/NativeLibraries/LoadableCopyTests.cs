using System.Reflection;
using System.Text;
using Ntl.NativeLibraries;
using Ntl.Tests.Support;

namespace Ntl.Tests.NativeLibraries;

/// <summary>The build step that makes the published library load, on the published library itself.</summary>
public sealed class LoadableCopyTests : IDisposable
{
    private const ushort Weak = 2;

    private static readonly string s_published = typeof(LoadableCopyTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PublishedTorchSharp").Value!;

    private readonly TemporaryDirectory _folder = new();

    private string Target => _folder["libLibTorchSharp.so"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Make_ForARuntimeWithoutTheVersion_ChangesOneByteOfTheCopyAndNothingOfThePackage()
    {
        var before = File.ReadAllBytes(s_published);

        var done = LoadableCopy.Make(s_published, Target, Runtime("GLIBCXX_3.4.30"));

        var copy = File.ReadAllBytes(Target);
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != copy[i]).ToList();
        Assert.Equal(before.Length, copy.Length);
        Assert.Equal(before[Assert.Single(changed)] | Weak, copy[changed[0]]);
        Assert.Contains("marked weak", done, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(s_published));
    }

    [Fact]
    public void Make_ForARuntimeWithTheVersion_CopiesAsPublished()
    {
        var done = LoadableCopy.Make(s_published, Target, Runtime(LoadableCopy.Version));

        Assert.Equal(File.ReadAllBytes(s_published), File.ReadAllBytes(Target));
        Assert.Contains("as published", done, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_OfWhatIsNoLibrary_SaysWhatWasExpected()
    {
        var source = _folder["text.so"];
        File.WriteAllText(source, "not a library");

        var error = Assert.Throws<InvalidDataException>(() => LoadableCopy.Make(source, Target, Runtime("GLIBCXX_3.4.30")));

        Assert.Contains("no ELF library", error.Message, StringComparison.Ordinal);
        Assert.Contains("Debian 13", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void Make_OfALibraryThatDoesNotNeedTheVersion_IsRefused()
    {
        var source = Path.Combine(Path.GetDirectoryName(typeof(LoadableCopyTests).Assembly.Location)!, "runtimes", "linux-x64", "native", "libc10.so");

        var error = Assert.Throws<InvalidDataException>(() => LoadableCopy.Make(source, Target, Runtime("GLIBCXX_3.4.30")));

        Assert.Contains("does not need GLIBCXX_3.4.32", error.Message, StringComparison.Ordinal);
    }

    private string Runtime(string version)
    {
        var path = _folder["libstdc++.so.6"];
        File.WriteAllBytes(path, Encoding.ASCII.GetBytes($"\0GLIBCXX_3.4\0{version}\0"));
        return path;
    }
}
