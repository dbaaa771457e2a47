using System.Collections.Immutable;
using Dapper;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Templating;
using Syndication.Tests.Posts;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>A row of the ledger as a test looks at it.</summary>
internal sealed record LedgerRow(string Address, DeliveryStatus Status, long Attempts, bool IsTried, DateTimeOffset DueAt, string? Reply);

/// <summary>Readers, an edition for them, and a dispatcher over a real database; the test says by which transport.</summary>
internal sealed class Mailroom : IAsyncDisposable
{
    private readonly TestDatabase _place;
    private readonly PostCatalogSource _catalogs = new();
    private readonly SubscriberStore _subscribers;
    private readonly MailSource _mails;
    private readonly NewsletterRules _newsletters = new(new NewsletterOptions { From = "letters@example.org" }, false);
    private readonly TemplateSet _templates = new([Path.Join(AppContext.BaseDirectory, "templates")]);
    private readonly List<Post> _posts = [];
    private readonly SiteDefinition _site = Sites.Bare();

    private Mailroom(TestDatabase place, Database database, TokenKeys keys)
    {
        _place = place;
        Database = database;
        Editions = new EditionStore(database);
        Ledger = new LedgerStore(database);
        Notices = new NoticeStore(database);
        Pauses = new PauseStore(database);
        Instance = new InstanceWatch(database, place.Folder) { Hold = new InstanceHold(new MemoryStream(), proof: null) };
        _subscribers = new SubscriberStore(database);
        EditionComposer composer = new(_templates);
        Assert.Empty(composer.RefreshTemplates());
        _mails = new MailSource(new VariantTexts(Editions, composer, _catalogs, _newsletters), keys, Mail);
        Publish([]);
    }

    public Database Database { get; }

    public EditionStore Editions { get; }

    public LedgerStore Ledger { get; }

    public NoticeStore Notices { get; }

    public PauseStore Pauses { get; }

    public InstanceWatch Instance { get; }

    public MailOptions Mail { get; } = new();

    public LogLines<Dispatcher> Log { get; } = new();

    public bool ResendsUncertain { get; set; } = true;

    /// <summary>Rows leased at once, at most.</summary>
    public int Batch { get; set; } = 100;

    public TimeProvider Time => _place.Time;

    public DateTimeOffset Now => _place.Time.GetUtcNow();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public EditionMaker Maker => new(Database, Editions, Ledger, new SubscriptionStore(Database));

    public static async Task<Mailroom> CreateAsync(TestEngine engine)
    {
        TestDatabase place = await TestDatabase.CreateAsync(engine);
        Database database = await place.OpenAsync();
        Mailroom room = new(place, database, await new TokenKeyStore(database, place.Time).LoadOrMakeAsync(Stop));
        Assert.Null(await room.Instance.LookAsync(Stop));
        await room.Maker.ReleaseAsync(room.Letter, room._catalogs.Current!, room.Now, room.Now, Stop);
        return room;
    }

    /// <summary>A dispatcher as a process that begins has it.</summary>
    public Dispatcher Dispatcher(params ITransport[] transports) => Dispatcher(Queue, [.. transports.Select(t => (t, new RelayOptions()))]);

    /// <summary>One with another queue of deliveries, and relays of different weights and limits.</summary>
    public Dispatcher Dispatcher(IMailQueue deliveries, params (ITransport Transport, RelayOptions Options)[] relays)
    {
        DispatchRules rules = new("me", Batch, ResendsUncertain);
        RefusalRuns runs = new();
        NoticeComposer composer = new(_templates);
        Assert.Empty(composer.RefreshTemplates());
        return new Dispatcher(
            [new NoticeQueue(Notices, _subscribers, composer, new Sender(_catalogs, _newsletters), Mail), deliveries],
            new Dispatching(new GroupCommit(Database, Instance, rules, _place.Time, Log), runs, new RefusalWatch(Database, runs, Pauses, Editions, Ledger, Notices)),
            new RelaySet([.. relays.Select(r => new Relay(r.Transport, new TransportGate(Pauses, r.Transport), r.Options))], Pauses, new TransportStore(Database), _place.Time),
            rules, _place.Time, Log);
    }

    public DeliveryQueue Queue => new(Ledger, Editions, _subscribers, _mails);

    public async Task UnsubscribeAsync(string address)
    {
        Subscriber reader = (await _subscribers.FindAsync(EmailAddress.Read(address).Address!, Stop))!;
        await _subscribers.ChangeStatusAsync(reader.Id, SubscriberStatus.Unsubscribed, Now, Stop);
    }

    public async Task EraseAsync(string address)
    {
        Subscriber reader = (await _subscribers.FindAsync(EmailAddress.Read(address).Address!, Stop))!;
        await _subscribers.EraseAsync(reader.Id, Now, Stop);
    }

    /// <summary>Sets the clock, forward or back, as a person or a time server does.</summary>
    public void SetClock(TimeSpan by) => _place.Time.AdjustTime(_place.Time.GetUtcNow() + by);

    public void Pass(TimeSpan time) => _place.Time.Advance(time);

    /// <summary>Lets time pass while a dispatcher is woken again and again. Gives what it told.</summary>
    /// <param name="dispatcher">The dispatcher.</param>
    /// <param name="time">How much passes.</param>
    /// <param name="step">Between two runs.</param>
    /// <param name="patience">So long, by the clock on the wall, a run goes on before time passes meanwhile.</param>
    public async Task<List<PauseChange>> PassAsync(Dispatcher dispatcher, TimeSpan time, TimeSpan? step = null, TimeSpan? patience = null)
    {
        List<PauseChange> told = [];
        for (DateTimeOffset end = Now + time; Now < end; Pass(step ?? TimeSpan.FromSeconds(5)))
        {
            Task<DispatchResult> run = RunOnceAsync(dispatcher, Stop);
            while (await Task.WhenAny(run, Task.Delay(patience ?? TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop)) != run)
            {
                Pass(TimeSpan.FromSeconds(1));
            }

            told.AddRange((await run).Pauses);
        }

        return told;
    }

    /// <summary>Lets seconds pass until something holds that another thread brings about.</summary>
    public async Task PassUntilAsync(Func<bool> holds)
    {
        for (int turn = 0; turn < 3000 && !holds(); turn++)
        {
            Pass(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
        }

        Assert.True(holds());
    }

    public async Task SubscribeAsync(params IEnumerable<string> addresses)
    {
        foreach (string address in addresses)
        {
            await new EnrolmentStore(Database).AddAsync(new NewSubscriber { Address = EmailAddress.Read(address).Address!, Cadence = Cadence.EachPost }, Now, Stop);
        }
    }

    /// <summary>This many readers at as many domains.</summary>
    public Task SubscribeAsync(int readers, int domains) =>
        SubscribeAsync(Enumerable.Range(0, readers).Select(n => $"reader{n:00}@domain{n % domains}.example"));

    /// <summary>A post becomes an edition, with a row for each reader. Gives the edition.</summary>
    public async Task<long> PublishAsync(string title = "New")
    {
        Pass(TimeSpan.FromMinutes(1));
        Publish([_site.Post($"2026-03-01-{title}.md", $"---\ntitle: {title}\n---\nHello.\n") with { StillSince = Now - TimeSpan.FromHours(1) }]);
        await Maker.ReleaseAsync(Letter, _catalogs.Current!, Now, Now, Stop);
        await Maker.OpenAsync(Letter, TimeZoneInfo.Utc, cadence => CronSlots.Of(Letter.CronOf(cadence), TimeZoneInfo.Utc), Now, Stop);
        await Maker.PlanAsync(Now, Stop);
        return (await Editions.ListAsync(Stop)).Last(e => e.Cadence == Cadence.EachPost).Id;
    }

    public Task<int> QueueAsync(params IReadOnlyCollection<Notice> notices) => Notices.QueueAsync(notices, Now, Stop);

    public static Notice Alert(string key = "k", string address = "operator@example.org") =>
        new() { Key = key, Kind = NoticeKind.Alert, Address = address, Subject = $"Matter {key}", Lines = ["Why & how.", "What to do."] };

    /// <summary>Runs a dispatcher until there is nothing that it takes.</summary>
    public static async Task<DispatchResult> RunAsync(Dispatcher dispatcher)
    {
        DispatchResult all = new(0, [], []);
        for (DispatchResult result = await RunOnceAsync(dispatcher, Stop); ; result = await RunOnceAsync(dispatcher, Stop))
        {
            all = new DispatchResult(all.Taken + result.Taken, [.. all.Waiting.Union(result.Waiting)], [.. all.Pauses, .. result.Pauses]);
            if (result.Taken == 0)
            {
                return all;
            }
        }
    }

    /// <summary>Runs a dispatcher once, as each second does.</summary>
    public static async Task<DispatchResult> RunOnceAsync(Dispatcher dispatcher, CancellationToken stop)
    {
        List<DispatchEvent> told = [];
        await foreach (DispatchEvent next in dispatcher.RunAsync(stop))
        {
            told.Add(next);
        }

        return new DispatchResult(told.OfType<MailsTaken>().Sum(t => t.Count), [.. told.OfType<MailWaits>().Select(w => w.Reason)], [.. told.OfType<PauseChange>()]);
    }

    public Task<List<LedgerRow>> RowsAsync() => RowsAsync(
        "select s.address, d.status, d.attempts, d.first_attempt as FirstAttempt, d.due_at as DueAt, d.reply from deliveries d join subscribers s on s.id = d.subscriber order by d.id");

    public Task<List<LedgerRow>> NoticeRowsAsync() => RowsAsync(
        "select address, status, attempts, first_attempt as FirstAttempt, due_at as DueAt, reply from notices order by id");

    public Task<int> ExecuteAsync(string sql) => Database.WriteAsync(transaction => TestSql.ExecuteAsync(transaction, sql), Stop);

    /// <summary>From now on no row can be moved to a state: the database fails, and not in a way that it is known to.</summary>
    public Task<int> BreakAsync(DeliveryStatus status) => ExecuteAsync(Database.Dialect == SqlDialect.Sqlite
        ? $"create trigger fault before update on deliveries when new.status = {(int)status} begin select raise(abort, 'out of order'); end"
        : $"""
            create function fault() returns trigger language plpgsql as $$ begin raise exception 'out of order'; end $$;
            create trigger fault before update on deliveries for each row when (new.status = {(int)status}) execute function fault();
            """);

    public Task<int> MendAsync() => ExecuteAsync(
        Database.Dialect == SqlDialect.Sqlite ? "drop trigger fault" : "drop trigger fault on deliveries; drop function fault()");

    /// <summary>How many posts are owed to readers.</summary>
    public Task<long> OwedAsync() => CountAsync("select count(*) from owed");

    /// <summary>How many rows there are of which an answer was lost.</summary>
    public Task<long> LostAsync() => CountAsync("select count(*) from deliveries where lost > 0");

    /// <summary>How many rows are leased.</summary>
    public Task<long> LeasesAsync() => CountAsync("select count(*) from deliveries where lease_owner is not null");

    public async Task<long> CountAsync(string sql) => (long)(await Database.ReadAsync(connection => TestSql.ScalarAsync(connection, sql), Stop))!;

    public async Task<SendingPause?> PauseAsync() => (await Pauses.ListAsync(Stop)).SingleOrDefault();

    public async ValueTask DisposeAsync()
    {
        _catalogs.Dispose();
        await Database.DisposeAsync();
        await _place.DisposeAsync();
    }

    private Newsletter Letter => _newsletters.DefaultOf(_site) with { QuietPeriod = TimeSpan.Zero, NewsWithin = TimeSpan.FromDays(1000) };

    private void Publish(ImmutableArray<Post> posts)
    {
        _posts.AddRange(posts.Select(p => p with { Id = p.DerivedId }));
        _catalogs.Replace(new PostCatalog(_site, [.. _posts.AsEnumerable().Reverse()]));
    }

    /// <summary>The posts are as at a start, when they are not all read.</summary>
    public void Unsettle() => _catalogs.Replace(PostCatalog.Of(_site, [.. _posts], [], null, isSettled: false, Now));

    /// <summary>The posts are as after a start at which their files cannot be read.</summary>
    public void Lose() => _catalogs.Replace(PostCatalog.Of(_site, [], [], null, isSettled: true, Now, [.. _posts.Select(p => p.Id)]));

    /// <summary>The posts were removed, and that is a fact.</summary>
    public void Withdraw() => _catalogs.Replace(PostCatalog.Of(_site, [], [], null, isSettled: true, Now));

    /// <summary>The posts are there again.</summary>
    public void Find() => Publish([]);

    private Task<List<LedgerRow>> RowsAsync(string sql) => Database.ReadAsync(
        async connection => (await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: Stop)))
            .Select(r => new LedgerRow(r.Address ?? "", (DeliveryStatus)r.Status, r.Attempts, r.FirstAttempt is not null, UnixMicroseconds.ToInstant(r.DueAt), r.Reply)).ToList(),
        Stop);

    private sealed record Row(string? Address, long Status, long Attempts, long? FirstAttempt, long DueAt, string? Reply);
}

/// <summary>What a dispatcher told.</summary>
internal sealed record DispatchResult(int Taken, ImmutableArray<string> Waiting, ImmutableArray<PauseChange> Pauses);

/// <summary>A transport whose outcomes the test decides.</summary>
internal sealed class DecidedTransport(Func<OutgoingMail, SendOutcome> decide, int connections = 4, string name = "test:25") : ITransport
{
    private readonly Lock _lock = new();
    private readonly List<OutgoingMail> _asked = [];

    public static SendOutcome Sent { get; } = new(SendResult.Sent, OutcomeScope.Recipient, 250, null, "250 ok");

    public static SendOutcome Away { get; } = new(SendResult.Deferred, OutcomeScope.Transport, null, null, "connection: refused");

    public static SendOutcome Refused { get; } = new(SendResult.Deferred, OutcomeScope.Transport, 550, "5.7.1", "MAIL FROM: 550 5.7.1 not you") { NeedsOperator = true };

    public static SendOutcome NoAnswer { get; } = new(SendResult.Deferred, OutcomeScope.Recipient, 451, "4.4.1", "RCPT TO: 451 4.4.1 no answer from host");

    /// <summary>As <see cref="SmtpReplies"/> judges it.</summary>
    public static SendOutcome RefusedAtMailFrom { get; } = SmtpReplies.Judge(SmtpPhase.MailFrom, new SmtpReply(550, "5.1.0 not this one"));

    public static SendOutcome WrongPassword { get; } =
        new(SendResult.Deferred, OutcomeScope.Transport, 535, "5.7.8", "authentication: 535 5.7.8 wrong") { NeedsOperator = true, IsAboutAccount = true };

    public static SendOutcome PolicyAtRcpt { get; } = new(SendResult.Deferred, OutcomeScope.Recipient, 550, "5.7.1", "RCPT TO: 550 5.7.1 blocked");

    public static SendOutcome PolicyAtData { get; } = new(SendResult.Deferred, OutcomeScope.Message, 554, "5.7.1", "end of the mail: 554 5.7.1 spam");

    public static SendOutcome NoSuchUser { get; } = new(SendResult.Rejected, OutcomeScope.Recipient, 550, "5.1.1", "RCPT TO: 550 5.1.1 unknown");

    public Func<OutgoingMail, SendOutcome> Decide { get; set; } = decide;

    public string Name => name;

    public int Connections => connections;

    /// <summary>What was to be sent, in order.</summary>
    public IReadOnlyList<OutgoingMail> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
    {
        await Task.Yield();
        lock (_lock)
        {
            _asked.Add(mail);
            return Decide(mail);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
