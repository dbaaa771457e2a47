using Syndication.Transports;

namespace Syndication.Tests.Transports;

public sealed class RelayOptionsTests
{
    [Theory]
    [InlineData("mail.example", null, null, false, MailSecurity.StartTls, 587)]
    [InlineData("mail.example", 25, null, false, MailSecurity.StartTls, 25)]
    [InlineData("mail.example", 465, null, true, MailSecurity.Tls, 465)]
    [InlineData("mail.example", null, MailSecurity.Tls, true, MailSecurity.Tls, 465)]
    [InlineData("mail.example", null, MailSecurity.None, true, MailSecurity.None, 25)]
    [InlineData("mail.example", null, MailSecurity.Opportunistic, false, MailSecurity.Opportunistic, 25)]
    [InlineData("localhost", null, null, false, MailSecurity.None, 25)]
    [InlineData("::1", 2525, null, false, MailSecurity.None, 2525)]
    [InlineData("127.0.0.1", null, null, true, MailSecurity.StartTls, 587)]
    internal void SecurityAndPortFollowFromEachOther(
        string host, int? port, MailSecurity? said, bool hasPassword, MailSecurity security, int effectivePort)
    {
        RelayOptions options = new() { Host = host, Port = port, Security = said };
        if (hasPassword)
        {
            (options.UserName, options.Password) = ("me", "geheim");
        }

        Assert.Equal((security, effectivePort), (options.EffectiveSecurity, options.EffectivePort));
        Assert.Empty(options.Invalid());
    }

    [Fact]
    public void EveryBoundIsKept()
    {
        RelayOptions options = new()
        {
            Host = "smtp://mail.example",
            Port = 0,
            Security = MailSecurity.Opportunistic,
            UserName = "me",
            Connections = 65,
            MessagesPerConnection = 0,
            Timeout = TimeSpan.Zero,
            LocalDomain = "me\r\nRSET",
            Weight = 101,
            Name = "a\nb",
        };

        Assert.Equal(
            [
                nameof(options.Host), nameof(options.Port), nameof(options.Security), nameof(options.UserName), nameof(options.Connections),
                nameof(options.MessagesPerConnection), nameof(options.Timeout), nameof(options.Weight), nameof(options.Name), nameof(options.LocalDomain),
            ],
            options.Invalid().Select(i => i.Property));
    }

    [Fact]
    public void ThePasswordIsNeverAmongWhatIsPrinted()
    {
        RelayOptions options = new() { Password = "geheim" };

        Assert.DoesNotContain(options.Invalid(), i => i.Property == nameof(options.Password));
    }
}
