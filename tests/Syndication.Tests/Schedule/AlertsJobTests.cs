using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Schedule;
using Syndication.Tests.Deliveries;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Schedule;

/// <summary>What waits for the operator is told once by a line and a mail, also over restarts.</summary>
public sealed class AlertsJobTests
{
    private const string Operator = "operator@example.org";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task EachMatterIsMailedOnceAlsoAfterARestart(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(30, 6);
        long spam = await room.PublishAsync("Spam");
        DecidedTransport transport = new(_ => DecidedTransport.PolicyAtData);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        await room.Pauses.SaveAsync(PauseRule.After(PauseRule.OfTransport("elsewhere:25"), null, DecidedTransport.Refused, room.Now), Stop);
        await room.ExecuteAsync("insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state) values ('posts', 'a', '', 5, 0, 3), ('posts', 'b', '', 4, 0, 3), ('posts', 'c', '', 1, 0, 1)");
        await room.ExecuteAsync("update deliveries set status = 2 where id = (select min(id) from deliveries)");
        LogLines<AlertsJob> log = new();

        for (int start = 0; start < 3; start++)
        {
            AttentionSource attention = new();
            AlertsJob job = Job(room, attention, log);
            await job.Execute(null!, Stop);
            await job.Execute(null!, Stop);

            Assert.Equal(
                [
                    "2 posts wait for your approval: they came too many at once", $"edition {spam} is paused: its mails were refused one after the other",
                    "mail is paused: it cannot be handed over", "1 mail is uncertain, and held",
                ],
                attention.Current!.Alerts.Select(a => a.Subject));
        }

        Assert.Equal(3 * 4, log.All.Count);
        Assert.Equal(4, (await room.NoticeRowsAsync()).Count(r => r.Address == Operator));

        // What is over is not shown any more.
        await room.Pauses.EndAsync(PauseRule.OfTransport("elsewhere:25"), Stop);
        await room.Editions.PauseAsync(spam, false, Stop);
        AttentionSource now = new();
        await Job(room, now, log).Execute(null!, Stop);
        Assert.Equal(2, now.Current!.Alerts.Length);
    }

    [Fact]
    public async Task WithoutAnOperatorOnlyTheLogTellsIt()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.ExecuteAsync("insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state) values ('posts', 'a', '', 5, 0, 3)");
        LogLines<AlertsJob> log = new();

        await Job(room, new AttentionSource(), log, address: null).Execute(null!, Stop);

        Assert.StartsWith("Warning: 1 post waits for your approval", Assert.Single(log.All), StringComparison.Ordinal);
        Assert.Empty(await room.NoticeRowsAsync());
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AnEditionThatNeedsApprovalIsToldUnlessItHasNothingNew(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.ExecuteAsync("""
            insert into editions (newsletter, cadence, key, slot, upto, cutoff, status, is_paused, cursor, candidates)
            values ('posts', 1, '2026-03-01', 0, 0, 0, 2, 0, 0, 0), ('posts', 1, '2026-03-02', 0, 3, 0, 0, 0, 0, 0), ('posts', 2, '2026-03-02', 0, 0, 0, 0, 0, 0, 0)
            """);
        AttentionSource attention = new();
        AlertsJob job = Job(room, attention, new LogLines<AlertsJob>());
        await job.Execute(null!, Stop);
        Assert.Equal(["edition 2 waits for your approval"], attention.Current!.Alerts.Select(a => a.Subject));

        await room.ExecuteAsync("update editions set status = 1 where id = 2");
        await job.Execute(null!, Stop);
        Assert.Empty(attention.Current!.Alerts);
    }

    [Fact]
    public async Task WhatCouldNotBeQueuedIsQueuedOnceTheDatabaseIsBack()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.ExecuteAsync("insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state) values ('posts', 'a', '', 5, 0, 3)");
        await room.ExecuteAsync("create trigger broken before insert on notices begin select raise(abort, 'the disk is full'); end");
        AttentionSource attention = new();
        AlertsJob job = Job(room, attention, new LogLines<AlertsJob>());
        await job.Execute(null!, Stop);
        Assert.False(attention.Current!.IsKnown);

        await room.ExecuteAsync("drop trigger broken");
        await job.Execute(null!, Stop);
        Assert.True(attention.Current!.IsKnown);
        Assert.Single(await room.NoticeRowsAsync());
    }

    [Fact]
    public async Task WhyMailWaitsIsLoggedOnceAndAgainWhenItComesBack()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();
        room.Unsettle();
        LogLines<DispatchJob> log = new();
        DispatchJob job = new(room.Dispatcher(new DecidedTransport(_ => DecidedTransport.Sent)), new ToldReasons(), room.Time, log);
        for (int minute = 0; minute < 5; minute++)
        {
            await job.Execute(null!, Stop);
            room.Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("Warning: mail waits: its posts are not read yet, or a file of theirs is missing or cannot be read", Assert.Single(log.All));
        room.Pass(TimeSpan.FromHours(1));
        await job.Execute(null!, Stop);
        Assert.Equal(2, log.All.Count);
    }

    [Fact]
    public async Task AnOutageIsALineAtItsBeginningAndOneAtItsEnd()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();
        LogLines<DispatchJob> log = new();
        DecidedTransport transport = new(_ => DecidedTransport.Away);
        DispatchJob job = new(room.Dispatcher(transport), new ToldReasons(), room.Time, log);
        for (int minute = 0; minute < 5; minute++)
        {
            await job.Execute(null!, Stop);
            room.Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Contains("connection: refused", Assert.Single(log.All), StringComparison.Ordinal);
        transport.Decide = _ => DecidedTransport.Sent;
        room.Pass(TimeSpan.FromHours(1));
        await job.Execute(null!, Stop);
        Assert.StartsWith("Information: mail goes out again", log.All[1], StringComparison.Ordinal);
        Assert.Equal(2, log.All.Count);
    }

    private static AlertsJob Job(Mailroom room, AttentionSource attention, LogLines<AlertsJob> log, string? address = Operator)
    {
        MailOptions mail = new() { Operator = address, Uncertain = UncertainMail.Hold };
        return new AlertsJob(new AlertReader(room.Editions, room.Ledger, room.Notices, room.Pauses, room.Instance, mail), room.Notices, attention, room.Time, log);
    }
}
