using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;

namespace Syndication.Tests.Deliveries;

/// <summary>Rows of a paused edition cost nothing, and are where they were when it goes on.</summary>
public sealed class PausedEditionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task RowsOfAPausedEditionAreNotTakenAndOthersDueLaterGo(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(6, 3);
        long paused = await room.PublishAsync("Paused");
        await room.PublishAsync("Later");
        await room.Editions.PauseAsync(paused, true, Stop);
        List<LedgerRow> before = await room.RowsAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);

        DispatchResult result = await Mailroom.RunAsync(dispatcher);

        Assert.Equal(6, transport.Asked.Count);
        Assert.Equal(6, result.Taken);
        Assert.Equal(before.Take(6), (await room.RowsAsync()).Take(6));
        Assert.Equal(0, await room.LeasesAsync());
        Assert.Equal(0, (await Mailroom.RunOnceAsync(dispatcher, Stop)).Taken);
        await room.Editions.PauseAsync(paused, false, Stop);
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
    }
}
