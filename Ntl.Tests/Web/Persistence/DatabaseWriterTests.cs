using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Ntl.Tests.Support;
using Ntl.Web.Persistence;

namespace Ntl.Tests.Web.Persistence;

public sealed class DatabaseWriterTests
{
    [Fact]
    public async Task Write_ThatThrows_ChangesNothingAndTheNextOneGoesThrough()
    {
        await using var store = await TestStore.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Writer.WriteAsync<int>(
            Durability.ProcessCrash,
            async context =>
            {
                context.Datasets.Add(Dataset("lost"));
                await context.SaveChangesAsync();
                throw new InvalidOperationException("the caller's own");
            },
            CancellationToken.None));
        await AddAsync(store, "kept");

        await using var read = store.Reader.Open();
        Assert.Equal(["kept"], await read.Datasets.Select(dataset => dataset.Name).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Null(store.Writer.Fault);
    }

    [Fact]
    public async Task Write_OnAFullDisk_IsTypedAndGoesOnWhenThereIsRoom()
    {
        await using var store = await TestStore.OpenAsync();
        await SetAsync(store, "PRAGMA max_page_count = 1");

        var full = await Assert.ThrowsAsync<StoreException>(() => AddAsync(store, "large", new string('x', 1 << 20)));
        var told = store.Writer.Fault?.Fault;
        await SetAsync(store, "PRAGMA max_page_count = 1000000");
        await AddAsync(store, "small");

        Assert.Equal(StoreFault.DiskFull, full.Fault);
        Assert.Equal(StoreFault.DiskFull, told);
        Assert.Null(store.Writer.Fault);
    }

    [Fact]
    public async Task Write_OnAReadOnlyDatabase_IsTyped()
    {
        await using var store = await TestStore.OpenAsync();
        await SetAsync(store, "PRAGMA query_only = 1");

        var refused = await Assert.ThrowsAsync<StoreException>(() => AddAsync(store, "any"));

        Assert.Equal(StoreFault.ReadOnly, refused.Fault);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Write_WhileAnotherProgramHoldsTheFile_IsTypedAfterTheBusyTimeout()
    {
        await using var store = await TestStore.OpenAsync();
        await AddAsync(store, "before");
        await using var other = new SqliteConnection($"Data Source={store.Directory.DatabaseFile};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using (await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            var refused = await Assert.ThrowsAsync<StoreException>(() => AddAsync(store, "meanwhile"));

            Assert.Equal(StoreFault.Locked, refused.Fault);
        }

        await AddAsync(store, "after");
    }

    [Fact]
    public async Task Reader_AskedToWrite_IsRefusedByTheDatabase()
    {
        await using var store = await TestStore.OpenAsync();
        await using var read = store.Reader.Open();
        read.Datasets.Add(Dataset("sneaked in"));

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => read.SaveChangesAsync(TestContext.Current.CancellationToken));

        Assert.Equal(StoreFault.ReadOnly, StoreException.From(refused)?.Fault);
    }

    private static Task<int> AddAsync(TestStore store, string name, string path = "/") =>
        store.Writer.WriteAsync(
            Durability.PowerCut,
            context =>
            {
                context.Datasets.Add(Dataset(name, path));
                return Task.FromResult(0);
            },
            CancellationToken.None);

    // Pragmas of the writer's own connection, which lives as long as the writer.
    private static Task<int> SetAsync(TestStore store, string pragma) =>
        store.Writer.WriteAsync(Durability.ProcessCrash, context => context.Database.ExecuteSqlRawAsync(pragma), CancellationToken.None);

    private static DatasetEntity Dataset(string name, string path = "/") => new() { Name = name, Path = path, Hash = "", WarningsJson = "[]" };
}
