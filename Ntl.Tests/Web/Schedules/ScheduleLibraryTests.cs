using Ntl.Domain.Schedules;
using Ntl.Tests.Support;
using Ntl.Web.Persistence;
using Ntl.Web.Schedules;

namespace Ntl.Tests.Web.Schedules;

public sealed class ScheduleLibraryTests : IAsyncLifetime
{
    private static readonly ScheduleSpec s_wsd = StandardSchedules.WarmupStableDecay(1000, 3e-3, DecayShape.Linear, 200, 0, 100);
    private static readonly ScheduleSpec s_cosine = StandardSchedules.Cosine(1000, 3e-3, 3e-4, 100);
    private static readonly ScheduleLabel s_label = new("WSD 1000", "Ada", ["wsd", "124m"], "For the first ladder.");

    private TestStore _store = null!;
    private ScheduleLibrary _library = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _library = new ScheduleLibrary(_store.Reader, _store.Writer, _store.Time);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Save_ThenFind_GivesEverythingBack()
    {
        var saved = await SaveAsync(s_wsd);

        var found = await _library.FindAsync(saved.Id, null, Token);

        Assert.Equal(s_wsd, found!.Schedule);
        Assert.Equal((s_label.Name, s_label.Owner, s_label.Notes), (found.Label.Name, found.Label.Owner, found.Label.Notes));
        Assert.Equal(["wsd", "124m"], found.Label.Tags);
        Assert.Equal((1, 0, true, null, null), (found.CurrentVersion, found.Revision, found.IsCurrent, found.ForkOf, found.ArchivedAt));
        var version = Assert.Single(found.Versions);
        Assert.Equal((s_wsd.Hash.Value, s_wsd.Description, 1000, "Ada"), (version.Hash, version.Description, version.TotalSteps, version.Author));
    }

    [Fact]
    public async Task Save_AScheduleThatAnotherLabWroteInOtherWords_HasTheSameHash()
    {
        var saved = await SaveAsync(s_wsd);
        var theirs = ScheduleSpec.Parse("""
            { "phases": [ { "endRate": 0.0030, "steps": 100, "kind": "linearRamp", "startRate": 0e0 }, { "rate": 3E-3, "kind": "constantRate", "steps": 700 },
              { "kind": "linearDecay", "startRate": 300e-5, "endRate": 0.0, "steps": 200 } ], "version": 1 }
            """);

        var known = Assert.Single(await _library.FindByHashAsync(theirs.Hash.Value, Token));

        Assert.Equal((saved.Id, 1, true, false), (known.Id, known.Version, known.IsCurrent, known.IsArchived));
        Assert.Empty(await _library.FindByHashAsync(s_cosine.Hash.Value, Token));
    }

    [Fact]
    public async Task AddVersion_OnTheCurrentOne_LeavesTheOldOneAsItWas()
    {
        var saved = await SaveAsync(s_wsd);

        var outcome = await AddAsync(saved.Id, 1, s_cosine);

        Assert.Equal((SaveResult.Saved, 2), (outcome.Result, outcome.Saved!.CurrentVersion));
        Assert.Equal(s_cosine, (await _library.FindAsync(saved.Id, null, Token))!.Schedule);
        var old = await _library.FindAsync(saved.Id, 1, Token);
        Assert.Equal((s_wsd.CanonicalJson, false), (old!.Schedule.CanonicalJson, old.IsCurrent));
        Assert.Equal([2, 1], old.Versions.Select(version => version.Number));
        Assert.Null(await _library.FindAsync(saved.Id, 3, Token));
    }

    [Fact]
    public async Task AddVersion_OfTwoEditorsAtOnce_OneWinsAndTheOtherSeesWhatChanged()
    {
        var saved = await SaveAsync(s_wsd);
        var longer = StandardSchedules.WarmupStableDecay(1200, 3e-3, DecayShape.Linear, 200, 0, 100);

        var outcomes = await Task.WhenAll(AddAsync(saved.Id, 1, s_cosine, "Ben"), AddAsync(saved.Id, 1, longer, "Cleo"));

        var conflict = Assert.Single(outcomes, outcome => outcome.Result == SaveResult.Conflict);
        var winner = Assert.Single(outcomes, outcome => outcome.Result == SaveResult.Saved).Saved!;
        Assert.Equal(2, (await _library.FindAsync(saved.Id, null, Token))!.Versions.Count);
        Assert.Equal((s_wsd, winner.Schedule), (conflict.Missed!.From, conflict.Missed.To));
        Assert.Equal(2, conflict.Saved!.CurrentVersion);
        Assert.StartsWith($"{winner.Version.Author} saved version 2 while you edited version 1.", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddVersion_EqualToTheCurrentOne_MakesNone()
    {
        var saved = await SaveAsync(s_wsd);

        var outcome = await AddAsync(saved.Id, 1, ScheduleSpec.Parse(s_wsd.CanonicalJson));

        Assert.Equal((SaveResult.Unchanged, true, 1), (outcome.Result, outcome.IsStored, outcome.Saved!.CurrentVersion));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task AddVersion_AfterOneThatIsNotThere_IsRefused(int expected)
    {
        var saved = await SaveAsync(s_wsd);

        var outcome = await AddAsync(saved.Id, expected, s_cosine);

        Assert.Equal("expectedVersion", Assert.Single(outcome.Problems).Path);
        Assert.Equal(1, (await _library.FindAsync(saved.Id, null, Token))!.CurrentVersion);
    }

    [Fact]
    public async Task AddVersion_ToNoSchedule_IsNotFound() =>
        Assert.Equal(SaveResult.NotFound, (await AddAsync("0000000000", 1, s_cosine)).Result);

    [Fact]
    public async Task Describe_OfTwoAtOnce_TheSecondKeepsTheFirstOnesWords()
    {
        var saved = await SaveAsync(s_wsd);
        await AddAsync(saved.Id, 1, s_cosine); // a new version is no conflict for a description

        var first = await _library.DescribeAsync(saved.Id, 0, s_label with { Name = "First" }, Token);
        var second = await _library.DescribeAsync(saved.Id, 0, s_label with { Name = "Second" }, Token);

        Assert.Equal((SaveResult.Saved, 1), (first.Result, first.Saved!.Revision));
        Assert.Equal((SaveResult.Conflict, "First"), (second.Result, second.Saved!.Label.Name));
    }

    [Theory]
    [InlineData("", "Ada", "wsd", "name")]
    [InlineData("x", " ", "wsd", "owner")]
    [InlineData("x", "Ada", "two words", "tags")]
    [InlineData("x\ny", "Ada", "wsd", "name")]
    public async Task Save_WithAMistake_SaysItByField(string name, string owner, string tag, string field)
    {
        var outcome = await _library.SaveAsync(new NewSchedule { Label = new(name, owner, [tag], ""), Schedule = s_wsd }, null, Token);

        Assert.Equal((SaveResult.Invalid, field), (outcome.Result, Assert.Single(outcome.Problems).Path));
        Assert.Equal(0, (await _library.ListAsync(new(), Token)).Total);
    }

    [Fact]
    public async Task Save_WithTheSameKey_SavesOneSchedule()
    {
        var schedule = new NewSchedule { Label = s_label, Schedule = s_wsd };

        var first = await _library.SaveAsync(schedule, "key", Token);
        var again = await _library.SaveAsync(schedule, "key", Token);
        var other = await _library.SaveAsync(schedule with { Schedule = s_cosine }, "key", Token);

        Assert.Equal((first.Saved!.Id, true), (again.Saved!.Id, again.IsStored));
        Assert.Equal(SaveResult.Invalid, other.Result);
        Assert.Equal(1, (await _library.ListAsync(new(), Token)).Total);
    }

    [Fact]
    public async Task Lineage_OfForksOfForks_IsOneTreeFromAnyMember()
    {
        var root = await SaveAsync(s_wsd);
        await AddAsync(root.Id, 1, s_cosine);
        var left = await ForkAsync(root.Id, 1, "left");
        var leaf = await ForkAsync(left.Id, 1, "leaf");
        _store.Time.Advance(TimeSpan.FromSeconds(1));
        var right = await ForkAsync(root.Id, 2, "right");

        foreach (var member in new[] { root, left, leaf, right })
        {
            var lineage = await _library.LineageAsync(member.Id, Token);

            Assert.True(lineage!.IsWhole);
            Assert.Equal([root.Id, left.Id, leaf.Id, right.Id], lineage.Nodes.Select(node => node.Id));
            Assert.Equal([0, 1, 2, 1], lineage.Nodes.Select(node => node.Depth));
            Assert.Equal(new ScheduleReference(root.Id, 2), lineage.Nodes[3].ForkOf);
        }

        Assert.Null(await _library.LineageAsync("0000000000", Token));
    }

    [Fact]
    public async Task Fork_OfAVersionThatIsNotThere_IsRefused()
    {
        var root = await SaveAsync(s_wsd);

        var outcome = await _library.SaveAsync(new NewSchedule { Label = s_label, Schedule = s_wsd, ForkOf = new(root.Id, 2) }, null, Token);

        Assert.Equal("forkOf", Assert.Single(outcome.Problems).Path);
    }

    [Fact]
    public async Task Archive_TakesItOutOfListsAndTakesNoVersions_UntilItIsRestored()
    {
        var saved = await SaveAsync(s_wsd);

        await _library.ArchiveAsync(saved.Id, isArchived: true, Token);

        Assert.Equal(0, (await _library.ListAsync(new(), Token)).Total);
        Assert.Equal(1, (await _library.ListAsync(new() { Archived = true }, Token)).Total);
        Assert.NotNull(await _library.FindAsync(saved.Id, 1, Token));
        Assert.Equal(SaveResult.Invalid, (await AddAsync(saved.Id, 1, s_cosine)).Result);
        Assert.Equal(SaveResult.Unchanged, (await _library.ArchiveAsync(saved.Id, isArchived: true, Token)).Result);
        await _library.ArchiveAsync(saved.Id, isArchived: false, Token);
        Assert.Equal(SaveResult.Saved, (await AddAsync(saved.Id, 1, s_cosine)).Result);
    }

    [Fact]
    public async Task List_Filtered_FindsByEachPart()
    {
        var wsd = await SaveAsync(s_wsd);
        var cosine = await SaveAsync(s_cosine, new("100% cosine", "Ben", ["cosine", "w"], ""));
        await AddAsync(wsd.Id, 1, StandardSchedules.Constant(50, 1e-3));

        async Task<string[]> Ids(ScheduleListRequest request) => [.. (await _library.ListAsync(request, Token)).Rows.Select(row => row.Id)];

        Assert.Equal([cosine.Id], await Ids(new() { Text = "0% COS" }));
        Assert.Equal([wsd.Id], await Ids(new() { Text = "first ladder" }));
        Assert.Equal([wsd.Id], await Ids(new() { Text = s_wsd.Hash.Short }));
        Assert.Equal([wsd.Id], await Ids(new() { Hash = s_wsd.Hash.Value })); // an older version's hash still finds it
        Assert.Equal([cosine.Id], await Ids(new() { Owner = "Ben" }));
        Assert.Equal([cosine.Id], await Ids(new() { Tags = ["W"] })); // a whole tag: "wsd" is another
        Assert.Empty(await Ids(new() { Tags = ["wsd", "cosine"] }));
        Assert.Equal([wsd.Id, cosine.Id], await Ids(new() { Sort = ScheduleSort.TotalSteps, Descending = false }));
        Assert.Equal([cosine.Id], await Ids(new() { Sort = ScheduleSort.Name, Descending = false, Take = 1 }));
    }

    [Fact]
    public async Task List_CountsRunsByHash_WhoeverQueuedThem()
    {
        var spec = TestSpecs.Tiny();
        var used = await SaveAsync(spec.Schedule);
        await SaveAsync(s_cosine);
        await AddAsync(used.Id, 1, s_wsd);
        await _store.CreateAsync(spec);
        var run = await _store.CreateAsync(spec with { Seed = 2 });
        await _store.Writer.WriteAsync(
            Durability.PowerCut,
            async context =>
            {
                (await context.Runs.FindAsync([run.Value], Token))!.BestValidationLoss = 2.5;
                return true;
            },
            Token);

        var rows = (await _library.ListAsync(new() { Sort = ScheduleSort.RunCount }, Token)).Rows;
        var byLoss = (await _library.ListAsync(new() { Sort = ScheduleSort.BestValidationLoss, Descending = true }, Token)).Rows;

        Assert.Equal([2, 0], rows.Select(row => row.RunCount));
        Assert.Equal([2.5, null], rows.Select(row => row.BestValidationLoss));
        Assert.Equal(used.Id, byLoss[0].Id);
        Assert.Equal(s_wsd.TotalSteps - 1, rows[0].Curve[^1].Step);
    }

    [Fact]
    public async Task Facets_CountOwnersAndTags()
    {
        await SaveAsync(s_wsd);
        await SaveAsync(s_cosine, s_label with { Owner = "Ben", Tags = ["wsd"] });

        var facets = await _library.FacetsAsync(Token);

        Assert.Equal([new("wsd", 2), new("124m", 1)], facets.Tags);
        Assert.Equal([new("Ada", 1), new("Ben", 1)], facets.Owners);
    }

    [Fact]
    public async Task Watch_OfASchedule_WakesForItAndForNoOther()
    {
        var own = await SaveAsync(s_wsd);
        var other = await SaveAsync(s_cosine);
        await using var watch = _library.WatchAsync(own.Id, Token).GetAsyncEnumerator(Token);
        var woken = watch.MoveNextAsync().AsTask();

        await _library.ArchiveAsync(other.Id, isArchived: true, Token);
        var wokenByTheOther = woken.IsCompleted;
        await AddAsync(own.Id, 1, s_cosine);

        Assert.False(wokenByTheOther);
        Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Versions_AfterARestart_AreThereBitForBit()
    {
        var saved = await SaveAsync(s_wsd);
        await using var restarted = await _store.RestartAsync();

        var found = await new ScheduleLibrary(restarted.Reader, restarted.Writer, restarted.Time).FindAsync(saved.Id, 1, Token);

        Assert.Equal(s_wsd.CanonicalJson, found!.Schedule.CanonicalJson);
    }

    private async Task<SavedSchedule> SaveAsync(ScheduleSpec schedule, ScheduleLabel? label = null)
    {
        var outcome = await _library.SaveAsync(new NewSchedule { Label = label ?? s_label, Schedule = schedule }, null, Token);
        Assert.Equal(SaveResult.Saved, outcome.Result);
        return outcome.Saved!;
    }

    private Task<SaveOutcome> AddAsync(string id, int expected, ScheduleSpec schedule, string author = "Ada") =>
        _library.AddVersionAsync(id, expected, schedule, "Tried.", author, null, Token);

    private async Task<SavedSchedule> ForkAsync(string id, int version, string name) =>
        (await _library.SaveAsync(new NewSchedule { Label = s_label with { Name = name }, Schedule = s_wsd, ForkOf = new(id, version) }, null, Token)).Saved!;
}
