using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>What the operator sends by hand, among editions that open by themselves: each reader still gets each post once.</summary>
public sealed class OperatorSendTests
{
    private static readonly DateTimeOffset Six = new(2026, 3, 10, 6, 0, 0, TimeSpan.Zero);

    private static readonly Newsletter News = Letters.Newsletter with { DailyCron = "0 0 8 * * ?", WeeklyCron = "0 0 8 ? * MON", MonthlyCron = "0 0 8 1 * ?" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostThatWasNoNewsGoesToEveryReaderOfThatMomentOnce(TestEngine engine)
    {
        await using Desk desk = await Desk.OpenAsync(engine);
        Post old = desk.Write("old");
        await desk.LookAsync(Six.AddMinutes(-30));

        Sending sending = await desk.Send.PostAsync(News, old, Six, Stop);

        Assert.Equal(SendingResult.Open, sending.Result);
        Assert.Equal([("each", "old")], await desk.MailsAsync(Six));
        Assert.Equal(SendingResult.MailedBefore, await desk.FinishAndSendAgainAsync(old, Six.AddMinutes(1)));
        await desk.LookAsync(Six.AddMinutes(2));
        Assert.Single(await desk.MailsAsync(Six.AddMinutes(2)));
        await desk.LookAsync(Six.AddHours(2));
        Assert.Equal([("each", "old"), ("daily", "old")], await desk.MailsAsync(Six.AddHours(2)));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AfterAClockThatWasAheadItGoesNowAllTheSame(TestEngine engine)
    {
        await using Desk desk = await Desk.OpenAsync(engine);
        Post old = desk.Write("old");
        await desk.LookAsync(Six.AddMinutes(-30));
        desk.Write("1");
        await desk.LookAsync(Six.AddHours(1));

        Sending sending = await desk.Send.PostAsync(News, old, Six, Stop);

        Assert.Equal(Six, sending.Edition!.Slot);
        Assert.Equal(("each", "old"), (await desk.MailsAsync(Six))[^1]);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ADigestSentByHandLeavesTheDaysSlotToWhatComesAfterIt(TestEngine engine)
    {
        await using Desk desk = await Desk.OpenAsync(engine);
        await desk.LookAsync(Six.AddMinutes(-30));
        desk.Write("1");
        await desk.LookAsync(Six);

        Sending first = await desk.Send.DigestAsync(News, Cadence.Daily, TimeZoneInfo.Utc, Six, Stop);

        Assert.Equal("2026-03-10/1", first.Edition!.Key);
        Assert.Equal(("daily", "1"), (await desk.MailsAsync(Six))[^1]);
        Assert.Equal(SendingResult.Nothing, (await desk.Send.DigestAsync(News, Cadence.Daily, TimeZoneInfo.Utc, Six.AddMinutes(1), Stop)).Result);

        desk.Write("2");
        await desk.LookAsync(Six.AddHours(1));
        await desk.LookAsync(Six.AddHours(2));
        Assert.Equal(("daily", "2"), (await desk.MailsAsync(Six.AddHours(2)))[^1]);

        desk.Write("3");
        await desk.LookAsync(Six.AddHours(3));
        Sending second = await desk.Send.DigestAsync(News, Cadence.Daily, TimeZoneInfo.Utc, Six.AddHours(3), Stop);
        Assert.Equal("2026-03-10/2", second.Edition!.Key);
        Assert.Equal(("daily", "3"), (await desk.MailsAsync(Six.AddHours(3)))[^1]);

        desk.Write("4");
        await desk.LookAsync(Six.AddHours(26));
        Assert.Equal(["1", "2", "3", "4"], (await desk.MailsAsync(Six.AddHours(26))).Where(m => m.Reader == "daily").Select(m => m.Posts));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TheOperatorsWordIsApprovalButNotOfAnotherPost(TestEngine engine)
    {
        await using Desk desk = await Desk.OpenAsync(engine, News with { NeedsApproval = true });
        await desk.LookAsync(Six.AddMinutes(-30));
        Assert.Equal(SendingResult.Open, (await desk.Send.PostAsync(desk.Newsletter, desk.Write("1"), Six, Stop)).Result);
        Assert.Equal([("each", "1")], await desk.MailsAsync(Six));

        desk.Write("2");
        await desk.LookAsync(Six.AddMinutes(1));
        Sending sending = await desk.Send.PostAsync(desk.Newsletter, desk.Write("3"), Six.AddMinutes(2), Stop);

        Assert.Equal((SendingResult.InHeldEdition, EditionStatus.Held), (sending.Result, sending.Edition!.Status));
        Assert.Single(await desk.MailsAsync(Six.AddMinutes(2)));
        await desk.LookAsync(Six.AddHours(2));
        Assert.Single(await desk.MailsAsync(Six.AddHours(2)));
        await desk.Send.DigestAsync(desk.Newsletter, Cadence.Daily, TimeZoneInfo.Utc, Six.AddHours(3), Stop);
        Assert.Equal([("each", "1"), ("daily", "1 2 3")], await desk.MailsAsync(Six.AddHours(3)));
    }

    /// <summary>A newsletter with one reader of each post and one of daily digests.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly TestDatabase _place;
        private readonly Database _database;
        private readonly EditionStore _editions;
        private readonly LedgerStore _ledger;
        private readonly EditionMaker _maker;
        private readonly List<Post> _posts = [];

        private Desk(TestDatabase place, Database database, Newsletter newsletter)
        {
            (_place, _database, Newsletter) = (place, database, newsletter);
            _editions = new EditionStore(database);
            _ledger = new LedgerStore(database);
            SubscriptionStore subscriptions = new(database);
            _maker = new EditionMaker(database, _editions, _ledger, subscriptions);
            Send = new OperatorSend(database, _editions, _ledger);
        }

        public OperatorSend Send { get; }

        public Newsletter Newsletter { get; }

        public static async Task<Desk> OpenAsync(TestEngine engine, Newsletter? newsletter = null)
        {
            TestDatabase place = await TestDatabase.CreateAsync(engine);
            Database database = await place.OpenAsync();
            foreach ((string name, Cadence cadence) in ((string, Cadence)[])[("each", Cadence.EachPost), ("daily", Cadence.Daily)])
            {
                await new EnrolmentStore(database).AddAsync(new NewSubscriber { Address = EmailAddress.Read($"{name}@example.org").Address!, Cadence = cadence }, Six.AddDays(-1), Stop);
            }

            return new Desk(place, database, newsletter ?? News);
        }

        public Post Write(string id)
        {
            Post post = Letters.Post($"---\ntitle: {id}\ndate: 2026-03-09\n---\nText.\n", $"{id}.md").Post with { Id = id };
            _posts.Add(post);
            return post;
        }

        /// <summary>A look of the service.</summary>
        public async Task LookAsync(DateTimeOffset now)
        {
            await _maker.ReleaseAsync(Newsletter, new PostCatalog(Letters.Blog, [.. _posts]), now, now, Stop);
            await _maker.OpenAsync(Newsletter, TimeZoneInfo.Utc, cadence => CronSlots.Of(Newsletter.CronOf(cadence), TimeZoneInfo.Utc), now, Stop);
        }

        /// <summary>All mails that were planned, in order: who gets which posts.</summary>
        public async Task<ImmutableArray<(string Reader, string Posts)>> MailsAsync(DateTimeOffset now)
        {
            await _maker.PlanAsync(now, Stop);
            Dictionary<long, string> ids = (await _editions.Releases.AllAsync(Newsletter.Name, Stop)).ToDictionary(r => r.Number, r => r.PostId);
            List<(string, string)> mails = [];
            foreach (Edition edition in (await _editions.ListAsync(Stop)).Where(e => e.Candidates > 0))
            {
                Assert.Equal(1, edition.Candidates);
                Variant variant = Assert.Single(await _editions.VariantsAsync(edition.Id, Stop));
                mails.Add((edition.Cadence == Cadence.EachPost ? "each" : "daily", string.Join(' ', variant.Posts.Select(n => ids[n]))));
            }

            return [.. mails];
        }

        public async Task<SendingResult> FinishAndSendAgainAsync(Post post, DateTimeOffset now)
        {
            Assert.Equal(SendingResult.UnderWay, (await Send.PostAsync(Newsletter, post, now, Stop)).Result);
            ImmutableArray<ClaimedDelivery> claimed = await _ledger.ClaimAsync("me", now, now.AddMinutes(10), 10, Stop);
            await _database.WriteAsync(t => _ledger.Rows.MarkAsync(t, "me", claimed.Select(c => c.Id), now, Stop), Stop);
            await _database.WriteAsync(t => _ledger.Rows.FinishAsync(t, "me", [.. claimed.Select(c => new FinishedDelivery(c.Id, DeliveryStatus.Sent, now, null))], now, Stop), Stop);
            return (await Send.PostAsync(Newsletter, post, now, Stop)).Result;
        }

        public async ValueTask DisposeAsync()
        {
            await _database.DisposeAsync();
            await _place.DisposeAsync();
        }
    }
}
