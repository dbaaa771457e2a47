using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>A connection lost after the final dot: nobody knows whether the mail arrived.</summary>
public sealed class UncertainMailTests
{
    private static readonly SendOutcome Lost = new(SendResult.Uncertain, OutcomeScope.Recipient, null, null, "lost after the end of the mail");

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task AMailLostAfterTheFinalDotIsListedAndSentAgainWithTheSameMessageId(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync("you@example.org");
        await room.PublishAsync();
        DecidedTransport transport = new(_ => Lost);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        Assert.Equal("you@example.org", Assert.Single(await room.RowsAsync(), r => r.Status == DeliveryStatus.Uncertain).Address);

        await Mailroom.RunAsync(dispatcher);
        Assert.Single(transport.Asked);

        transport.Decide = _ => DecidedTransport.Sent;
        room.Pass(TimeSpan.FromMinutes(2));
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(DeliveryStatus.Sent, Assert.Single(await room.RowsAsync()).Status);
        Assert.Equal(transport.Asked[0].MessageId, transport.Asked[1].MessageId);
    }

    [Fact]
    public async Task AMailThatIsLostAgainAndAgainIsSentNoMoreAndStaysListed()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync("you@example.org");
        await room.PublishAsync();
        DecidedTransport transport = new(_ => Lost);
        Dispatcher dispatcher = room.Dispatcher(transport);
        for (int hour = 0; hour < 24; hour++)
        {
            await Mailroom.RunAsync(dispatcher);
            room.Pass(TimeSpan.FromHours(1));
        }

        Assert.Equal(DispatchRules.UncertainAttempts, transport.Asked.Count);
        Assert.Equal(DeliveryStatus.Uncertain, Assert.Single(await room.RowsAsync()).Status);
    }

    [Fact]
    public async Task WhereUncertainMailIsHeldItWaitsForTheOperator()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        room.ResendsUncertain = false;
        await room.SubscribeAsync("you@example.org");
        await room.PublishAsync();
        DecidedTransport transport = new(_ => Lost);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        room.Pass(TimeSpan.FromDays(1));
        await Mailroom.RunAsync(dispatcher);

        Assert.Single(transport.Asked);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task OneThatWasDeferredBeforeIsSentAgainAllTheSame(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync("you@example.org");
        await room.PublishAsync();
        int asked = 0;
        DecidedTransport transport = new(_ => ++asked switch { 1 or 2 or 3 => DecidedTransport.NoAnswer, 4 => Lost, _ => DecidedTransport.Sent });

        await room.PassAsync(room.Dispatcher(transport), TimeSpan.FromHours(2), TimeSpan.FromMinutes(2));

        Assert.Equal((5, DeliveryStatus.Sent), (asked, Assert.Single(await room.RowsAsync()).Status));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task APostIsOwedByWhoeverEndsTheRowOnly(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync("you@example.org");
        await room.PublishAsync();
        await MakeOldAsync(room);
        DecidedTransport transport = new(_ =>
        {
            // Another process took over meanwhile, and sent it.
            room.ExecuteAsync("update deliveries set status = 3, lease_owner = null").GetAwaiter().GetResult();
            return DecidedTransport.NoAnswer;
        });

        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Equal(DeliveryStatus.Sent, Assert.Single(await room.RowsAsync()).Status);
        Assert.Equal(0, await room.OwedAsync());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task OneWhoseTimeIsOverIsOwedUnlessItMayHaveArrived(bool wasLost, int owed)
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync("you@example.org");
        await room.PublishAsync();
        DecidedTransport transport = new(_ => wasLost ? Lost : DecidedTransport.NoAnswer);
        Dispatcher dispatcher = room.Dispatcher(transport);
        await Mailroom.RunAsync(dispatcher);
        await MakeOldAsync(room);
        transport.Decide = _ => DecidedTransport.NoAnswer;
        room.Pass(TimeSpan.FromMinutes(2));
        await Mailroom.RunAsync(dispatcher);

        Assert.Equal(DeliveryStatus.Failed, Assert.Single(await room.RowsAsync()).Status);
        Assert.Equal(owed, await room.OwedAsync());
    }

    /// <summary>The row was tried for so long that the next attempt is its last.</summary>
    private static Task<int> MakeOldAsync(Mailroom room) =>
        room.ExecuteAsync($"update deliveries set attempts = 30, first_attempt = due_at - {TimeSpan.FromDays(4).Ticks / TimeSpan.TicksPerMicrosecond}");
}
