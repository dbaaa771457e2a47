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
}
