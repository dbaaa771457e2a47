using Syndication.EndToEnd.Support;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>TLS and authentication are as said, or there is no mail; on both servers.</summary>
public sealed class SmtpSecurityTests
{
    private const string Secret = "geheim ü";

    public static TheoryData<TestMailServer> Servers => [TestMailServer.Scripted, TestMailServer.Aiosmtpd];

    public static TheoryData<TestMailServer, bool> ServersAndTls => new()
    {
        { TestMailServer.Scripted, false },
        { TestMailServer.Scripted, true },
        { TestMailServer.Aiosmtpd, false },
        { TestMailServer.Aiosmtpd, true },
    };

    [Theory]
    [MemberData(nameof(ServersAndTls))]
    public async Task AMailGoesOverTlsWithAuthenticationOncePerConnection(TestMailServer kind, bool isImplicit)
    {
        using TestCertificates certificates = new();
        await using IMailServer server = await kind.StartAsync(
            new MailServerWishes { Certificate = certificates.Issue(), IsImplicit = isImplicit, Password = Secret });
        await using SmtpTransport transport = new(Options(server, isImplicit ? MailSecurity.Tls : MailSecurity.StartTls), TimeProvider.System, roots: certificates.Roots);

        Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);
        Assert.Equal(SendResult.Sent, (await transport.SendAsync()).Result);

        Assert.Equal(2, (await server.MailsAsync(2)).Count);
        Assert.All(server.Mails, m => Assert.Equal((true, "me"), (m.IsOverTls, m.User)));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task APasswordGoesInPlainTextWhereThatIsSaid(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Password = Secret });

        Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(Options(server, MailSecurity.None))).Result);

        TakenMail mail = Assert.Single(await server.MailsAsync(1));
        Assert.Equal((false, "me"), (mail.IsOverTls, mail.User));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task WithoutStartTlsNothingIsSent(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Password = Secret });

        SendOutcome outcome = await TestMail.SendAsync(Options(server, MailSecurity.StartTls));

        IsAboutUs(outcome, "TLS: the mail server does not offer STARTTLS");
        Assert.Empty(server.Mails);
        if (server is ScriptedMailServer scripted)
        {
            Assert.DoesNotContain(scripted.Commands, c => !c.StartsWith("EHLO", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("STARTTLS 454 4.7.0 not now", false, "4.7.0")]
    [InlineData("STARTTLS 501 5.5.4 no", true, "5.5.4")]
    [InlineData("STARTTLS drop", false, null)]
    public async Task ARefusedStartTlsIsNotPassedOver(string script, bool needsOperator, string? enhanced)
    {
        using TestCertificates certificates = new();
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Certificate = certificates.Issue(), Script = script });

            SendOutcome outcome = await TestMail.SendAsync(Options(server, MailSecurity.StartTls));

            Assert.Equal((SendResult.Deferred, OutcomeScope.Transport), (outcome.Result, outcome.Scope));
            Assert.Equal((needsOperator, enhanced), (outcome.NeedsOperator, outcome.EnhancedCode));
            Assert.Empty(server.Mails);
        }
    }

    [Theory]
    [MemberData(nameof(ServersAndTls))]
    public async Task ACertificateThatIsNotToBeTrustedIsRefusedWithTheReason(TestMailServer kind, bool isImplicit)
    {
        using TestCertificates certificates = new();
        MailSecurity security = isImplicit ? MailSecurity.Tls : MailSecurity.StartTls;
        (string File, bool IsKnown, string Reason)[] bad =
        [
            (certificates.Issue(hasExpired: true), true, "it has expired or is not valid yet"),
            (certificates.Issue("elsewhere.example", isForLoopback: false), true, "it is for another name"),
            (certificates.Issue(), false, "who issued it is unknown to this machine"),
        ];
        foreach ((string file, bool isKnown, string reason) in bad)
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Certificate = file, IsImplicit = isImplicit, Password = Secret });
            await using SmtpTransport transport = new(Options(server, security), TimeProvider.System, roots: isKnown ? certificates.Roots : null);

            IsAboutUs(await transport.SendAsync(), $"TLS: the certificate of 127.0.0.1 is not to be trusted: {reason}");
            Assert.Empty(server.Mails);
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task OpportunisticTakesWhatThereIs(TestMailServer kind)
    {
        using TestCertificates certificates = new();
        await using IMailServer plain = await kind.StartAsync(new MailServerWishes());
        await using IMailServer expired = await kind.StartAsync(new MailServerWishes { Certificate = certificates.Issue(hasExpired: true) });

        foreach (IMailServer server in new[] { plain, expired })
        {
            RelayOptions options = TestMail.Options(server.Port);
            options.Security = MailSecurity.Opportunistic;
            Assert.Equal(SendResult.Sent, (await TestMail.SendAsync(options)).Result);
        }

        Assert.False(Assert.Single(await plain.MailsAsync(1)).IsOverTls);
        Assert.True(Assert.Single(await expired.MailsAsync(1)).IsOverTls);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task TlsToAPlainServerIsAboutUs(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes());
        RelayOptions options = Options(server, MailSecurity.Tls);

        SendOutcome outcome = await TestMail.SendAsync(options);

        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, true), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
        Assert.StartsWith("TLS: ", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AWrongPasswordIsAboutUsAndIsNotRepeated(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Password = "another" });

        SendOutcome outcome = await TestMail.SendAsync(Options(server, MailSecurity.None));

        IsAboutUs(outcome, "authentication: 535");
        Assert.Equal("5.7.8", outcome.EnhancedCode);
        Assert.DoesNotContain("geheim", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256 CRAM-MD5 PLAIN LOGIN", "AUTH SCRAM-SHA-256")]
    [InlineData("LOGIN PLAIN", "AUTH PLAIN")]
    [InlineData("LOGIN XOAUTH2", "AUTH LOGIN")]
    public async Task AWrongPasswordIsTriedByOneWayAloneHoweverManyTheServerOffers(string offered, string tried)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Password = Secret, Script = $"EHLO 250-scripted.test|250 AUTH {offered}\nAUTH 535 5.7.8 wrong" });

        IsAboutUs(await TestMail.SendAsync(Options(server, MailSecurity.None)), "authentication: 535");

        Assert.StartsWith(tried, Assert.Single(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH 454 4.7.0 later")]
    [InlineData("AUTH 421 4.3.2 bye|drop")]
    [InlineData("AUTH drop")]
    public async Task AuthenticationThatFailsForNowIsDeferred(string script)
    {
        foreach (TestMailServer kind in Enum.GetValues<TestMailServer>())
        {
            await using IMailServer server = await kind.StartAsync(new MailServerWishes { Password = Secret, Script = script });

            SendOutcome outcome = await TestMail.SendAsync(Options(server, MailSecurity.None));

            Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, false), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
        }
    }

    [Theory]
    [InlineData("EHLO 250 scripted.test")]
    [InlineData("EHLO 250-scripted.test|250 AUTH GSSAPI")]
    [InlineData("EHLO 502 what?")]
    public async Task AServerThatCannotAuthenticateUsIsAboutUs(string script)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = script });

        IsAboutUs(
            await TestMail.SendAsync(Options(server, MailSecurity.None)),
            "authentication: the mail server offers no way to authenticate that could be used");
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AServerThatWantsAuthenticationFirstIsAboutUs(TestMailServer kind)
    {
        await using IMailServer server = await kind.StartAsync(new MailServerWishes { Script = "MAIL 530 5.7.0 Authentication required" });

        IsAboutUs(await TestMail.SendAsync(TestMail.Options(server.Port)), "MAIL FROM: 530 5.7.0 Authentication required");
    }

    private static void IsAboutUs(SendOutcome outcome, string text)
    {
        Assert.StartsWith(text, outcome.Text, StringComparison.Ordinal);
        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, true), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
    }

    private static RelayOptions Options(IMailServer server, MailSecurity security)
    {
        RelayOptions options = TestMail.Options(server.Port);
        options.Security = security;
        options.UserName = "me";
        options.Password = Secret;
        return options;
    }
}
