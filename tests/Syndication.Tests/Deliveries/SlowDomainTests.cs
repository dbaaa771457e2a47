using Dapper;
using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>Mails that hang hold up no others.</summary>
public sealed class SlowDomainTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ADomainWhoseMailsHangDelaysNoOther(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        HangingTransport transport = await OthersGoWhileOneHangsAsync(room, hanging: 30);

        // What others would have waited behind was given back, for later.
        room.Pass(TimeSpan.FromMinutes(15));
        await Mailroom.RunOnceAsync(room.Dispatcher(transport), Stop);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Fact]
    public async Task ADomainThatHangsFromItsFirstMailsAndHasMoreThanIsLeasedDelaysNoOther()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await OthersGoWhileOneHangsAsync(room, hanging: 2 * room.Batch);
    }

    [Fact]
    public async Task ADomainThatPutsAllOffIsAskedLessAndLessOftenFromRunToRun()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(Enumerable.Range(0, 200).Select(n => $"reader{n:000}@away.example"));
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.NoAnswer);

        await room.PassAsync(room.Dispatcher(transport), TimeSpan.FromHours(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20));

        // Five at first, then one after each rest: of 1, 2, 4, 8, 16 and 32 minutes.
        Assert.InRange(transport.Asked.Count, DomainPace.First, DomainPace.First + 8);
        Assert.Equal(0, await room.LeasesAsync());
    }

    [Fact]
    public async Task WhatIsHandedBackTogetherIsHandedBackInOneTransaction()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Postgres);
        room.Batch = 400;
        await room.SubscribeAsync(Enumerable.Range(0, 200).Select(n => $"reader{n:000}@away.example"));
        await room.PublishAsync();
        await room.ExecuteAsync("""
            create table handed_back (tx bigint);
            create function note() returns trigger language plpgsql as $$ begin insert into handed_back values (txid_current()); return null; end $$;
            create trigger note after update on deliveries for each row when (old.lease_owner is not null and new.lease_owner is null and new.attempts = 0) execute function note();
            """);
        DecidedTransport transport = new(_ =>
        {
            room.Pass(TimeSpan.FromMilliseconds(20));
            return DecidedTransport.NoAnswer;
        });

        await Mailroom.RunOnceAsync(room.Dispatcher(transport), Stop);

        (long rows, long transactions) = await room.Database.ReadAsync(
            c => c.QuerySingleAsync<(long, long)>(new CommandDefinition("select count(*), count(distinct tx) from handed_back", cancellationToken: Stop)), Stop);
        Assert.InRange(rows, 190, 400);
        Assert.InRange(transactions, 1, 10);
        Assert.InRange((await room.RowsAsync()).Where(r => r.Attempts == 0).Select(r => r.DueAt).Distinct().Count(), 100, 200);
    }

    [Fact]
    public async Task AFailureThatPassesStopsNothingForLongThoughAMailHangs()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync("hang@slow.example");
        await room.SubscribeAsync(60, 20);
        await room.PublishAsync();
        HangingTransport transport = new(8, m => m.Recipient == "hang@slow.example");
        await room.ExecuteAsync("create trigger fault before update on deliveries when new.status = 1 and new.id > 20 begin select raise(abort, 'out of order'); end");
        Task<DispatchResult> run = Mailroom.RunOnceAsync(room.Dispatcher(transport), Stop);
        DateTimeOffset begin = room.Now;
        await room.PassUntilAsync(() => transport.Hanging == 1 && room.RowsAsync().GetAwaiter().GetResult().Any(r => r.Status != DeliveryStatus.Sent && r.DueAt >= begin + TimeSpan.FromMinutes(1)));

        await room.MendAsync();
        await room.QueueAsync(Mailroom.Alert());
        await room.PassUntilAsync(() => transport.Sent == 61 || run.IsCompleted);

        Assert.Equal((61, 1), (transport.Sent, transport.Hanging));
        transport.Release();
        Assert.Contains("out of order", Assert.Single((await run).Waiting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANoticeDoesNotWaitWhileAllMailsOfAnEditionHang()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(30, 30);
        await room.PublishAsync();
        HangingTransport transport = new(4, m => m.Recipient != "operator@example.org");
        Task<DispatchResult> run = Mailroom.RunOnceAsync(room.Dispatcher(transport), Stop);
        await transport.HangingAsync(1);
        transport.Release(1);
        await transport.HangingAsync(3);

        await room.QueueAsync(Mailroom.Alert());
        await room.PassUntilAsync(() => transport.Sent >= 2);

        Assert.Equal(3, transport.Hanging);
        transport.Release();
        await run;
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Fact]
    public async Task MailOfADomainThatPutsAllOffComesBackWithItsRestAndCountsOnlyWhatWasTried()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(Enumerable.Range(0, 40).Select(n => $"reader{n:00}@away.example"));
        await room.SubscribeAsync(10, 10);
        await room.PublishAsync();
        DecidedTransport transport = new(m => m.Recipient.EndsWith("@away.example", StringComparison.Ordinal)
            ? DecidedTransport.NoAnswer
            : DecidedTransport.Sent);

        await Mailroom.RunAsync(room.Dispatcher(transport));

        List<LedgerRow> away = [.. (await room.RowsAsync()).Where(r => r.Address.EndsWith("@away.example", StringComparison.Ordinal))];
        Assert.InRange(away.Count(r => r.Attempts == 1), 2, DomainPace.First);
        Assert.All(away, r => Assert.True(r.DueAt >= room.Now + DomainPace.FirstRest));
        Assert.All(away.Where(r => r.Attempts == 0), r => Assert.Equal(DeliveryStatus.Queued, r.Status));
        Assert.Equal(10, (await room.RowsAsync()).Count(r => r.Status == DeliveryStatus.Sent));
        Assert.Equal(0, await room.LeasesAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhoChangesTheAddressWhileTheirMailWaitsGetsItThere(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(5, 5);
        await room.PublishAsync();
        HangingTransport transport = new(1, _ => true);
        Task<DispatchResult> run = Mailroom.RunAsync(room.Dispatcher(transport));
        await transport.HangingAsync(1);

        await room.ExecuteAsync("update subscribers set address = 'new-' || address, address_key = 'new-' || address_key");
        transport.Release();
        await run;

        Assert.Equal(4, transport.Recipients.Count(r => r.StartsWith("new-", StringComparison.Ordinal)));
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 1, Status: DeliveryStatus.Sent }));
    }

    [Fact]
    public async Task WhoeverStopsTheServiceWaitsForMailsOnTheWireAndHandsBackTheRest()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(20, 20);
        await room.PublishAsync();
        HangingTransport transport = new(4, _ => true);
        using CancellationTokenSource stop = new();
        Task<DispatchResult> run = Mailroom.RunOnceAsync(room.Dispatcher(transport), stop.Token);
        await transport.HangingAsync(1);
        transport.Release(1);
        await transport.HangingAsync(3);

        await stop.CancelAsync();
        Assert.False(run.IsCompleted);
        transport.Release(2);

        // The third is given up after the grace.
        await room.PassUntilAsync(() => run.IsCompleted);

        await run;
        List<LedgerRow> rows = await room.RowsAsync();
        Assert.Equal(3, rows.Count(r => r.Status == DeliveryStatus.Sent));
        Assert.Equal(17, rows.Count(r => r is { Status: DeliveryStatus.Queued or DeliveryStatus.Deferred, Attempts: 0 }));
        Assert.Equal(0, await room.LeasesAsync());
    }

    /// <summary>Sixty readers of three domains get their mail while those of another hang, which end after that.</summary>
    private static async Task<HangingTransport> OthersGoWhileOneHangsAsync(Mailroom room, int hanging)
    {
        await room.SubscribeAsync(Enumerable.Range(0, hanging).Select(n => $"reader{n:000}@slow.example"));
        await room.SubscribeAsync(60, 3);
        await room.PublishAsync();
        HangingTransport transport = new(8, m => m.Recipient.EndsWith("@slow.example", StringComparison.Ordinal));
        Task<DispatchResult> run = Mailroom.RunOnceAsync(room.Dispatcher(transport), Stop);

        await room.PassUntilAsync(() => transport.Sent >= 60);

        Assert.InRange(transport.Hanging, 1, 4);
        transport.Release();
        await run;
        return transport;
    }

    /// <summary>A transport by which some mails hang until the test lets them go.</summary>
    private sealed class HangingTransport(int connections, Func<OutgoingMail, bool> hangs) : ITransport
    {
        private readonly SemaphoreSlim _go = new(0);
        private readonly Lock _lock = new();
        private readonly List<string> _recipients = [];
        private int _hanging;
        private bool _isOpen;

        public string Name => "test:25";

        public int Connections => connections;

        public int Hanging => Volatile.Read(ref _hanging);

        public int Sent => Recipients.Count;

        /// <summary>To whom mail was sent.</summary>
        public IReadOnlyList<string> Recipients
        {
            get
            {
                lock (_lock)
                {
                    return [.. _recipients];
                }
            }
        }

        public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
        {
            if (hangs(mail) && !Volatile.Read(ref _isOpen))
            {
                Interlocked.Increment(ref _hanging);
                try
                {
                    await _go.WaitAsync(stop);
                }
                catch (OperationCanceledException)
                {
                    return new SendOutcome(SendResult.Deferred, OutcomeScope.Transport, null, null, "connection: stopped");
                }
                finally
                {
                    Interlocked.Decrement(ref _hanging);
                }
            }

            lock (_lock)
            {
                _recipients.Add(mail.Recipient);
            }

            return DecidedTransport.Sent;
        }

        public void Release(int mails) => _go.Release(mails);

        /// <summary>Nothing hangs any more.</summary>
        public void Release()
        {
            Volatile.Write(ref _isOpen, true);
            _go.Release(1000);
        }

        public Task HangingAsync(int mails) => UntilAsync(() => Hanging == mails);

        public ValueTask DisposeAsync()
        {
            _go.Dispose();
            return ValueTask.CompletedTask;
        }

        private static async Task UntilAsync(Func<bool> holds)
        {
            while (!holds())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
            }
        }
    }
}
