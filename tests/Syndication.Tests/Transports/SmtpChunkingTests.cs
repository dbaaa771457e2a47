using System.Text;
using Syndication.EndToEnd.Support;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>Where the server takes a mail in one piece (RFC 3030), it gets just our bytes.</summary>
public sealed class SmtpChunkingTests
{
    private const string Offer = "EHLO 250-scripted.test|250-PIPELINING|250-CHUNKING|250 HELP";

    [Fact]
    public async Task AMailGoesInOnePieceAndUnchanged()
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = Offer });
        OutgoingMail mail = TestMail.To(TestMail.Recipient, ".\r\n..a\r\n" + string.Concat(Enumerable.Repeat("0123456789 .\r\n.\r\n", 900)));

        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(TestMail.Options(server.Port), mail)).Result);

        Assert.Equal(Encoding.UTF8.GetString(mail.Message.Span), Encoding.UTF8.GetString(Assert.Single(server.Mails).Content));
        Assert.Contains($"BDAT {mail.Message.Length} LAST", server.Commands);
        Assert.DoesNotContain("DATA", server.Commands);
    }

    [Theory]
    [InlineData(". 550 5.7.1 no", SendResult.Deferred, OutcomeScope.Message)]
    [InlineData(". 554 5.6.0 no", SendResult.Rejected, OutcomeScope.Message)]
    [InlineData(". 451 4.3.0 later", SendResult.Deferred, OutcomeScope.Message)]
    [InlineData(". drop", SendResult.Uncertain, OutcomeScope.Message)]
    internal async Task WhatTheServerSaysOfItIsJudgedAsAfterDataWouldBe(string script, SendResult result, OutcomeScope scope)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = $"{Offer}\n{script}" });

        SendOutcome outcome = await TestMail.SendAsync(TestMail.Options(server.Port));

        Assert.Equal((result, scope), (outcome.Result, outcome.Scope));
    }

    [Fact]
    public async Task ASignedMailArrivesSigned()
    {
        using DkimSigner signer = new([new DkimIdentity("blog.example", "s1", DkimKey.Parse(TestKeys.Ed25519).Key!)]);
        await using ScriptedMailServer server = new(new MailServerWishes());
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System, signer);

        Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);

        byte[] mail = Assert.Single(server.Mails).Content;
        Assert.StartsWith("DKIM-Signature: v=1; a=ed25519-sha256;", Encoding.ASCII.GetString(mail), StringComparison.Ordinal);
    }
}
