using Syndication.Deliveries;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>A mail that is refused at MAIL FROM though others get through: it is its own matter, and it ends.</summary>
public sealed class RefusedMailTests
{
    private const string Odd = "reader03@domain3.example";

    [Theory]
    [InlineData(TestEngine.Sqlite, 550)]
    [InlineData(TestEngine.Postgres, 550)]
    [InlineData(TestEngine.Sqlite, 451)]
    public async Task WhereOthersGetThroughItIsTriedWithTheUsualBackoffAndEnds(TestEngine engine, int code)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(12, 6);
        await room.PublishAsync("Day0");
        DecidedTransport transport = new(m => m.Recipient == Odd ? SmtpReplies.Judge(SmtpPhase.MailFrom, new SmtpReply(code, "not this one")) : DecidedTransport.Sent);
        Dispatcher dispatcher = room.Dispatcher(transport);
        for (int day = 1; day <= 6; day++)
        {
            for (int hour = 0; hour < 24; hour++)
            {
                await Mailroom.RunAsync(dispatcher);
                room.Pass(TimeSpan.FromHours(1));
            }

            await room.PublishAsync($"Day{day}");
        }

        // Each time that it comes first, a relay that begins is closed for a while.
        for (int hour = 0; hour < 6; hour++)
        {
            await Mailroom.RunAsync(dispatcher);
            room.Pass(TimeSpan.FromHours(1));
        }

        List<LedgerRow> rows = await room.RowsAsync();
        Assert.All(rows.Where(r => r.Address != Odd), r => Assert.True(r is { Status: DeliveryStatus.Sent, Attempts: 1 }));
        LedgerRow first = rows.First(r => r.Address == Odd);
        Assert.Equal(DeliveryStatus.Failed, first.Status);
        Assert.Contains("MAIL FROM", first.Reply, StringComparison.Ordinal);
        Assert.InRange(first.Attempts, OutcomeRule.PolicyAttempts, code == 550 ? OutcomeRule.PolicyAttempts : RetrySchedule.AttemptsInLifetime + 20);
    }

    [Fact]
    public async Task TheFirstThatAClosedRelayIsTriedWithIsNotTheSameForEver()
    {
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(12, 6);
        await room.PublishAsync();
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        string? odd = null;
        transport.Decide = m => m.Recipient == (odd ??= m.Recipient) ? DecidedTransport.RefusedAtMailFrom : DecidedTransport.Sent;
        Dispatcher dispatcher = room.Dispatcher(transport);

        Assert.Equal(PauseKind.Refused, Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses).Pause.Kind);
        room.Pass(TimeSpan.FromMinutes(1));
        Assert.True(Assert.Single((await Mailroom.RunAsync(dispatcher)).Pauses).IsOver);

        List<LedgerRow> rows = await room.RowsAsync();
        Assert.Equal(11, rows.Count(r => r.Status == DeliveryStatus.Sent));
        Assert.Equal(DeliveryStatus.Deferred, rows.Single(r => r.Address == odd).Status);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhereTheRelayRefusesAllFromTheMiddleOnNobodyIsBurnt(TestEngine engine)
    {
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(60, 12);
        await room.PublishAsync();
        int asked = 0;
        DecidedTransport transport = new(_ => DecidedTransport.Sent);
        transport.Decide = _ => ++asked > 20 ? DecidedTransport.RefusedAtMailFrom : DecidedTransport.Sent;
        Dispatcher dispatcher = room.Dispatcher(transport);
        for (int hour = 0; hour < 24 * 5; hour++)
        {
            await Mailroom.RunAsync(dispatcher);
            room.Pass(TimeSpan.FromHours(1));
        }

        Assert.DoesNotContain(await room.RowsAsync(), r => r.Status == DeliveryStatus.Failed);
        Assert.InRange(asked, 20, 20 + (24 * 5) + 20);
        transport.Decide = _ => DecidedTransport.Sent;
        room.Pass(TimeSpan.FromHours(5));
        await Mailroom.RunAsync(dispatcher);
        Assert.All(await room.RowsAsync(), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
    }
}
