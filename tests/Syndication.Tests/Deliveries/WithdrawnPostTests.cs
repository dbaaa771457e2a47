using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;

namespace Syndication.Tests.Deliveries;

/// <summary>A post that was removed ends its mail; one that only cannot be read does not.</summary>
public sealed class WithdrawnPostTests
{
    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task MailOfAPostThatCannotBeReadAfterARestartWaitsUntilItCan(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();
        room.Lose();
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult result = await Mailroom.RunAsync(dispatcher);

        Assert.Empty(transport.Asked);
        Assert.Single(result.Waiting);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Queued, r.Status));
        room.Find();
        room.Pass(TimeSpan.FromMinutes(1));
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
    }

    [Fact]
    public async Task MailOfAPostThatIsGoneIsCancelled()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(3, 3);
        await room.PublishAsync();
        room.Withdraw();
        DecidedTransport transport = new(_ => DecidedTransport.Sent);

        await Mailroom.RunAsync(room.Dispatcher(transport));

        Assert.Empty(transport.Asked);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Cancelled, r.Status));
    }
}
