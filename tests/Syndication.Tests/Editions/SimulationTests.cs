using System.Collections.Immutable;
using System.Data.Common;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>
/// Weeks of a newsletter over a real database, with the test's clock and a mail server that is a list: releases, editions, planning
/// and the ledger must together give each reader every post that is theirs exactly once, whatever happens in between.
/// </summary>
public sealed class SimulationTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task TwoWeeksWithADaylightSavingChangeAnOutageAHeldAndACancelledEditionAFailedRelayAndAReaderWhoChangesTheirMind(TestEngine engine)
    {
        await using World world = await World.CreateAsync(engine, At("2026-03-20 06:00"));
        Reader each = await world.SubscribeAsync("each", Cadence.EachPost);
        Reader daily = await world.SubscribeAsync("daily", Cadence.Daily);
        Reader weekly = await world.SubscribeAsync("weekly", Cadence.Weekly);
        Reader cats = await world.SubscribeAsync("cats", Cadence.Daily, "cats");
        Reader changing = await world.SubscribeAsync("changing", Cadence.Weekly);
        await world.PassAsync(hours: 6);

        // Two posts on Friday; the daily digest comes on Saturday at eight, each post at once.
        world.Publish("1", "cats");
        world.Publish("2", "dogs");
        await world.PassAsync(hours: 2);
        Assert.Equal(["1", "2"], each.Got);
        Assert.Empty(daily.Got);
        await world.PassUntilAsync(At("2026-03-21 08:30"));
        Assert.Equal(["1", "2"], daily.Got);
        Assert.Equal(["1"], cats.Got);
        Assert.Equal([At("2026-03-21 08:00")], daily.Hours);

        // An empty day: nothing is sent.
        await world.PassUntilAsync(At("2026-03-22 09:00"));
        Assert.Equal(2, daily.Got.Count);
        Assert.Single(daily.Hours);

        // On Sunday the weekly reader of Monday turns to daily digests: nothing twice, nothing missed.
        await world.ChangeAsync(changing, s => s with { Cadence = Cadence.Daily });
        await world.PassUntilAsync(At("2026-03-23 09:00"));
        Assert.Equal(["1", "2"], weekly.Got);
        Assert.Equal(["1", "2"], changing.Got);

        // Two days of outage; a post was written meanwhile.
        world.Publish("3", "cats");
        world.Clock = At("2026-03-25 10:00");
        await world.PassAsync(hours: 1);
        Assert.Equal(["1", "2", "3"], each.Got);
        Assert.Equal(["1", "2", "3"], daily.Got);

        // Thursday's edition is held; Friday's posts merge into it, and it is approved on Saturday, before the clocks change.
        world.NeedsApproval = true;
        world.Publish("4", "dogs");
        await world.PassUntilAsync(At("2026-03-26 12:00"));
        world.Publish("5", "cats");
        await world.PassUntilAsync(At("2026-03-27 12:00"));
        Assert.Equal(3, daily.Got.Count);
        world.NeedsApproval = false;
        await world.ApproveAllAsync();
        await world.PassAsync(hours: 1);
        Assert.Equal(["1", "2", "3", "4", "5"], daily.Got);
        Assert.Equal(["1", "2", "3", "4", "5"], each.Got);
        Assert.Equal(["1", "3", "5"], cats.Got);

        // Through the night that loses an hour: the digest stays at eight.
        world.Publish("6", "dogs");
        await world.PassUntilAsync(At("2026-03-28 09:00"));
        world.Publish("7", "cats");
        await world.PassUntilAsync(At("2026-03-29 09:00"));
        Assert.Equal(At("2026-03-29 08:00"), daily.Hours[^1]);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], daily.Got);

        // The relay fails; the edition is cancelled while its rows wait, and its posts come with the next one.
        world.RelayIsDown = true;
        world.Publish("8", "dogs");
        await world.PassUntilAsync(At("2026-03-30 09:00"));
        Assert.DoesNotContain("8", daily.Got);
        await world.CancelLastAsync(Cadence.Daily);
        world.RelayIsDown = false;
        await world.PassUntilAsync(At("2026-03-30 12:00"));
        Assert.DoesNotContain("8", daily.Got);
        Assert.Contains("8", each.Got);
        world.Publish("9", "cats");
        await world.PassUntilAsync(At("2026-03-31 09:00"));
        Assert.Equal(["8", "9"], daily.Got.TakeLast(2));
        await world.PassUntilAsync(At("2026-04-06 09:00"));

        string[] all = [.. Enumerable.Range(1, 9).Select(n => $"{n}")];
        Assert.All([each, daily, weekly, changing], reader => Assert.Equal(all, reader.Got.Order()));
        Assert.Equal(["1", "3", "5", "7", "9"], cats.Got);
        Assert.All(daily.Hours.Concat(weekly.Hours), hour => Assert.Equal(8, hour.Hour));
        await world.AccountAsync();
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 1)]
    [InlineData(TestEngine.Sqlite, 2)]
    [InlineData(TestEngine.Sqlite, 3)]
    [InlineData(TestEngine.Sqlite, 4)]
    [InlineData(TestEngine.Sqlite, 5)]
    [InlineData(TestEngine.Sqlite, 6)]
    [InlineData(TestEngine.Postgres, 7)]
    [InlineData(TestEngine.Postgres, 8)]
    public async Task WhateverCrashesBetweenAnyTwoStatementsEachReaderGetsEachPostThatIsTheirsOnce(TestEngine engine, int seed)
    {
        Random chance = new(seed);
        await using World world = await World.CreateAsync(engine, At("2026-03-20 06:00"));
        await world.PassAsync(hours: 1);
        List<Reader> readers = [];
        for (int i = 0; i < 12; i++)
        {
            string[] topics = chance.Next(3) == 0 ? [chance.Next(2) == 0 ? "cats" : "dogs"] : [];
            readers.Add(await world.SubscribeAsync($"reader{i}", (Cadence)chance.Next(3), topics));
        }

        world.CrashEvery = chance.Next(15, 60);
        for (int day = 0; day < 21; day++)
        {
            for (int post = chance.Next(3); post > 0; post--)
            {
                world.Publish($"{day}-{post}", chance.Next(2) == 0 ? "cats" : "dogs");
            }

            if (chance.Next(4) == 0)
            {
                Reader mover = readers[chance.Next(readers.Count)];
                await world.ChangeAsync(mover, s => s with { Cadence = (Cadence)chance.Next(3) });
            }

            world.RelayIsDown = chance.Next(6) == 0;
            if (chance.Next(7) == 0)
            {
                world.Clock = world.Clock.AddHours(chance.Next(10, 60));
            }

            await world.PassAsync(hours: chance.Next(20, 28));
        }

        world.RelayIsDown = false;
        await world.PassAsync(hours: 24 * 9);

        foreach (Reader reader in readers)
        {
            string[] theirs = [.. world.Posts.Where(p => reader.Topics.Length == 0 || reader.Topics.Contains(p.Topic)).Select(p => p.Id).Order()];
            Assert.Equal(theirs, reader.Got.Order());
        }

        Assert.True(world.Crashes > 3, $"only {world.Crashes} crashes");
        Assert.InRange(world.Copies, 0, world.Crashes);
        await world.AccountAsync();
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 1)]
    [InlineData(TestEngine.Postgres, 2)]
    [InlineData(TestEngine.Postgres, 3)]
    public async Task SeveralNodesAtOnceMailEachReaderEachPostThatIsTheirsOnce(TestEngine engine, int seed)
    {
        Random chance = new(seed);
        await using World world = await World.CreateAsync(engine, At("2026-03-20 06:00"));
        world.Nodes = 3;
        await world.PassAsync(hours: 1);
        List<Reader> readers = [];
        for (int i = 0; i < 12; i++)
        {
            readers.Add(await world.SubscribeAsync($"reader{i}", (Cadence)chance.Next(3)));
        }

        for (int day = 0; day < 6; day++)
        {
            for (int post = chance.Next(4); post > 0; post--)
            {
                world.Publish($"{day}-{post}", "cats");
            }

            await world.PassAsync(hours: 24);
        }

        await world.PassAsync(hours: 24 * 8);
        string[] all = [.. world.Posts.Select(p => p.Id).Order()];
        Assert.All(readers, reader => Assert.Equal(all, reader.Got.Order()));
        Assert.Equal(0, world.Copies);
        await world.AccountAsync();
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 1)]
    [InlineData(TestEngine.Sqlite, 2)]
    [InlineData(TestEngine.Sqlite, 3)]
    [InlineData(TestEngine.Postgres, 4)]
    [InlineData(TestEngine.Postgres, 5)]
    public async Task WhatExpiresOrIsCancelledAndIsSentAgainOrComesWithTheNextGoesToEachReaderOnce(TestEngine engine, int seed)
    {
        Random chance = new(seed);
        await using World world = await World.CreateAsync(engine, At("2026-03-20 06:00"));
        await world.PassAsync(hours: 1);
        List<Reader> readers = [];
        for (int i = 0; i < 10; i++)
        {
            readers.Add(await world.SubscribeAsync($"reader{i}", (Cadence)chance.Next(3)));
        }

        world.CrashEvery = chance.Next(15, 60);
        for (int day = 0; day < 21; day++)
        {
            for (int post = chance.Next(3); post > 0; post--)
            {
                world.Publish($"{day}-{post}", "cats");
            }

            world.ExpiresEvery = chance.Next(3) == 0 ? 2 : 0;
            await world.PassAsync(hours: chance.Next(10, 15));
            if (chance.Next(3) == 0)
            {
                await world.CancelAnyAsync(chance);
            }

            await world.PassAsync(hours: chance.Next(5, 12));
            await world.ResendAnyAsync(chance);
        }

        world.ExpiresEvery = 0;
        await world.PassAsync(hours: 24 * 8);
        world.Publish("last", "cats");
        await world.PassAsync(hours: 24 * 8);

        string[] all = [.. world.Posts.Select(p => p.Id).Order()];
        Assert.All(readers, reader => Assert.Equal(all, reader.Got.Order()));
        Assert.True(world.SentAgain > 0);
        await world.AccountAsync();
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WithLocalTimeADigestComesAtItsHourInEachZoneAlsoAcrossDaylightSavingAndOnceToWhoMoves(TestEngine engine)
    {
        await using World world = await World.CreateAsync(engine, At("2026-03-20 06:00"));
        world.LocalTime = true;
        await world.PassAsync(hours: 1);
        Reader[] settled =
        [
            await world.SubscribeAsync("berlin", Cadence.Daily),
            await world.SubscribeInAsync("auckland", "Pacific/Auckland"),
            await world.SubscribeInAsync("honolulu", "Pacific/Honolulu"),
            await world.SubscribeInAsync("newyork", "America/New_York"),
            await world.SubscribeInAsync("apia", "Pacific/Kiritimati"),
        ];
        Reader moving = await world.SubscribeInAsync("moving", "Pacific/Auckland");
        for (int day = 0; day < 21; day++)
        {
            world.Publish($"{day}", "cats");
            await world.PassAsync(hours: 13);
            await world.MoveAsync(moving, (day % 3) switch { 0 => "Pacific/Honolulu", 1 => "Europe/London", _ => "Pacific/Auckland" });
            await world.PassAsync(hours: 11);
        }

        await world.PassAsync(hours: 48);
        string[] all = [.. world.Posts.Select(p => p.Id).Order()];
        Assert.All(settled, reader =>
        {
            Assert.Equal(all, reader.Got.Order());
            Assert.True(reader.Hours.Count >= 20);
            Assert.All(reader.Hours, hour => Assert.Equal((8, 0), (hour.Hour, hour.Minute)));
        });
        Assert.Equal(all, moving.Got.Order());
        await world.AccountAsync();
    }

    private static DateTimeOffset At(string local)
    {
        DateTime time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, Berlin.GetUtcOffset(time));
    }

    /// <summary>A reader, and what came to them: posts by id, and the local hours at which their mails were due. A copy of a mail that was sent before counts once, as mail programs see it.</summary>
    private sealed record Reader(long Subscription, long Subscriber, string[] Topics)
    {
        public List<string> Got { get; } = [];

        public List<DateTimeOffset> Hours { get; } = [];

        public TimeZoneInfo Zone { get; init; } = Berlin;
    }

    /// <summary>The folder, the service and the readers.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly TestDatabase _place;
        private readonly Database _database;
        private readonly EditionStore _editions;
        private readonly LedgerStore _ledger;
        private readonly SubscriptionStore _subscriptions;
        private readonly EnrolmentStore _enrolment;
        private readonly EditionMaker _maker;
        private readonly EditionEnds _ends;
        private readonly Dictionary<long, Reader> _readers = [];
        private readonly HashSet<(long Edition, long Subscriber)> _delivered = [];
        private readonly List<(string Id, string Topic, DateTimeOffset At)> _posts = [];
        private int _steps;

        private World(TestDatabase place, Database database)
        {
            _place = place;
            _database = database;
            _editions = new EditionStore(database);
            _ledger = new LedgerStore(database);
            _subscriptions = new SubscriptionStore(database);
            _enrolment = new EnrolmentStore(database);
            _maker = new EditionMaker(database, _editions, _ledger, _subscriptions);
            _ends = new EditionEnds(database, _editions, _ledger);
        }

        public DateTimeOffset Clock { get; set; }

        public bool NeedsApproval { get; set; }

        public bool RelayIsDown { get; set; }

        public bool LocalTime { get; set; }

        /// <summary>Every so many mails one is given up, and its posts are owed; 0 = never.</summary>
        public int ExpiresEvery { get; set; }

        /// <summary>Mails that the operator let go again.</summary>
        public int SentAgain { get; private set; }

        /// <summary>Every so many writes the process dies in the middle of one; 0 = never.</summary>
        public int CrashEvery { get; set; }

        public int Crashes { get; private set; }

        /// <summary>How many processes work on the same database at once.</summary>
        public int Nodes { get; set; } = 1;

        /// <summary>Mails that went out although the same one had gone out before.</summary>
        public int Copies { get; private set; }

        public IEnumerable<(string Id, string Topic)> Posts => _posts.Select(p => (p.Id, p.Topic));

        private Newsletter News => new()
        {
            Name = Newsletter.DefaultName,
            Title = "News",
            From = "news@blog.example",
            FromName = "News",
            QuietPeriod = TimeSpan.FromMinutes(2),
            NewsWithin = TimeSpan.FromDays(14),
            NeedsApproval = NeedsApproval,
            LocalTime = LocalTime,
            DailyCron = "0 0 8 * * ?",
            WeeklyCron = "0 0 8 ? * MON",
            MonthlyCron = "0 0 8 1 * ?",
        };

        public static async Task<World> CreateAsync(TestEngine engine, DateTimeOffset start)
        {
            TestDatabase place = await TestDatabase.CreateAsync(engine);
            Database database = await place.OpenAsync();
            World world = new(place, database) { Clock = start };

            await StatementBomb.LayAsync(database, engine);
            return world;
        }

        public async Task<Reader> SubscribeAsync(string name, Cadence cadence, params string[] topics)
        {
            (EmailAddress? address, _) = EmailAddress.Read($"{name}@readers.example");
            await _enrolment.AddAsync(new NewSubscriber { Address = address!, Cadence = cadence, Topics = [.. topics] }, Clock, Stop);
            Subscriber subscriber = (await new SubscriberStore(_database).FindAsync(address!, Stop))!;
            Reader reader = new((await _subscriptions.FindAsync(subscriber.Id, Stop))[0].Id, subscriber.Id, topics);
            _readers[subscriber.Id] = reader;
            return reader;
        }

        public async Task<Reader> SubscribeInAsync(string name, string zone)
        {
            Reader reader = await SubscribeAsync(name, Cadence.Daily);
            await MoveAsync(reader, zone);
            return _readers[reader.Subscriber] = reader with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) };
        }

        public Task MoveAsync(Reader reader, string zone) => _database.WriteAsync(
            t => TestSql.ExecuteAsync(t, $"update subscribers set time_zone = '{zone}' where id = {reader.Subscriber}"), Stop);

        public async Task CancelAnyAsync(Random chance)
        {
            Edition[] open = [.. (await _editions.ListAsync(Stop)).TakeLast(4).Where(e => !e.IsOver)];
            if (open.Length > 0)
            {
                await UnlessItDiesAsync(() => _maker.CancelAsync(open[chance.Next(open.Length)].Id, drop: false, Clock, Stop));
            }
        }

        public async Task ResendAnyAsync(Random chance)
        {
            Edition[] some = [.. (await _editions.ListAsync(Stop)).TakeLast(8)];
            if (some.Length > 0)
            {
                Edition chosen = some[chance.Next(some.Length)];
                await UnlessItDiesAsync(async () => SentAgain += (await new Resending(_database, _editions, _ledger).RunAsync(
                    chosen.Id, chance.Next(2) == 0 ? ResendTo.Missed : ResendTo.Failed | ResendTo.Missed, Clock, Stop)).Mails);
            }
        }

        public Task ChangeAsync(Reader reader, Func<Subscription, Subscription> change) => _subscriptions.ChangeAsync(reader.Subscription, change, Stop);

        public void Publish(string id, string topic) => _posts.Add((id, topic, Clock));

        public Task PassAsync(int hours) => PassUntilAsync(Clock.AddHours(hours));

        public async Task PassUntilAsync(DateTimeOffset end)
        {
            while (Clock < end)
            {
                Clock = Clock.AddMinutes(30);
                await UnlessItDiesAsync(() => Task.WhenAll(Enumerable.Range(1, Nodes).Select(node => TurnAsync($"node {node}"))));
            }
        }

        private async Task UnlessItDiesAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (DbException e) when (StatementBomb.IsBlast(e))
            {
                // A new process takes over: what was on the wire is uncertain, and goes again with the same Message-ID.
                Crashes++;
                await StatementBomb.LightAsync(_database, -1);
                await _ledger.Rows.RecoverAsync(Clock, Stop);
                await _ledger.Rows.RequeueUncertainAsync(Clock, Stop);
            }
        }

        public async Task ApproveAllAsync()
        {
            foreach (Edition held in (await _editions.ListAsync(Stop)).Where(e => e.Status == EditionStatus.Held))
            {
                Assert.True(await _maker.ApproveAsync(held.Id, Stop));
            }
        }

        public async Task CancelLastAsync(Cadence cadence) =>
            Assert.True(await _maker.CancelAsync((await _editions.ListAsync(Stop)).Last(e => e.Cadence == cadence).Id, drop: false, Clock, Stop));

        /// <summary>The account of every edition: candidates = sent + failed + cancelled + waiting.</summary>
        public async Task AccountAsync()
        {
            foreach (Edition edition in await _editions.ListAsync(Stop))
            {
                EditionAccount account = await EditionAccount.OfAsync(_ledger, edition, Stop);
                Assert.True(account.IsBalanced, account.Mismatch);
                Assert.Equal(0, account.Counts.Waiting);
                if (edition.End is { FoldedAt: not null })
                {
                    Assert.Equal(0, (await _ledger.CountAsync(edition.Id, Stop)).All);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _database.DisposeAsync();
            await _place.DisposeAsync();
        }

        private async Task TurnAsync(string node)
        {
            if (CrashEvery > 0)
            {
                await StatementBomb.LightAsync(_database, ++_steps % 3 == 0 ? 1 + (_steps * 7919 % CrashEvery) : -1);
            }

            await _maker.ReleaseAsync(News, Catalog(), Clock, Clock, Stop);
            await _maker.OpenAsync(News, Berlin, cadence => CronSlots.Of(News.CronOf(cadence), Berlin), Clock, Stop);
            await _maker.PlanAsync(Clock, Stop);
            ImmutableArray<ClaimedDelivery> claimed = await _ledger.ClaimAsync(node, Clock, Clock.AddMinutes(10), 1000, Stop);
            foreach (ClaimedDelivery delivery in claimed)
            {
                if (ExpiresEvery > 0 && (delivery.Id + delivery.EditionId) % ExpiresEvery == 0)
                {
                    await ExpireAsync(node, delivery);
                    continue;
                }

                IReadOnlySet<long> marked = await _database.WriteAsync(t => _ledger.Rows.MarkAsync(t, node, [delivery.Id], Clock, Stop), Stop);
                if (marked.Count == 1)
                {
                    await SendAsync(delivery);
                    FinishedDelivery finished = new(delivery.Id, RelayIsDown ? DeliveryStatus.Deferred : DeliveryStatus.Sent, Clock.AddMinutes(20), "250 ok");
                    await _database.WriteAsync(t => _ledger.Rows.FinishAsync(t, node, [finished], Clock, Stop), Stop);
                }
            }

            Assert.Empty(await _ends.CloseAsync(Clock, Stop));
            await _ends.FoldAsync(Clock.AddDays(-4), Clock, Stop);
        }

        private async Task ExpireAsync(string node, ClaimedDelivery delivery) => await _database.WriteAsync(
            async t =>
            {
                await _ledger.Rows.RefuseAsync(t, node, [(delivery.Id, "tried too long")], Clock, Stop);
                ImmutableDictionary<int, ImmutableArray<long>> posts = await EditionStore.PostsAsync(t, delivery.EditionId, Stop);
                await _ledger.OweAsync(t, [.. posts[delivery.Variant].Select(number => (delivery.SubscriptionId, number))], Stop);
                return true;
            },
            Stop);

        private async Task SendAsync(ClaimedDelivery delivery)
        {
            if (RelayIsDown)
            {
                return;
            }

            ImmutableArray<Release> releases = await _editions.Releases.AllAsync(Newsletter.DefaultName, Stop);
            ImmutableArray<long> numbers = (await _editions.VariantsAsync(delivery.EditionId, Stop)).Single(v => v.Number == delivery.Variant).Posts;
            lock (_delivered)
            {
                if (!_delivered.Add((delivery.EditionId, delivery.SubscriberId)))
                {
                    Copies++;
                    return;
                }

                Reader reader = _readers[delivery.SubscriberId];
                reader.Got.AddRange(numbers.Select(n => releases.Single(r => r.Number == n).PostId));
                if (delivery.Attempts == 0)
                {
                    reader.Hours.Add(TimeZoneInfo.ConvertTime(delivery.DueAt, reader.Zone));
                }
            }
        }

        private PostCatalog Catalog() => new(
            new SiteDefinition
            {
                Kind = SiteKind.Bare,
                Root = "/blog",
                PostsFolder = "/blog",
                Url = new Uri("https://blog.example/"),
                Title = "Blog",
                TimeZone = Berlin,
            },
            [.. _posts.Select(p => new Post
            {
                Path = p.Id + ".md",
                FrontMatter = DataMap.Empty,
                Body = "",
                BodyLine = 1,
                Markup = PostMarkup.Markdown,
                Visibility = PostVisibility.Shown,
                Title = p.Id,
                Slug = p.Id,
                Date = p.At,
                Updated = p.At,
                Permalink = "/" + p.Id,
                DerivedId = p.Id,
                Fingerprint = p.Id,
                CacheKey = p.Id,
                Id = p.Id,
                Tags = [p.Topic],
                StillSince = p.At,
            }).Reverse()]);
    }
}
