using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Storage;

public sealed class InstanceWatchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheFileFollowsTheDatabaseAndIsNeverAheadOfIt(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        InstanceWatch instance = new(database, place.Folder);
        Assert.NotNull(instance.HeldBecause);

        Assert.Null(await instance.LookAsync(Stop));
        Assert.Equal(0, Saved(place)!.Turn);
        await AdvanceAsync(database, 3);
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<bool>(
            async transaction =>
            {
                await InstanceStore.AdvanceAsync(transaction, Stop);
                await instance.LookAsync(Stop);
                throw new InvalidOperationException("never committed");
            },
            Stop));

        Assert.Equal(3, Saved(place)!.Turn);
        Assert.Null(await instance.LookAsync(Stop));
        Assert.Equal((await new InstanceStore(database).LoadAsync(Stop)).Id, Saved(place)!.Id);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ADatabaseThatWasThereBeforeTheFileGetsOneWithoutAHold(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await database.WriteAsync(
            transaction => TestSql.ExecuteAsync(transaction, "insert into deliveries (edition, subscriber, subscription, variant, status, due_at, attempts, changed_at) values (1, 1, 1, 1, 3, 0, 1, 0)"),
            Stop);

        Assert.Null(await new InstanceWatch(database, place.Folder).LookAsync(Stop));
        Assert.NotNull(Saved(place));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARestoredBackupHoldsSendingUntilItIsAdopted(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await AdvanceAsync(database, 3);
        await new InstanceStore(database).RememberAsync(new RememberedSite("/blog", null), Stop);
        await database.WriteAsync(transaction => TestSql.ExecuteAsync(transaction, "update instance set turn = 0"), Stop);
        await new InstanceWatch(database, place.Folder).LookAsync(Stop);
        InstanceRecord original = Saved(place)!;
        new InstanceFile(place.Folder).Write(original with { Turn = 5 });

        InstanceWatch serving = new(database, place.Folder);
        Assert.Contains("a backup was put back", await serving.LookAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("a backup was put back", await serving.LookAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("a backup was put back", await new InstanceWatch(database, place.Folder).ReadAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(5, Saved(place)!.Turn);

        await new InstanceWatch(database, place.Folder).AdoptAsync(_ => Task.FromResult(true), new RememberedSite("/new", "https://new.example/"), Stop);

        Assert.Null(await serving.LookAsync(Stop));
        InstanceRow row = await new InstanceStore(database).LoadAsync(Stop);
        Assert.Equal(new RememberedSite("/new", "https://new.example/"), row.Site);
        Assert.Equal(6, row.Turn);
        Assert.NotEqual(original.Id, row.Id);
        Assert.Null(await new InstanceWatch(database, place.Folder).LookAsync(Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ACopiedDatabaseHoldsSending(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await AdvanceAsync(database, 1);
        using TempFolder staging = new();

        Assert.Contains("it is a copy, or was moved", await new InstanceWatch(database, staging.Path).LookAsync(Stop), StringComparison.Ordinal);
        Assert.False(File.Exists(new InstanceFile(staging.Path).Path));
        InstanceRow row = await new InstanceStore(database).LoadAsync(Stop);
        new InstanceFile(staging.Path).Write(new InstanceRecord(row.Id, row.Turn, InstancePlace.Of(place.Folder)));
        Assert.Contains($"mailed from {place.Folder}", await new InstanceWatch(database, staging.Path).LookAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAdoptionThatDiesBeforeTheFileLeavesSendingHeld()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        await AdvanceAsync(database, 1);
        InstanceRow row = await new InstanceStore(database).LoadAsync(Stop);
        new InstanceFile(place.Folder).Write(new InstanceRecord(row.Id, 9, InstancePlace.Of(place.Folder)));

        await database.WriteAsync(transaction => InstanceStore.AdoptAsync(transaction, 9, null, Stop), Stop);

        Assert.NotNull(await new InstanceWatch(database, place.Folder).LookAsync(Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    public void AFileThatCannotBeReadIsAsGoodAsNone(string text)
    {
        using TempFolder folder = new();
        InstanceFile file = new(folder.Path);
        File.WriteAllText(file.Path, text);
        Assert.Null(file.Read());
    }

    private static InstanceRecord? Saved(TestDatabase place) => new InstanceFile(place.Folder).Read();

    private static async Task AdvanceAsync(Database database, int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            await database.WriteAsync(
                async transaction =>
                {
                    await InstanceStore.AdvanceAsync(transaction, Stop);
                    return true;
                },
                Stop);
        }
    }
}
