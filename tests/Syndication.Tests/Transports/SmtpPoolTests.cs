using Microsoft.Extensions.Time.Testing;
using Syndication.EndToEnd.Support;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>Connections are kept, replaced and given up.</summary>
public sealed class SmtpPoolTests
{
    public static TheoryData<TestMailServer> Servers => [TestMailServer.Scripted, TestMailServer.Aiosmtpd];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task ManyMailsShareAConnectionUpToItsLimit(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());
        RelayOptions options = TestMail.Options(server.Port);
        options.MessagesPerConnection = 3;
        await using SmtpTransport transport = new(options, TimeProvider.System);

        for (int sent = 0; sent < 7; sent++)
        {
            Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);
        }

        Assert.Equal([3, 3, 1], (await server.MailsAsync(7)).GroupBy(m => m.Connection).Select(g => g.Count()));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task NoMoreConnectionsAreOpenThanSaid(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());
        RelayOptions options = TestMail.Options(server.Port);
        options.Connections = 3;
        await using SmtpTransport transport = new(options, TimeProvider.System);

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => transport.SendAsync(TestMail.To($"r{n}@example.org"))));

        Assert.All(outcomes, o => Assert.Equal(SendResult.Sent, o.Result));
        Assert.Equal(60, (await server.MailsAsync(60)).SelectMany(m => m.Recipients).Distinct().Count());
        Assert.InRange(server.Connections, 1, 3);
    }

    [Fact]
    public async Task SmtpSinkTakesThousandsOverFourConnections()
    {
        await using SmtpSink sink = await SmtpSink.StartAsync();
        await using SmtpTransport transport = new(TestMail.Options(sink.Port), TimeProvider.System);

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 2000).Select(n => transport.SendAsync(TestMail.To($"r{n}@example.org"))));

        Assert.All(outcomes, o => Assert.Equal(SendResult.Sent, o.Result));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task ARefusedRecipientDoesNotCostTheConnection(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = "RCPT 550 5.1.1 unknown\nRCPT ok" });
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);

        Assert.Equal(SendResult.Rejected, (await transport.SendAsync()).Result);
        Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);

        await server.MailsAsync(1);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("MAIL ok\nMAIL drop\nMAIL ok")]
    [InlineData("MAIL ok\nMAIL 421 idle for too long|drop\nMAIL ok")]
    public async Task AKeptConnectionThatTheServerHadClosedIsReplaced(string script)
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = script });
            await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);

            Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);
            Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);

            await server.MailsAsync(2);
            Assert.Equal(2, server.Connections);
        }
    }

    [Theory]
    [InlineData(". what?\n. ok")]
    [InlineData(". 421 closing\n. ok")]
    [InlineData("RCPT 421 closing\nRCPT ok")]
    [InlineData("RCPT 550 no\nRCPT ok\nRSET 500 no")]
    public async Task AConnectionThatIsNoMoreInOrderIsNotUsedAgain(string script)
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = script });
            await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);

            await transport.SendAsync();
            Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);

            await server.MailsAsync(1);
            Assert.Equal(2, server.Connections);
        }
    }

    [Fact]
    public async Task AnIdleConnectionIsClosedWithAGoodbye()
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = "QUIT silent" });
        FakeTimeProvider time = new();
        await using SmtpTransport transport = new(TestMail.Options(server.Port), time);
        await transport.SendAsync();
        Assert.DoesNotContain("QUIT", server.Commands);

        time.Advance(SmtpTransport.IdleLimit);

        await server.ReachedAsync("QUIT");
        Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);
        Assert.Equal(2, server.Connections);

        // The server does not answer the goodbye: the end must not wait for it.
        Task end = transport.DisposeAsync().AsTask();
        await Eventually.IsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return end.IsCompleted;
            },
            () => "the transport does not end");
    }
}
