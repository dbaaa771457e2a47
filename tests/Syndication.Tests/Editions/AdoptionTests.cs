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

/// <summary>A database that may not know all that was mailed goes on.</summary>
public sealed class AdoptionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private static readonly Newsletter News = new()
    {
        Name = Newsletter.DefaultName,
        Title = "News",
        From = "news@blog.example",
        FromName = "News",
        QuietPeriod = TimeSpan.FromMinutes(2),
        NewsWithin = TimeSpan.FromDays(14),
        NeedsApproval = false,
        DailyCron = "0 0 8 * * ?",
        WeeklyCron = "0 0 8 ? * MON",
        MonthlyCron = "0 0 8 1 * ?",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AdoptingWithSkipMailsNothingThatWasThereAndEverythingNewOnce(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        LedgerStore ledger = new(database);
        EditionStore editions = new(database);
        await SubscribeAsync(database, "each", Cadence.EachPost);
        await SubscribeAsync(database, "daily", Cadence.Daily);
        await LookAsync(database, Start, Post("old", Start.AddDays(-3)));

        // "sending" is on the wire, "queued" waits, "still" is not released yet, the daily edition is held, and a post is owed.
        Post sending = Post("sending", Start.AddHours(1));
        Post queued = Post("queued", Start.AddHours(2));
        Post still = Post("still", Start.AddHours(3));
        await LookAsync(database, Start.AddHours(1.5), sending);
        ClaimedDelivery claimed = Assert.Single(await ledger.ClaimAsync("me", Start.AddHours(1.5), Start.AddHours(1.6), 10, Stop));
        await database.WriteAsync(transaction => ledger.Rows.MarkAsync(transaction, "me", [claimed.Id], Start.AddHours(1.5), Stop), Stop);
        await LookAsync(database, Start.AddHours(2.5), sending, queued);
        await LookAsync(database, Start.AddHours(3), sending, queued, still);
        await database.WriteAsync(
            async transaction =>
            {
                await TestSql.ExecuteAsync(transaction, "update editions set status = 0, is_paused = 0 where cadence = 1");
                await TestSql.ExecuteAsync(transaction, $"insert into owed (subscription, number) values ({claimed.SubscriptionId}, 1)");
                return true;
            },
            Stop);

        Skipped skipped = await Adoption.SkipAsync(new InstanceWatch(database, place.Folder), new LedgerStore(database), new NoticeStore(database), null, Start.AddHours(4), Stop);

        // The third mail is the daily reader's, with "sending".
        Assert.Equal(new Skipped(Mails: 3, Editions: 1, Owed: 1, Posts: 1), skipped);
        Post missed = Post("written while the backup was put back", Start.AddHours(3.9));
        DateTimeOffset next = Start.AddHours(4.1);
        for (int hour = 0; hour < 48; hour++)
        {
            await LookAsync(database, next.AddHours(hour), missed, still, queued, sending);
        }

        Assert.Empty(await ledger.ClaimAsync("me", next.AddHours(48), next.AddHours(49), 10, Stop));

        // What turns up from now on goes to each once.
        DateTimeOffset later = next.AddHours(48);
        Post news = Post("news", later);
        for (int hour = 1; hour < 48; hour++)
        {
            await LookAsync(database, later.AddHours(hour), news, missed, still, queued, sending);
        }

        ImmutableArray<ClaimedDelivery> mails = await ledger.ClaimAsync("me", later.AddHours(48), later.AddHours(49), 10, Stop);
        Assert.Equal(2, mails.Select(m => m.SubscriberId).Distinct().Count());
        Assert.Equal(2, mails.Length);
        ImmutableArray<Release> releases = await editions.Releases.AllAsync(News.Name, Stop);
        foreach (ClaimedDelivery mail in mails)
        {
            Variant variant = Assert.Single(await editions.VariantsAsync(mail.EditionId, Stop));
            Assert.Equal(["news"], variant.Posts.Select(n => releases.Single(r => r.Number == n).PostId));
        }

        foreach (Edition edition in await editions.ListAsync(Stop))
        {
            Assert.Equal(edition.Candidates, (await ledger.CountAsync(edition.Id, Stop)).All);
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AdoptingWithResendLeavesAllAsItIs(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        await SubscribeAsync(database, "each", Cadence.EachPost);
        await LookAsync(database, Start);
        await LookAsync(database, Start.AddHours(2), Post("queued", Start.AddHours(1)));

        await Adoption.ResendAsync(new InstanceWatch(database, place.Folder), null, Stop);

        await LookAsync(database, Start.AddHours(3), Post("queued", Start.AddHours(1)));
        Assert.Single(await new LedgerStore(database).ClaimAsync("me", Start.AddHours(3), Start.AddHours(4), 10, Stop));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task EachReleaseEditionAndOutcomeIsATurnThatACopyCannotKnow(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        InstanceStore instance = new(database);
        await SubscribeAsync(database, "each", Cadence.EachPost);
        await LookAsync(database, Start, Post("old", Start.AddDays(-3)));
        Assert.Equal(0, (await instance.LoadAsync(Stop)).Turn);

        await LookAsync(database, Start.AddHours(1), Post("new", Start));
        Assert.Equal(2, (await instance.LoadAsync(Stop)).Turn);
        await database.WriteAsync(
            transaction => new LedgerStore(database).Rows.FinishAsync(transaction, "me", [new FinishedDelivery(1, DeliveryStatus.Sent, Start, null)], Start, Stop), Stop);
        Assert.Equal(3, (await instance.LoadAsync(Stop)).Turn);
    }

    private static async Task SubscribeAsync(Database database, string name, Cadence cadence)
    {
        (EmailAddress? address, _) = EmailAddress.Read($"{name}@readers.example");
        await new EnrolmentStore(database).AddAsync(new NewSubscriber { Address = address!, Cadence = cadence }, Start.AddHours(-1), Stop);
    }

    private static async Task LookAsync(Database database, DateTimeOffset now, params Post[] posts)
    {
        EditionMaker maker = new(database, new EditionStore(database), new LedgerStore(database), new SubscriptionStore(database));
        PostCatalog catalog = new(
            new SiteDefinition { Kind = SiteKind.Bare, Root = "/blog", PostsFolder = "/blog", Url = new Uri("https://blog.example/"), Title = "Blog", TimeZone = TimeZoneInfo.Utc },
            [.. posts]);
        await maker.ReleaseAsync(News, catalog, now, now, Stop);
        await maker.OpenAsync(News, TimeZoneInfo.Utc, cadence => CronSlots.Of(News.CronOf(cadence), TimeZoneInfo.Utc), now, Stop);
        await maker.PlanAsync(now, Stop);
    }

    private static Post Post(string id, DateTimeOffset at) => new()
    {
        Path = id + ".md",
        FrontMatter = DataMap.Empty,
        Body = "",
        BodyLine = 1,
        Markup = PostMarkup.Markdown,
        Visibility = PostVisibility.Shown,
        Title = id,
        Slug = id,
        Date = at,
        Updated = at,
        Permalink = "/" + id,
        DerivedId = id,
        Fingerprint = id,
        CacheKey = id,
        Id = id,
        StillSince = at,
    };
}
