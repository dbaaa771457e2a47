using Microsoft.Extensions.Time.Testing;
using Syndication.EndToEnd.Support;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>Attempts that end since time is up, or since we are told to stop.</summary>
public sealed class SmtpEndingTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("EHLO", OutcomeScope.Transport)]
    [InlineData("MAIL", OutcomeScope.Transport)]
    [InlineData("RCPT", OutcomeScope.Recipient)]
    [InlineData("DATA", OutcomeScope.Message)]
    internal async Task AServerThatSaysNothingIsDeferred(string command, OutcomeScope scope)
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = $"{command} silent" });
            FakeTimeProvider time = new();
            await using SmtpTransport transport = new(Options(server), time);

            Task<SendOutcome> sending = transport.SendAsync();
            await server.ReachedAsync(command);
            time.Advance(Timeout - TimeSpan.FromTicks(1));
            Assert.False(sending.IsCompleted);
            time.Advance(TimeSpan.FromTicks(1));

            SendOutcome outcome = await sending;
            Assert.Equal((SendResult.Deferred, scope), (outcome.Result, outcome.Scope));
            Assert.Contains("no answer in time (Timeout is 00:00:20)", outcome.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheAnswerToAWholeMailMayTakeFiveTimesAsLongAndIsThenUncertain()
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = ". silent" });
            FakeTimeProvider time = new();
            await using SmtpTransport transport = new(Options(server), time);

            Task<SendOutcome> sending = transport.SendAsync();
            await server.ReachedAsync(".");
            time.Advance((5 * Timeout) - TimeSpan.FromTicks(1));
            Assert.False(sending.IsCompleted);
            time.Advance(TimeSpan.FromTicks(1));

            Assert.Equal(SendResult.Uncertain, (await sending).Result);
        }
    }

    [Theory]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task StoppingBeforeTheEndOfAMailGivesItBackAtOnce(string command)
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = $"{command} silent" });
            await using SmtpTransport transport = new(Options(server), new FakeTimeProvider());
            using CancellationTokenSource stop = new();

            Task<SendOutcome> sending = transport.SendAsync(TestMail.To(TestMail.Recipient), stop.Token);
            await server.ReachedAsync(command);
            await stop.CancelAsync();

            SendOutcome outcome = await sending;
            Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, false), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
        }
    }

    [Fact]
    public async Task StoppingAfterTheEndOfAMailWaitsAMomentForTheAnswer()
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = ". silent" });
            FakeTimeProvider time = new();
            await using SmtpTransport transport = new(Options(server), time);
            using CancellationTokenSource stop = new();

            Task<SendOutcome> sending = transport.SendAsync(TestMail.To(TestMail.Recipient), stop.Token);
            await server.ReachedAsync(".");
            await stop.CancelAsync();
            Assert.False(sending.IsCompleted);
            time.Advance(SmtpAttempt.Grace);

            Assert.Equal(SendResult.Uncertain, (await sending).Result);
        }
    }

    [Fact]
    public async Task AMailThatWaitsForAConnectionIsGivenBack()
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = "RCPT silent" });
        RelayOptions options = Options(server);
        options.Connections = 1;
        await using SmtpTransport transport = new(options, new FakeTimeProvider());
        using CancellationTokenSource stop = new();

        Task<SendOutcome> first = transport.SendAsync(TestMail.To(TestMail.Recipient), stop.Token);
        await server.ReachedAsync("RCPT");
        Task<SendOutcome> second = transport.SendAsync(TestMail.To(TestMail.Recipient), stop.Token);
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(first, second), o => Assert.Equal((SendResult.Deferred, OutcomeScope.Transport), (o.Result, o.Scope)));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task AStopThatCameBeforeIsHeeded()
    {
        await using ScriptedMailServer server = new(new MailServerWishes());
        await using SmtpTransport transport = new(Options(server), new FakeTimeProvider());

        Assert.Equal(SendResult.Deferred, (await transport.SendAsync(TestMail.To(TestMail.Recipient), new CancellationToken(canceled: true))).Result);

        Assert.Equal(0, server.Connections);
    }

    private static RelayOptions Options(IMailServer server)
    {
        RelayOptions options = TestMail.Options(server.Port);
        options.Timeout = Timeout;
        return options;
    }
}
