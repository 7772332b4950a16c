using Ntl.Web.Persistence;

namespace Ntl.Tests.Support;

/// <summary>Database files with queued runs in them.</summary>
public static class SampleDatabase
{
    /// <summary>Writes one file, with no log beside it.</summary>
    public static async Task WriteAsync(string path, params IEnumerable<string> runs)
    {
        await using var store = await TestStore.OpenAsync();
        foreach (var name in runs)
        {
            await store.CreateAsync(TestSpecs.Tiny(name: name));
        }

        new DatabaseBackup(store.Directory).Write(path);
    }
}
