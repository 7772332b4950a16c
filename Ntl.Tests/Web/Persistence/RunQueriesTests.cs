using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Ntl.Domain.Runs;
using Ntl.Tests.Support;
using Ntl.Web.Persistence;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Persistence;

public sealed class RunQueriesTests
{
    [Fact]
    public async Task List_OfManyRuns_TakesThreeStatementsAtMost()
    {
        await using var store = await TestStore.OpenAsync();
        await FillAsync(store, 60);
        using var counter = new StatementCounter(store.Directory.DatabaseFile);

        var page = await store.Queries.ListAsync(new RunListRequest { Take = 50, Text = "run" }, TestContext.Current.CancellationToken);
        var list = counter.Take();
        await store.Queries.GetQueueAsync(10, TestContext.Current.CancellationToken);
        var home = counter.Take();

        Assert.Equal(50, page.Rows.Count);
        Assert.Equal(60, page.Total);
        Assert.InRange(list, 1, 3);
        Assert.InRange(home, 1, 3);
    }

    [Fact]
    public async Task List_SortedByALossThatSomeLack_PutsThoseLast()
    {
        await using var store = await TestStore.OpenAsync();
        await FillAsync(store, 4);

        var up = await store.Queries.ListAsync(new RunListRequest { Sort = RunSort.ValidationLoss, Descending = false }, TestContext.Current.CancellationToken);
        var down = await store.Queries.ListAsync(new RunListRequest { Sort = RunSort.ValidationLoss, Descending = true }, TestContext.Current.CancellationToken);

        Assert.Equal([2.0, 4.0, null, null], up.Rows.Select(row => row.ValidationLoss));
        Assert.Equal([4.0, 2.0, null, null], down.Rows.Select(row => row.ValidationLoss));
    }

    // A seed that went to NaN, one that exploded to 4e13, one that overflowed at its last validation, and two that are well.
    [Theory]
    [InlineData(RunSort.ValidationLoss)]
    [InlineData(RunSort.BestValidationLoss)]
    [InlineData(RunSort.TrainLoss)]
    [InlineData(RunSort.FinalLoss)]
    public async Task List_SortedByALoss_PutsRunsThatDivergedLastInEitherOrder(RunSort sort)
    {
        await using var store = await TestStore.OpenAsync();
        await AddAsync(store,
            Lost(1, "nan", RunStatus.Failed, null, 1.0, RunFailureKind.NonFiniteLoss),
            Lost(2, "exploded", RunStatus.Finished, 4e13, 1.0),
            Lost(3, "spiked", RunStatus.Finished, 3.9, 1.0),
            Lost(4, "last is NaN", RunStatus.Finished, null, 1.0),
            Lost(5, "good", RunStatus.Finished, 2.5, 2.5),
            Lost(6, "better", RunStatus.Finished, 2.0, 2.0));

        var up = (await store.Queries.ListAsync(new() { Sort = sort, Descending = false }, TestContext.Current.CancellationToken)).Rows;
        var down = (await store.Queries.ListAsync(new() { Sort = sort, Descending = true }, TestContext.Current.CancellationToken)).Rows;

        Assert.Equal(["better", "good"], up.Take(2).Select(row => row.Name));
        Assert.Equal(["good", "better"], down.Take(2).Select(row => row.Name));
        Assert.All(up.Skip(2).Concat(down.Skip(2)), row => Assert.Equal((true, null, null, null), (row.Diverged, row.FinalLoss, row.ValidationLoss, row.TrainLoss)));
    }

    // What the database orders by is what the domain says.
    [Fact]
    public async Task StoredFinalLoss_OfEveryKindOfRun_IsTheDomains()
    {
        await using var store = await TestStore.OpenAsync();
        double?[] losses = [null, 0.5, 2.9, 3.1, 4.6, 4.7, 4e13];
        var entities = Enum.GetValues<RunStatus>()
            .SelectMany(status => losses.SelectMany(loss => new double?[] { null, 1.0, 4.1 }.Select(lowest => (status, loss, lowest))))
            .Select((kind, i) => Lost(i + 1, "run", kind.status, kind.loss, kind.lowest, kind.status == RunStatus.Failed && i % 2 == 0 ? RunFailureKind.NonFiniteLoss : RunFailureKind.Unexpected))
            .ToArray();
        await AddAsync(store, entities);

        await using var context = store.Reader.Open();
        var diverged = await context.Runs.Where(StoredFinalLoss.HasDiverged).Select(run => run.Id).ToListAsync(TestContext.Current.CancellationToken);
        var rows = await RunRows.ReadAsync(context, context.Runs, TestContext.Current.CancellationToken);

        Assert.NotEmpty(diverged);
        Assert.Equal(rows.Where(row => row.Diverged).Select(row => row.Id.Value).Order(StringComparer.Ordinal), diverged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_OfARunThatHasNotFinished_HasALatestButNoFinalLoss()
    {
        await using var store = await TestStore.OpenAsync();
        await AddAsync(store, Lost(1, "running", RunStatus.Running, 2.0, 2.0));

        var row = Assert.Single((await store.Queries.ListAsync(new(), TestContext.Current.CancellationToken)).Rows);

        Assert.Equal((2.0, null, false, "The run has not finished."), (row.ValidationLoss, row.FinalLoss, row.Diverged, row.FinalLossReason));
    }

    private static RunEntity Lost(int i, string name, RunStatus status, double? loss, double? lowest, RunFailureKind? failure = null)
    {
        var run = Entity(i);
        (run.Name, run.Status, run.FinalLoss, run.ValidationLoss, run.BestValidationLoss, run.TrainLoss, run.UniformLoss) = (name, status, loss, loss, lowest, loss, Math.Log(65));
        run.FailureKind = status == RunStatus.Failed ? failure : null;
        return run;
    }

    private static Task<int> AddAsync(TestStore store, params RunEntity[] runs) => store.Writer.WriteAsync(
        Durability.ProcessCrash,
        context =>
        {
            context.Runs.AddRange(runs);
            return Task.FromResult(runs.Length);
        },
        CancellationToken.None);

    [Fact]
    public async Task List_Filtered_TakesTextAsText()
    {
        await using var store = await TestStore.OpenAsync();
        await store.CreateAsync(TestSpecs.Tiny(name: "100% WSD"));
        await store.CreateAsync(TestSpecs.Tiny(name: "100 steps"));

        var found = await store.Queries.ListAsync(new RunListRequest { Text = "0% w", Statuses = [RunStatus.Queued, RunStatus.Running] }, TestContext.Current.CancellationToken);
        var none = await store.Queries.ListAsync(new RunListRequest { Statuses = [RunStatus.Finished] }, TestContext.Current.CancellationToken);

        Assert.Equal(["100% WSD"], found.Rows.Select(row => row.Name));
        Assert.Empty(none.Rows);
    }

    [Fact]
    public async Task Find_OfARun_GivesItsSpecBack()
    {
        await using var store = await TestStore.OpenAsync();
        var spec = TestSpecs.Tiny(steps: 77);
        var run = await store.CreateAsync(spec);

        var detail = (await store.Queries.FindAsync(run, TestContext.Current.CancellationToken))!;

        Assert.Equal(spec, detail.Spec);
        Assert.Equal(RunSpecJson.Write(spec), detail.SpecJson);
        Assert.Equal(77, detail.Run.TotalSteps);
        Assert.Equal([RunAction.Move, RunAction.Pause, RunAction.Cancel], detail.Actions);
        Assert.Null(await store.Queries.FindAsync(RunId.New(), TestContext.Current.CancellationToken));
    }

    private static Task<int> FillAsync(TestStore store, int count) =>
        store.Writer.WriteAsync(
            Durability.ProcessCrash,
            context =>
            {
                for (var i = 1; i <= count; i++)
                {
                    context.Runs.Add(Entity(i));
                }

                return Task.FromResult(count);
            },
            CancellationToken.None);

    private static RunEntity Entity(int i) => new()
    {
        Id = RunId.New().Value,
        Name = $"run {i}",
        Status = RunStatus.Finished,
        StatusReason = "",
        SpecJson = "",
        SpecHash = "",
        ScheduleName = "constant",
        ScheduleHash = "",
        ModelName = "nano",
        DatasetName = "sotu",
        OptimizerName = "AdamW",
        Device = "cpu",
        CreatedTicks = i,
        EndedTicks = i,
        ValidationLoss = i % 2 == 0 ? i : null,
    };

    /// <summary>Counts the statements that the framework sends to one database file.</summary>
    private sealed class StatementCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string _file;
        private readonly List<IDisposable> _subscriptions = [];
        private int _count;

        public StatementCounter(string file)
        {
            _file = file;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Take() => Interlocked.Exchange(ref _count, 0);

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData { Command.Connection: { } connection } && connection.DataSource == _file)
            {
                Interlocked.Increment(ref _count);
            }
        }

        public void OnCompleted()
        {
            // Nothing to end.
        }

        public void OnError(Exception error) => throw error;

        public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
