using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>A folder of posts, a newsletter over a real database, and readers; the clock is the test's. Begins on a Monday at noon in Berlin.</summary>
internal sealed class EditionWorld : IAsyncDisposable
{
    private readonly TestDatabase _place;
    private readonly Dictionary<long, List<string>> _got = [];
    private readonly List<Post> _posts = [];
    private readonly SubscriptionStore _subscriptions;
    private DateTimeOffset? _lastLook;

    private EditionWorld(TestDatabase place, Database database)
    {
        _place = place;
        Database = database;
        Editions = new EditionStore(database);
        Ledger = new LedgerStore(database);
        _subscriptions = new SubscriptionStore(database);
        Maker = new EditionMaker(database, Editions, Ledger, _subscriptions);
    }

    public static TimeZoneInfo Berlin { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public Database Database { get; }

    public EditionStore Editions { get; }

    public LedgerStore Ledger { get; }

    public EditionMaker Maker { get; }

    public DateTimeOffset Clock { get; set; } = At("2026-03-02 12:00");

    public Newsletter News { get; set; } = Newsletter();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Newsletter Newsletter() => new()
    {
        Name = Syndication.Site.Newsletter.DefaultName,
        Title = "News",
        From = "news@blog.example",
        FromName = "News",
        QuietPeriod = TimeSpan.FromMinutes(2),
        NewsWithin = TimeSpan.FromDays(14),
        DailyCron = "0 0 8 * * ?",
        WeeklyCron = "0 0 8 ? * MON",
        MonthlyCron = "0 0 8 1 * ?",
    };

    /// <summary>A newsletter that has begun, over a folder without posts.</summary>
    public static async Task<EditionWorld> BegunAsync(TestEngine engine)
    {
        EditionWorld world = await CreateAsync(engine);
        await world.LookAsync();
        return world;
    }

    public static async Task<EditionWorld> CreateAsync(TestEngine engine)
    {
        TestDatabase place = await TestDatabase.CreateAsync(engine);
        return new EditionWorld(place, await place.OpenAsync());
    }

    public static DateTimeOffset At(string local)
    {
        DateTime time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, Berlin.GetUtcOffset(time));
    }

    /// <summary>Another process on the same database.</summary>
    public EditionMaker AnotherNode() => new(Database, new EditionStore(Database), new LedgerStore(Database), new SubscriptionStore(Database));

    /// <summary>Subscribes a reader; the id of the subscription.</summary>
    public async Task<long> SubscribeAsync(Cadence cadence, params string[] topics)
    {
        (EmailAddress? address, _) = EmailAddress.Read($"reader{_got.Count}@readers.example");
        await new EnrolmentStore(Database).AddAsync(new NewSubscriber { Address = address!, Cadence = cadence, Topics = [.. topics] }, Clock, Stop);
        Subscriber subscriber = (await new SubscriberStore(Database).FindAsync(address!, Stop))!;
        long subscription = (await _subscriptions.FindAsync(subscriber.Id, Stop))[0].Id;
        _got[subscription] = [];
        Clock = Clock.AddSeconds(1);
        return subscription;
    }

    public Task ChangeAsync(long subscription, Func<Subscription, Subscription> change) => _subscriptions.ChangeAsync(subscription, change, Stop);

    /// <summary>Writes a post now.</summary>
    public void Write(string id, params string[] tags) => Write(id, DataMap.Empty, tags);

    /// <summary>Writes a post of this date now.</summary>
    public void Write(string id, DateTimeOffset date)
    {
        Write(id);
        _posts[^1] = _posts[^1] with { Date = date };
    }

    /// <summary>Saves the file of a post anew, with other front matter.</summary>
    public void Edit(string id, params (string Key, object? Value)[] fields)
    {
        int at = _posts.FindIndex(p => p.Id == id);
        _posts[at] = _posts[at] with
        {
            FrontMatter = new DataMap(false, fields.Select(f => (f.Key, f.Value, 1))),
            CacheKey = $"{id} {Clock.UtcTicks}",
            StillSince = Clock,
        };
    }

    public void Withdraw(string id) => _posts.RemoveAll(p => p.Id == id);

    /// <summary>Looks, as the job does, every half an hour until a local time; what is due is sent.</summary>
    public async Task PassAsync(string until)
    {
        for (DateTimeOffset end = At(until); Clock < end;)
        {
            DateTimeOffset next = Clock.AddMinutes(30);
            Clock = next < end ? next : end;
            await LookAsync();
            await SendAsync();
        }
    }

    /// <summary>Goes on to a local time with nobody looking.</summary>
    public void Sleep(string until) => Clock = At(until);

    /// <summary>One look at this time.</summary>
    public async Task<ReleasePlan> LookAsync()
    {
        ReleasePlan plan = await Maker.ReleaseAsync(News, Catalog(), _lastLook ?? Clock, Clock, Stop);
        _lastLook = Clock;
        await OpenAsync(Maker);
        await Maker.PlanAsync(Clock, Stop);
        return plan;
    }

    public Task OpenAsync(EditionMaker maker) => maker.OpenAsync(News, Berlin, cadence => CronSlots.Of(News.CronOf(cadence), Berlin), Clock, Stop);

    /// <summary>Sends every mail that is due.</summary>
    public async Task SendAsync()
    {
        foreach ((long id, long edition, long subscription, int variant) in await DueAsync())
        {
            ImmutableDictionary<long, Release> releases = (await ReleasesAsync()).ToImmutableDictionary(r => r.Number);
            ImmutableArray<long> numbers = (await Editions.VariantsAsync(edition, Stop)).Single(v => v.Number == variant).Posts;
            _got[subscription].Add(string.Join(' ', numbers.Select(n => releases[n]).Select(r => r.Correction is null ? r.PostId : $"!{r.PostId}")));
            await RunAsync($"update deliveries set status = {(int)DeliveryStatus.Sent} where id = {id}");
        }
    }

    /// <summary>The mails that a reader got, each as the posts in it; corrections begin with an exclamation mark.</summary>
    public IReadOnlyList<string> Got(long subscription) => _got[subscription];

    public async Task<ImmutableArray<Release>> ReleasesAsync() => await new EditionStore(Database).Releases.AllAsync(News.Name, Stop);

    public async Task<string> ReleasedAsync() => string.Join(' ', (await ReleasesAsync()).Select(r => r.PostId));

    public async Task<ImmutableArray<Edition>> EditionsAsync(Cadence cadence) => [.. (await Editions.ListAsync(Stop)).Where(e => e.Cadence == cadence)];

    public async Task<CandidateState?> StateAsync(string post) =>
        (await Editions.Releases.CandidatesAsync(News.Name, Stop)).GetValueOrDefault(new NewsKey(post))?.State;

    public async Task<long> MarkAsync(long subscription) =>
        Convert.ToInt64(await Database.ReadAsync(
            c => TestSql.ScalarAsync(c, string.Create(CultureInfo.InvariantCulture, $"select coalesce(max(number), 0) from marks where subscription = {subscription}")), Stop), CultureInfo.InvariantCulture);

    public Task<int> RunAsync(string sql) => Database.WriteAsync(transaction => TestSql.ExecuteAsync(transaction, sql), Stop);

    public PostCatalog Catalog() => PostCatalog.Of(
        new SiteDefinition
        {
            Kind = SiteKind.Bare,
            Root = "/blog",
            PostsFolder = "/blog",
            Url = new Uri("https://blog.example/"),
            Title = "Blog",
            TimeZone = Berlin,
        },
        [.. _posts], [], null, isSettled: true, Clock);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _place.DisposeAsync();
    }

    private void Write(string id, DataMap frontMatter, string[] tags) => _posts.Add(new Post
    {
        Path = id + ".md",
        FrontMatter = frontMatter,
        Body = $"The text of {id}.",
        BodyLine = 1,
        Markup = PostMarkup.Markdown,
        Visibility = PostVisibility.Shown,
        Title = $"Title of {id}",
        Slug = id,
        Date = Clock,
        Updated = Clock,
        Permalink = "/" + id,
        DerivedId = id,
        Fingerprint = id,
        CacheKey = id,
        Id = id,
        Tags = [.. tags],
        StillSince = Clock,
    });

    private Task<List<(long Id, long Edition, long Subscription, int Variant)>> DueAsync() => Database.ReadAsync(
        async connection =>
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = $"""
                select d.id, d.edition, d.subscription, d.variant from deliveries d join editions e on e.id = d.edition
                where d.status = {(int)DeliveryStatus.Queued} and d.due_at <= {UnixMicroseconds.Of(Clock)} and e.is_paused = 0 order by d.id
                """;
            List<(long, long, long, int)> due = [];
            await using DbDataReader reader = await command.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop))
            {
                due.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), (int)reader.GetInt64(3)));
            }

            return due;
        },
        Stop);
}
