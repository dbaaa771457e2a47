using System.Collections.Immutable;
using System.Diagnostics;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Subscribers;

public sealed class EnrolmentStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatIsAddedComesBackAfterARestart(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using (Database database = await place.OpenAsync())
        {
            await new EnrolmentStore(database).AddAsync(
                New("jürgen@bücher.example") with { Name = "O'Neil \"\\\" 😀", TimeZone = "Asia/Kolkata", Cadence = Cadence.Monthly, Topics = ["C#", "a'b\"c"] },
                Noon.AddTicks(9), Stop);
        }

        await using Database again = await place.OpenAsync();
        SubscriberEntry entry = Assert.Single(await new SubscriberStore(again).ListAsync(0, 10, Stop));

        Assert.Equal(("jürgen@xn--bcher-kva.example", "O'Neil \"\\\" 😀", "Asia/Kolkata"), (entry.Subscriber.Address, entry.Subscriber.Name, entry.Subscriber.TimeZone));
        Assert.Equal((Cadence.Monthly, Noon, Newsletter.DefaultName), (entry.Subscription.Cadence, entry.Subscription.Since, entry.Subscription.Newsletter));
        Assert.Equal([new TopicChoice("C#", Noon), new TopicChoice("a'b\"c", Noon)], entry.Subscription.Topics);
        Assert.Empty(entry.Subscription.Pauses);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AddingAgainChangesNothingAndBringsNobodyBack(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        EnrolmentStore store = new(database);
        SubscriberStore subscribers = new(database);
        NewSubscriber[] list =
        [
            New("active@example.org"), New("pending@example.org") with { Status = SubscriberStatus.Pending },
            New("left@example.org") with { Status = SubscriberStatus.Unsubscribed }, New("bounced@example.org") with { Status = SubscriberStatus.Suppressed },
            New("erased@example.org"),
        ];
        Assert.All(await store.AddAllAsync(list, Noon, Stop), o => Assert.Equal(AddOutcome.Added, o));
        await subscribers.EraseAsync((await subscribers.FindAsync(list[4].Address, Stop))!.Id, Noon, Stop);
        ImmutableArray<SubscriberEntry> before = await subscribers.ListAsync(0, 10, Stop);

        ImmutableArray<AddOutcome> outcomes = await store.AddAllAsync(
            [.. list.Select(n => n with { Status = SubscriberStatus.Active, Cadence = Cadence.Daily, Name = "New" }), New("new@example.org")], Noon.AddDays(1), Stop);

        Assert.Equal(
            [AddOutcome.AlreadyThere, AddOutcome.AlreadyThere, AddOutcome.Left, AddOutcome.Suppressed, AddOutcome.Erased, AddOutcome.Added], outcomes);
        ImmutableArray<SubscriberEntry> after = await subscribers.ListAsync(0, 10, Stop);
        Assert.Equal(before.Select(e => e.Subscriber), after.Select(e => e.Subscriber).SkipLast(1));
        Assert.All(after.SkipLast(1), e => Assert.Equal(Cadence.EachPost, e.Subscription.Cadence));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AnAddressThatComesTwiceIsAddedOnceAndTheFirstCounts(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();

        ImmutableArray<AddOutcome> outcomes = await new EnrolmentStore(database).AddAllAsync(
            [New("jane@example.org") with { Name = "First" }, New("Jane@Example.org") with { Name = "Second", Cadence = Cadence.Daily }], Noon, Stop);

        Assert.Equal([AddOutcome.Added, AddOutcome.AlreadyThere], outcomes);
        SubscriberEntry entry = Assert.Single(await new SubscriberStore(database).ListAsync(0, 10, Stop));
        Assert.Equal(("First", Cadence.EachPost), (entry.Subscriber.Name, entry.Subscription.Cadence));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AReaderOfOneNewsletterMayHaveAnother(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        EnrolmentStore store = new(database);
        await store.AddAsync(New("jane@example.org"), Noon, Stop);

        Assert.Equal(AddOutcome.Added, await store.AddAsync(New("jane@example.org") with { Newsletter = "notes" }, Noon.AddDays(1), Stop));

        ImmutableArray<SubscriberEntry> entries = await new SubscriberStore(database).ListAsync(0, 10, Stop);
        Assert.Single(entries.Select(e => e.Subscriber).Distinct());
        Assert.Equal([("posts", Noon), ("notes", Noon.AddDays(1))], entries.Select(e => (e.Subscription.Newsletter, e.Subscription.Since)));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TwoNodesThatImportTheSameListAddEachReaderOnce(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database here = await place.OpenAsync();
        await using Database there = await place.OpenAsync(DatabaseUse.Existing);
        NewSubscriber[] list = [.. Enumerable.Range(0, 500).Select(i => New($"r{i}@example.org"))];

        ImmutableArray<AddOutcome>[] outcomes = await Task.WhenAll(
            Task.Run(() => new EnrolmentStore(here).AddAllAsync(list, Noon, Stop), Stop),
            Task.Run(() => new EnrolmentStore(there).AddAllAsync([.. list.Reverse()], Noon, Stop), Stop));

        Assert.Equal(500, outcomes.Sum(o => o.Count(a => a == AddOutcome.Added)));
        Assert.Equal(500, outcomes.Sum(o => o.Count(a => a == AddOutcome.AlreadyThere)));
        Assert.Equal(500, await new SubscriptionStore(here).CountAsync("posts", Cadence.EachPost, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TwentyThousandReadersAreImportedInAFewSeconds(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        EnrolmentStore store = new(database);
        NewSubscriber[] list = [.. Enumerable.Range(0, 20_000).Select(i => New($"reader.{i}@mail{i % 50}.example.org") with { Name = $"Reader {i}" })];
        await store.AddAsync(New("warm@example.org"), Noon, Stop);

        long start = Stopwatch.GetTimestamp();
        ImmutableArray<AddOutcome> outcomes = await store.AddAllAsync(list, Noon, Stop);
        TimeSpan took = Stopwatch.GetElapsedTime(start);

        TestContext.Current.SendDiagnosticMessage($"{engine}: 20,000 readers in {took.TotalMilliseconds:f0} ms");
        Assert.All(outcomes, o => Assert.Equal(AddOutcome.Added, o));
        // Row by row PostgreSQL takes over 15 s for this; a loaded machine is given its time.
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(12));
    }

    private static NewSubscriber New(string address) => new() { Address = EmailAddress.Read(address).Address! };
}
