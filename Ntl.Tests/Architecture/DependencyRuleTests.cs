using System.Reflection;
using System.Xml.Linq;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Tests.Architecture;

/// <summary>
/// The dependency rule, checked twice: in what each project file asks for, and in what each assembly uses.
/// Either check alone has a hole: a package can be referenced and unused, and an inlined constant leaves no reference.
/// </summary>
public sealed class DependencyRuleTests
{
    private static readonly string s_root = typeof(DependencyRuleTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    [Theory]
    [InlineData("Ntl.Domain", "")]
    [InlineData("Ntl.Training", "Ntl.Domain NativeLibraries")]
    [InlineData("Ntl.Web", "Ntl.Domain Ntl.Training")]
    public void ProjectFile_NamesOnlyTheProjectsItMayUse(string project, string allowed)
    {
        var references = Elements(project, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

        Assert.Subset(Set(allowed), references.ToHashSet());
    }

    [Theory]
    [InlineData("Ntl.Domain", "MathNet.Numerics")]
    [InlineData("Ntl.Training", "MathNet.Numerics System.CommandLine TorchSharp libtorch-cpu-linux-x64 $(TorchProvider)")]
    [InlineData("Ntl.Web", "Microsoft.EntityFrameworkCore.Sqlite Radzen.Blazor SQLitePCLRaw.bundle_e_sqlite3")]
    public void ProjectFile_NamesOnlyThePackagesItMayUse(string project, string allowed)
    {
        var packages = Elements(project, "PackageReference").Concat(Elements(project, "FrameworkReference"));

        Assert.Subset(Set(allowed), packages.ToHashSet());
    }

    [Fact]
    public void DomainAssembly_UsesOnlyTheBaseClassLibraryAndMathNet() =>
        Assert.All(
            References(typeof(RunSpec).Assembly),
            name => Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name == "MathNet.Numerics", name));

    [Fact]
    public void TrainingAssembly_KnowsNoWebAndNoDatabase() =>
        Assert.DoesNotContain(
            References(typeof(RunDirectory).Assembly),
            name => name.Contains("AspNetCore", StringComparison.Ordinal) || name.Contains("EntityFramework", StringComparison.Ordinal) || name.Contains("Sqlite", StringComparison.Ordinal));

    [Fact]
    public void WebAssembly_NamesNoTensor() =>
        Assert.DoesNotContain(References(Assembly.Load("Ntl.Web")), name => name.Contains("Torch", StringComparison.Ordinal));

    /// <summary>Dispose scopes are kept per thread: an await between opening and closing one leaks tensors or frees live ones (ADR 2).</summary>
    [Fact]
    public void TensorCode_ReturnsNoTask()
    {
        string[] tensorNamespaces = ["Ntl.Training.Models", "Ntl.Training.Optimizers", "Ntl.Training.Probes", "Ntl.Training.Engine"];
        const BindingFlags Every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        var tasks = typeof(RunDirectory).Assembly.GetTypes()
            .Where(type => tensorNamespaces.Any(space => type.Namespace?.StartsWith(space, StringComparison.Ordinal) == true))
            .SelectMany(type => type.GetMethods(Every))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType}.{method.Name}");

        Assert.Empty(tasks);
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> Elements(string project, string element) =>
        Directory.EnumerateFiles(Path.Combine(s_root, project), "*.csproj")
            .Concat(Directory.EnumerateFiles(Path.Combine(s_root, project), "*.targets"))
            .SelectMany(file => XDocument.Load(file).Descendants(element))
            .Select(node => node.Attribute("Include")?.Value)
            .OfType<string>();
}
