using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Subscribers;

public sealed class SubscriptionStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheAudienceIsWhoIsActiveAndSubscribedBeforeTheCutoff(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        EnrolmentStore enrolment = new(database);
        await enrolment.AddAllAsync(
            [
                New("weekly@example.org") with { Cadence = Cadence.Weekly, TimeZone = "Asia/Tokyo", Topics = ["Go"] },
                New("daily@example.org") with { Cadence = Cadence.Daily },
                New("pending@example.org") with { Cadence = Cadence.Weekly, Status = SubscriberStatus.Pending },
                New("left@example.org") with { Cadence = Cadence.Weekly, Status = SubscriberStatus.Unsubscribed },
                New("bounced@example.org") with { Cadence = Cadence.Weekly, Status = SubscriberStatus.Suppressed },
                New("other@example.org") with { Cadence = Cadence.Weekly, Newsletter = "notes" },
            ],
            Noon, Stop);
        await enrolment.AddAsync(New("late@example.org") with { Cadence = Cadence.Weekly }, Noon.AddHours(1), Stop);
        SubscriptionStore store = new(database);
        AudienceStore audience = new(database);

        AudienceMember member = Assert.Single(await audience.PageAsync("posts", Cadence.Weekly, Noon.AddHours(1), 0, 10, Stop));

        Assert.Equal(("Asia/Tokyo", 0L), (member.TimeZone, member.Mark));
        Assert.Equal(("posts", Cadence.Weekly, Noon), (member.Subscription.Newsletter, member.Subscription.Cadence, member.Subscription.Since));
        Assert.Equal([new TopicChoice("Go", Noon)], member.Subscription.Topics);
        Assert.Equal(2, (await audience.PageAsync("posts", Cadence.Weekly, Noon.AddHours(2), 0, 10, Stop)).Length);
        Assert.Equal(2, await store.CountAsync("posts", Cadence.Weekly, Stop));
        Assert.Equal(1, await store.CountAsync("notes", Cadence.Weekly, Stop));
        Assert.Equal(0, await store.CountAsync("posts", Cadence.Monthly, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ActiveReadersAreCountedByWhatTheyChose(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await new EnrolmentStore(database).AddAllAsync(
            [
                New("a@example.org"), New("b@example.org"), New("c@example.org") with { Topics = ["Go"] }, New("d@example.org") with { Cadence = Cadence.Weekly },
                New("left@example.org") with { Status = SubscriberStatus.Unsubscribed }, New("other@example.org") with { Newsletter = "notes" },
            ],
            Noon, Stop);

        ImmutableArray<ReaderGroup> groups = await new SubscriptionStore(database).GroupsAsync("posts", Stop);

        Assert.Equal(3, groups.Length);
        Assert.Equal(2, groups.Single(g => g.Cadence == Cadence.EachPost && g.Topics.IsEmpty).Readers);
        Assert.Equal("Go", Assert.Single(groups.Single(g => !g.Topics.IsEmpty).Topics).Topic);
        Assert.Equal(1, groups.Single(g => g.Cadence == Cadence.Weekly).Readers);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheAudienceIsReadInChunksWithoutGapOrRepeat(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await new EnrolmentStore(database).AddAllAsync(
            [.. Enumerable.Range(0, 2_500).Select(i => New($"r{i}@example.org") with { Cadence = i % 5 == 0 ? Cadence.Daily : Cadence.EachPost })], Noon, Stop);
        AudienceStore store = new(database);

        List<long> ids = [];
        ImmutableArray<AudienceMember> chunk;
        do
        {
            chunk = await store.PageAsync("posts", Cadence.EachPost, Noon.AddTicks(10), ids.LastOrDefault(), 300, Stop);
            ids.AddRange(chunk.Select(m => m.Subscription.Id));
        }
        while (chunk.Length == 300);

        Assert.Equal(2_000, ids.Count);
        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task CadenceTopicsAndPausesChangeTogetherAndStay(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriptionStore store = new(database);
        Subscription had = await AddAsync(database, "jane@example.org");

        Subscription? changed = await store.ChangeAsync(
            had.Id, s => s.WithTopics(["Go"], Noon.AddDays(1)).Paused(null, Noon.AddDays(1)) with { Cadence = Cadence.Monthly }, Stop);
        await store.ChangeAsync(had.Id, s => s.WithTopics(["Go", "Rust"], Noon.AddDays(2)).Resumed(Noon.AddDays(2)), Stop);

        Assert.Equal(Cadence.Monthly, changed!.Cadence);
        Subscription now = Assert.Single(await store.FindAsync(had.SubscriberId, Stop));
        Assert.Equal((Cadence.Monthly, Noon), (now.Cadence, now.Since));
        Assert.Equal([new TopicChoice("Go", Noon), new TopicChoice("Rust", Noon.AddDays(2))], now.Topics);
        Assert.Equal([new Pause(Noon.AddDays(1), Noon.AddDays(2))], now.Pauses);
        Assert.Null(await store.ChangeAsync(987_654_321, s => s, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ChangesAtTheSameTimeAreAllKept(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        SubscriptionStore store = new(database);
        Subscription had = await AddAsync(database, "jane@example.org");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => store.ChangeAsync(had.Id, s => s.WithTopics([.. s.Topics.Select(t => t.Topic), $"t{i}"], Noon), Stop), Stop)));

        Assert.Equal(8, Assert.Single(await store.FindAsync(had.SubscriberId, Stop)).Topics.Length);
    }

    private static async Task<Subscription> AddAsync(Database database, string address)
    {
        await new EnrolmentStore(database).AddAsync(New(address), Noon, Stop);
        Subscriber added = (await new SubscriberStore(database).FindAsync(EmailAddress.Read(address).Address!, Stop))!;
        return Assert.Single(await new SubscriptionStore(database).FindAsync(added.Id, Stop));
    }

    private static NewSubscriber New(string address) => new() { Address = EmailAddress.Read(address).Address! };
}
