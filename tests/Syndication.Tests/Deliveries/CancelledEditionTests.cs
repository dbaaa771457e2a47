using Syndication.Editions;
using Syndication.EndToEnd.Support;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>An edition is cancelled while some of its mails are on the wire, or by a process that dies over it.</summary>
public sealed class CancelledEditionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite, false)]
    [InlineData(TestEngine.Sqlite, true)]
    [InlineData(TestEngine.Postgres, false)]
    [InlineData(TestEngine.Postgres, true)]
    public async Task WhatWasOnTheWireAndComesBackEndsAndItsPostsComeWithTheNextUnlessTheyAreDropped(TestEngine engine, bool drop)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync("you@example.org");
        long edition = await room.PublishAsync("One");
        long id = Assert.Single(await room.Ledger.ClaimAsync("me", room.Now, room.Now.AddMinutes(10), 10, Stop)).Id;
        await room.Database.WriteAsync(t => room.Ledger.Rows.MarkAsync(t, "me", [id], room.Now, Stop), Stop);

        Assert.True(await room.Maker.CancelAsync(edition, drop, room.Now, Stop));
        FinishedDelivery deferred = new(id, DeliveryStatus.Deferred, room.Now.AddMinutes(1), "451 later");
        await room.Database.WriteAsync(t => room.Ledger.Rows.FinishAsync(t, "me", [deferred], room.Now, Stop), Stop);
        room.Pass(TimeSpan.FromMinutes(2));
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Empty(transport.Asked);
        Assert.Equal(DeliveryStatus.Cancelled, Assert.Single(await room.RowsAsync()).Status);
        await room.PublishAsync("Two");
        await Mailroom.RunAsync(room.Dispatcher(transport));
        Assert.Equal(drop ? 1 : 2, (await room.Editions.VariantsAsync((await room.Editions.ListAsync(Stop))[^1].Id, Stop))[0].Posts.Length);
        Assert.Single(transport.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnEditionThatIsDroppedIsSentToNobodyAlsoIfTheCommandDiesOverIt(bool wasPaused)
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync("you@example.org");
        long edition = await room.PublishAsync("One");
        await room.Editions.PauseAsync(edition, wasPaused, Stop);
        await room.Database.WriteAsync(t => EditionStore.DropAsync(t, edition, Stop), Stop);
        await room.SubscribeAsync("second@example.org");
        DecidedTransport transport = new(_ => DecidedTransport.Sent);

        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Empty(transport.Asked);
        Assert.Equal(DeliveryStatus.Cancelled, Assert.Single(await room.RowsAsync()).Status);
    }

    [Fact]
    public async Task OneThatIsPlannedToItsEndMeanwhileIsCancelledAllTheSame()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Postgres);
        await room.SubscribeAsync(3, 3);
        long edition = await room.PublishAsync();
        await room.ExecuteAsync($"update editions set status = 1 where id = {edition}");
        TaskCompletionSource go = new();
        Task planner = room.Database.WriteAsync(
            async transaction =>
            {
                await TestSql.ExecuteAsync(transaction, $"update editions set status = 2 where id = {edition}");
                await go.Task;
                return 0;
            },
            Stop);
        Task<bool> cancel = room.Maker.CancelAsync(edition, drop: false, room.Now, Stop);
        await Eventually.IsAsync(
            async () => await room.CountAsync("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") == 1,
            () => "the command waits for the planner");
        go.SetResult();
        await planner;

        Assert.True(await cancel);
        Assert.Equal(EditionStatus.Cancelled, (await room.Editions.FindAsync(edition, Stop))!.Status);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Cancelled, r.Status));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, true)]
    [InlineData(TestEngine.Sqlite, false)]
    [InlineData(TestEngine.Postgres, false)]
    public async Task WhoMayHaveAMailIsNotOwedItsPosts(TestEngine engine, bool wasSentAgain)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        room.ResendsUncertain = false;
        await room.SubscribeAsync("you@example.org");
        long edition = await room.PublishAsync("One");
        DecidedTransport transport = new(_ => new SendOutcome(SendResult.Uncertain, OutcomeScope.Recipient, null, null, "lost"));
        await Mailroom.RunAsync(room.Dispatcher(transport));
        if (wasSentAgain)
        {
            await room.Ledger.Rows.RequeueUncertainAsync(room.Now, Stop);
            transport.Decide = _ => DecidedTransport.Away;
            await Mailroom.RunAsync(room.Dispatcher(transport));
        }

        Assert.True(await room.Maker.CancelAsync(edition, drop: false, room.Now, Stop));

        Assert.Equal(DeliveryStatus.Cancelled, Assert.Single(await room.RowsAsync()).Status);
        Assert.Equal(0, await room.OwedAsync());
    }
}
