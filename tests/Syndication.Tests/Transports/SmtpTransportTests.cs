using System.Text;
using Syndication.EndToEnd.Support;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>What arrives, and what is made of refusals; on both servers.</summary>
public sealed class SmtpTransportTests
{
    public static TheoryData<TestMailServer> Servers => [TestMailServer.Scripted, TestMailServer.Aiosmtpd];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AMailArrivesByteForByte(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());
        string body = ".\r\n..\r\n. .\r\nFrom me\r\n" + string.Concat(Enumerable.Repeat(new string('x', 900) + "\r\n.\r\n", 40)) + "\r\n\r\n";

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To(TestMail.Recipient, body));

        Assert.Equal((SendResult.Sent, 250, "2.0.0"), (outcome.Result, outcome.Code, outcome.EnhancedCode));
        TakenMail mail = Assert.Single(await server.MailsAsync(1));
        Assert.Equal(TestMail.Header + body, Encoding.ASCII.GetString(mail.Content));
        Assert.Equal("bounce@blog.example", mail.Sender);
        Assert.Equal([TestMail.Recipient], mail.Recipients);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AMailOfNothingButAHeaderArrives(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());

        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To(TestMail.Recipient, "", sender: ""))).Result);

        Assert.Equal(TestMail.Header, Encoding.ASCII.GetString(Assert.Single(await server.MailsAsync(1)).Content));
        Assert.Equal("", server.Mails[0].Sender);
    }

    [Theory]
    [InlineData("MAIL 550 5.7.1 not you", SendResult.Deferred, OutcomeScope.Transport, "5.7.1")]
    [InlineData("MAIL 451 4.3.0 later", SendResult.Deferred, OutcomeScope.Transport, "4.3.0")]
    [InlineData("MAIL 552 5.3.4 too large", SendResult.Rejected, OutcomeScope.Message, "5.3.4")]
    [InlineData("MAIL drop", SendResult.Deferred, OutcomeScope.Transport, null)]
    [InlineData("EHLO drop", SendResult.Deferred, OutcomeScope.Transport, null)]
    [InlineData("EHLO 421 busy|drop", SendResult.Deferred, OutcomeScope.Transport, null)]
    [InlineData("RCPT 550-5.1.1 no such|550 5.1.1 user", SendResult.Rejected, OutcomeScope.Recipient, "5.1.1")]
    [InlineData("RCPT 550", SendResult.Rejected, OutcomeScope.Recipient, null)]
    [InlineData("RCPT 550 5.7.1 policy", SendResult.Deferred, OutcomeScope.Recipient, "5.7.1")]
    [InlineData("RCPT 450 4.2.0 greylisted", SendResult.Deferred, OutcomeScope.Recipient, "4.2.0")]
    [InlineData("RCPT 421 4.3.2 closing|drop", SendResult.Deferred, OutcomeScope.Recipient, "4.3.2")]
    [InlineData("RCPT drop", SendResult.Deferred, OutcomeScope.Recipient, null)]
    [InlineData("RCPT sorry?", SendResult.Deferred, OutcomeScope.Recipient, null)]
    [InlineData("RCPT 250-one|550 two", SendResult.Deferred, OutcomeScope.Recipient, null)]
    [InlineData("RCPT 530 authenticate first", SendResult.Deferred, OutcomeScope.Transport, null)]
    [InlineData("DATA 554 5.5.1 no", SendResult.Rejected, OutcomeScope.Message, "5.5.1")]
    [InlineData("DATA 451 4.3.0 later", SendResult.Deferred, OutcomeScope.Message, "4.3.0")]
    [InlineData("DATA drop", SendResult.Deferred, OutcomeScope.Message, null)]
    [InlineData("DATA 250 what", SendResult.Deferred, OutcomeScope.Message, null)]
    [InlineData(". 554 5.6.0 malformed", SendResult.Rejected, OutcomeScope.Message, "5.6.0")]
    [InlineData(". 552 5.3.4 too large", SendResult.Rejected, OutcomeScope.Message, "5.3.4")]
    [InlineData(". 550 5.7.1 spam", SendResult.Deferred, OutcomeScope.Message, "5.7.1")]
    [InlineData(". 451 4.3.0 later", SendResult.Deferred, OutcomeScope.Message, "4.3.0")]
    [InlineData(". 421 closing|drop", SendResult.Deferred, OutcomeScope.Message, null)]
    [InlineData(". 251 forwarded", SendResult.Sent, OutcomeScope.Recipient, null)]
    [InlineData(". drop", SendResult.Uncertain, OutcomeScope.Message, null)]
    [InlineData(". what?", SendResult.Uncertain, OutcomeScope.Message, null)]
    internal async Task AnAnswerIsJudgedByWhereItCame(string script, SendResult result, OutcomeScope scope, string? enhanced)
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = script });

            SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port));

            Assert.Equal((result, scope, enhanced), (outcome.Result, outcome.Scope, outcome.EnhancedCode));
            Assert.NotEmpty(outcome.Text);
        }
    }

    [Theory]
    [InlineData("CONNECT 554 5.7.1 blocked", "5.7.1", true)]
    [InlineData("CONNECT 421 too many", null, false)]
    [InlineData("CONNECT HTTP/1.1 400 Bad Request", null, false)]
    [InlineData("CONNECT drop", null, false)]
    public async Task AGreetingThatIsNoneIsAboutUs(string script, string? enhanced, bool needsOperator)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = script });

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port));

        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, enhanced), (outcome.Result, outcome.Scope, outcome.EnhancedCode));
        Assert.Equal(needsOperator, outcome.NeedsOperator);
    }

    /// <summary>The twin of the tests above on Postfix's own; it knows one reply, 500 or 450.</summary>
    [Theory]
    [InlineData("-f", "CONNECT", SendResult.Deferred, OutcomeScope.Transport)]
    [InlineData("-f", "MAIL", SendResult.Deferred, OutcomeScope.Transport)]
    [InlineData("-f", "RCPT", SendResult.Rejected, OutcomeScope.Recipient)]
    [InlineData("-f", "DATA", SendResult.Rejected, OutcomeScope.Message)]
    [InlineData("-f", ".", SendResult.Rejected, OutcomeScope.Message)]
    [InlineData("-r", "CONNECT", SendResult.Deferred, OutcomeScope.Transport)]
    [InlineData("-r", "RCPT", SendResult.Deferred, OutcomeScope.Recipient)]
    [InlineData("-r", ".", SendResult.Deferred, OutcomeScope.Message)]
    [InlineData("-q", "CONNECT", SendResult.Deferred, OutcomeScope.Transport)]
    [InlineData("-q", "RCPT", SendResult.Deferred, OutcomeScope.Recipient)]
    [InlineData("-q", "DATA", SendResult.Deferred, OutcomeScope.Message)]
    [InlineData("-q", ".", SendResult.Uncertain, OutcomeScope.Message)]
    [InlineData("-Q", "MAIL", SendResult.Deferred, OutcomeScope.Transport)]
    [InlineData("-Q", "RCPT", SendResult.Deferred, OutcomeScope.Recipient)]
    [InlineData("-Q", ".", SendResult.Deferred, OutcomeScope.Message)]
    [InlineData("-e", "", SendResult.Sent, OutcomeScope.Recipient)]
    [InlineData("-P", "", SendResult.Sent, OutcomeScope.Recipient)]
    [InlineData("-p", "", SendResult.Sent, OutcomeScope.Recipient)]
    internal async Task SmtpSinkIsJudgedLikewise(string option, string command, SendResult result, OutcomeScope scope)
    {
        await using SmtpSink sink = await SmtpSink.StartAsync(command.Length > 0 ? [option, command] : [option]);

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(sink.Port));

        Assert.Equal((result, scope), (outcome.Result, outcome.Scope));
    }

    [Theory]
    [InlineData("MAIL 550 no", "RCPT 250 ok", SendResult.Deferred, OutcomeScope.Transport)]
    [InlineData("MAIL 250 ok", "RCPT 550 no", SendResult.Rejected, OutcomeScope.Recipient)]
    [InlineData("MAIL 250 ok", "RCPT drop", SendResult.Deferred, OutcomeScope.Recipient)]
    internal async Task WithPipeliningTheFirstRefusalCounts(string mail, string rcpt, SendResult result, OutcomeScope scope)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = $"EHLO 250-scripted.test|250 PIPELINING\n{mail}\n{rcpt}" });

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port));

        Assert.Equal((result, scope), (outcome.Result, outcome.Scope));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task WithPipeliningTheRecipientGoesOutBeforeTheSenderIsAnswered()
    {
        // It says nothing to MAIL FROM before it has RCPT TO: who waits for an answer in between waits for ever.
        await using ScriptedMailServer server = new(new MailServerWishes { Script = "EHLO 250-scripted.test|250 PIPELINING\nMAIL |\nRCPT 250 2.1.0 ok|250 2.1.5 ok" });

        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(TestMail.Options(server.Port))).Result);
    }

    [Fact]
    public async Task WithoutPipeliningEachCommandWaitsForItsAnswer()
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = "MAIL silent" });
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<SendOutcome> sending = transport.SendAsync(TestMail.To(TestMail.Recipient), stop.Token);

        await server.ReachedAsync("MAIL");
        await stop.CancelAsync();

        Assert.Equal(SendResult.Deferred, (await sending).Result);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ABodyIsSevenBitWhateverTheServerTakes(bool takesEightBit)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { TakesUtf8 = takesEightBit });

        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(TestMail.Options(server.Port))).Result);
        Assert.Equal(SendResult.Rejected, (await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To(TestMail.Recipient, "Grüße\r\n"))).Result);

        TakenMail mail = Assert.Single(server.Mails);
        Assert.True(Ascii.IsValid(mail.Content));
        Assert.DoesNotContain(mail.Options, o => o.StartsWith("BODY=", StringComparison.Ordinal) || o == "SMTPUTF8");
    }

    [Fact]
    public async Task AConnectionThatBreaksInTheMiddleOfAMailLeavesNoDoubt()
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = "BODY drop" });

        // More than the buffers of both ends hold, so that the end of the mail never leaves.
        string line = new string('x', 998) + "\r\n";
        SendOutcome outcome = await TestMail.SendAsync(
            TestMail.Options(server.Port), TestMail.To(TestMail.Recipient, string.Concat(Enumerable.Repeat(line, 32_000))));

        Assert.Equal((SendResult.Deferred, OutcomeScope.Message), (outcome.Result, outcome.Scope));
    }

    [Fact]
    public async Task NobodyListeningIsAboutUs()
    {
        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(FreePort.Next()));

        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, false), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
        Assert.Equal("connection: Connection refused", outcome.Text);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task TheReplyIsKeptWithoutTheAddress(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = "RCPT 550 5.1.1 <Reader@example.org>: unknown" });

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port));

        Assert.Equal("RCPT TO: 550 5.1.1 <(recipient)>: unknown", outcome.Text);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AMailLargerThanTheServerTakesIsNotTried(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Size = 1000 });
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);

        SendOutcome outcome = await transport.SendAsync(TestMail.To(TestMail.Recipient, new string('x', 1000) + "\r\n"));

        Assert.Equal((SendResult.Rejected, OutcomeScope.Message), (outcome.Result, outcome.Scope));
        Assert.Contains("the mail server takes 1000", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);
        Assert.Contains(Assert.Single(await server.MailsAsync(1)).Options, o => o == $"SIZE={server.Mails[0].Content.Length}");
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AnInternationalDomainGoesToEveryServer(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());

        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To("reader@bücher.example"))).Result);

        Assert.Equal(["reader@xn--bcher-kva.example"], Assert.Single(await server.MailsAsync(1)).Recipients);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AnInternationalAddressGoesWhereItIsOffered(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { TakesUtf8 = true });

        OutgoingMail international = TestMail.Of(Encoding.UTF8.GetBytes("To: ü@example.org\r\n" + TestMail.Header)) with { Recipient = "ü@example.org" };
        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(TestMail.Options(server.Port), international)).Result);

        TakenMail mail = Assert.Single(await server.MailsAsync(1));
        Assert.Contains("SMTPUTF8", mail.Options);
        Assert.Equal(["ü@example.org"], mail.Recipients);
        Assert.Equal(international.Message.ToArray(), mail.Content);
    }

    [Fact]
    public async Task AnInternationalAddressIsRejectedWhereItIsNotOffered()
    {
        await using ScriptedMailServer server = new(new MailServerWishes());

        SendOutcome address = await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To("ü@example.org"));
        SendOutcome text = await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To(TestMail.Recipient, "Grüße\r\n"));

        Assert.Equal((SendResult.Rejected, OutcomeScope.Recipient), (address.Result, address.Scope));
        Assert.Equal("the mail server takes no addresses with letters outside of ASCII (SMTPUTF8)", address.Text);
        Assert.Equal((SendResult.Rejected, OutcomeScope.Message), (text.Result, text.Scope));
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a@b.example>\r\nRCPT TO:<c@d.example")]
    [InlineData("a@b.example> SIZE=1")]
    [InlineData("a b@c.example")]
    [InlineData("a@b.example c@d.example")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("")]
    [InlineData("a@")]
    [InlineData("a@\u0000")]
    public async Task ANameThatIsNoAddressNeverReachesTheServer(string recipient)
    {
        await using ScriptedMailServer server = new(new MailServerWishes());

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.To(recipient));

        Assert.Equal((SendResult.Rejected, OutcomeScope.Recipient), (outcome.Result, outcome.Scope));
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal) || c.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Subject: x\r\n\r\nend\n.\nMAIL FROM:<a@b.example>\r\n")]
    [InlineData("Subject: x\r\n\r\nend\r.\rMAIL FROM:<a@b.example>\r\n")]
    [InlineData("Subject: x\r\n\r\nno end")]
    [InlineData("no header\r\n\r\nbody\r\n")]
    [InlineData("")]
    public async Task AMailThatCouldHideAnotherIsNotSent(string message)
    {
        await using ScriptedMailServer server = new(new MailServerWishes());

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port), TestMail.Of(Encoding.ASCII.GetBytes(message)));

        Assert.Equal((SendResult.Rejected, OutcomeScope.Message), (outcome.Result, outcome.Scope));
        Assert.Empty(server.Mails);
    }
}
