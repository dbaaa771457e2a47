using System.Collections.Immutable;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Subscribers;

public sealed class SubscriberStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AReaderIsFoundByAddressUuidAndId(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await new EnrolmentStore(database).AddAsync(New("Jane@Example.org") with { Name = "Jane", TimeZone = "Europe/Berlin" }, Noon, Stop);
        SubscriberStore store = new(database);

        Subscriber found = (await store.FindAsync(Address("jANE@example.org"), Stop))!;

        Assert.Equal(("Jane@example.org", "Jane", "Europe/Berlin"), (found.Address, found.Name, found.TimeZone));
        Assert.Equal((SubscriberStatus.Active, Noon), (found.Status, found.StatusSince));
        Assert.Equal(found, await store.FindAsync(found.Id, Stop));
        Assert.Equal(found, await store.FindAsync(found.Uuid, Stop));
        Assert.Null(await store.FindAsync(found.Id + 1, Stop));
        Assert.Null(await store.FindAsync(Guid.NewGuid(), Stop));
        Assert.Null(await store.FindAsync(Address("joe@example.org"), Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AStatusMovesOnlyAsTheTableSays(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriberStore store = new(database);
        SubscriberStatus[] changeable = [.. Enum.GetValues<SubscriberStatus>().Where(s => s != SubscriberStatus.Erased)];
        foreach ((SubscriberStatus from, SubscriberStatus to) in changeable.SelectMany(from => changeable.Select(to => (from, to))))
        {
            string address = $"{from}-{to}@example.org";
            await new EnrolmentStore(database).AddAsync(New(address) with { Status = from }, Noon, Stop);
            long id = (await store.FindAsync(Address(address), Stop))!.Id;

            StatusMove move = await store.ChangeStatusAsync(id, to, Noon.AddDays(1), Stop);

            Assert.Equal(from == to ? StatusMove.AlreadySo : SubscriberStates.MayMove(from, to) ? StatusMove.Moved : StatusMove.Refused, move);
            Subscriber after = (await store.FindAsync(id, Stop))!;
            Assert.Equal(move == StatusMove.Moved ? (to, Noon.AddDays(1)) : (from, Noon), (after.Status, after.StatusSince));
        }

        Assert.Equal(StatusMove.Missing, await store.ChangeStatusAsync(long.MaxValue, SubscriberStatus.Active, Noon, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OfManyWhoMoveTheSameReaderOneDoes(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriberStore store = new(database);
        long id = await AddAsync(database, "jane@example.org");

        StatusMove[] moves = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => store.ChangeStatusAsync(id, SubscriberStatus.Unsubscribed, Noon.AddDays(1), Stop), Stop)));

        Assert.Single(moves, m => m == StatusMove.Moved);
        Assert.Equal(7, moves.Count(m => m == StatusMove.AlreadySo));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhoComesBackHasAPauseAndWhoConfirmsBeginsThen(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriberStore store = new(database);
        SubscriptionStore subscriptions = new(database);
        long left = await AddAsync(database, "left@example.org");
        await new EnrolmentStore(database).AddAsync(New("pending@example.org") with { Status = SubscriberStatus.Pending }, Noon, Stop);
        long pending = (await store.FindAsync(Address("pending@example.org"), Stop))!.Id;

        await store.ChangeStatusAsync(left, SubscriberStatus.Unsubscribed, Noon.AddDays(1), Stop);
        await store.ChangeStatusAsync(left, SubscriberStatus.Active, Noon.AddDays(3), Stop);
        await store.ChangeStatusAsync(pending, SubscriberStatus.Active, Noon.AddDays(3), Stop);

        Subscription back = Assert.Single(await subscriptions.FindAsync(left, Stop));
        Assert.Equal(Noon, back.Since);
        Assert.Equal([new Pause(Noon.AddDays(1), Noon.AddDays(3))], back.Pauses);
        Subscription confirmed = Assert.Single(await subscriptions.FindAsync(pending, Stop));
        Assert.Equal(Noon.AddDays(3), confirmed.Since);
        Assert.Empty(confirmed.Pauses);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OfWhoIsErasedNothingIsLeftButAHash(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriberStore store = new(database);
        EnrolmentStore enrolment = new(database);
        await enrolment.AddAsync(New("jane@example.org") with { Name = "Jane", TimeZone = "UTC", Topics = ["Gardening"] }, Noon, Stop);
        Subscriber jane = (await store.FindAsync(Address("jane@example.org"), Stop))!;

        Assert.Equal(StatusMove.Moved, await store.EraseAsync(jane.Id, Noon.AddDays(1), Stop));
        Assert.Equal(StatusMove.AlreadySo, await store.EraseAsync(jane.Id, Noon.AddDays(2), Stop));

        Assert.Equal(
            jane with { Address = "", Name = null, TimeZone = null, Status = SubscriberStatus.Erased, StatusSince = Noon.AddDays(1) },
            await store.FindAsync(jane.Uuid, Stop));
        Assert.Null(await store.FindAsync(Address("jane@example.org"), Stop));
        Assert.Empty(await store.ListAsync(0, 10, Stop));
        string everything = string.Join('\n', await database.ReadAsync(
            async c => (List<string>)
            [
                .. await TestSql.TextsAsync(c, "select address || coalesce(address_key, '') || coalesce(name, '') || coalesce(time_zone, '') from subscribers"),
                .. await TestSql.TextsAsync(c, "select topics from subscriptions"),
                .. await TestSql.TextsAsync(c, "select hash from erased_addresses"),
            ],
            Stop));
        Assert.DoesNotContain("jane", everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Gardening", everything, StringComparison.Ordinal);
        Assert.Equal(AddOutcome.Erased, await enrolment.AddAsync(New("JANE@example.org"), Noon.AddDays(3), Stop));

        await enrolment.ForgetErasureAsync(Address("jane@example.org"), Noon.AddDays(4), Stop);
        Assert.Equal(AddOutcome.Added, await enrolment.AddAsync(New("jane@example.org"), Noon.AddDays(4), Stop));
        Assert.NotEqual(jane.Uuid, (await store.FindAsync(Address("jane@example.org"), Stop))!.Uuid);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheDispatcherReadsManyAtOnceWhateverTheirStatus(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriberStore store = new(database);
        long a = await AddAsync(database, "a@example.org");
        long b = await AddAsync(database, "b@example.org");
        long c = await AddAsync(database, "c@example.org");
        await store.ChangeStatusAsync(b, SubscriberStatus.Unsubscribed, Noon, Stop);
        await store.EraseAsync(c, Noon, Stop);

        ImmutableArray<Subscriber> found = await store.FindForSendingAsync([c, b, a, 987_654_321], Stop);

        Assert.Equal(
            [("a@example.org", SubscriberStatus.Active), ("b@example.org", SubscriberStatus.Unsubscribed), ("", SubscriberStatus.Erased)],
            found.Select(s => (s.Address, s.Status)));
        Assert.Empty(await store.FindForSendingAsync([], Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AListIsReadInPages(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriberStore store = new(database);
        await new EnrolmentStore(database).AddAllAsync(
            [.. Enumerable.Range(0, 5).Select(i => New($"r{i}@example.org") with { Cadence = Cadence.Weekly, Topics = ["Go"] })], Noon, Stop);

        ImmutableArray<SubscriberEntry> first = await store.ListAsync(0, 3, Stop);
        ImmutableArray<SubscriberEntry> rest = await store.ListAsync(first[^1].Subscription.Id, 3, Stop);

        Assert.Equal(["r0@example.org", "r1@example.org", "r2@example.org"], first.Select(e => e.Subscriber.Address));
        Assert.Equal(["r3@example.org", "r4@example.org"], rest.Select(e => e.Subscriber.Address));
        Assert.All(first, e => Assert.Equal((e.Subscriber.Id, Cadence.Weekly, "Go"), (e.Subscription.SubscriberId, e.Subscription.Cadence, e.Subscription.Topics[0].Topic)));
    }

    private static async Task<long> AddAsync(Database database, string address)
    {
        Assert.Equal(AddOutcome.Added, await new EnrolmentStore(database).AddAsync(New(address), Noon, Stop));
        return (await new SubscriberStore(database).FindAsync(Address(address), Stop))!.Id;
    }

    private static NewSubscriber New(string address) => new() { Address = Address(address) };

    private static EmailAddress Address(string text) => EmailAddress.Read(text).Address!;
}
