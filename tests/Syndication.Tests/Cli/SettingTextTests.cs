using Syndication.Cli;
using Syndication.Transports;

namespace Syndication.Tests.Cli;

public sealed class SettingTextTests
{
    [Theory]
    [InlineData("starttls", MailSecurity.StartTls)]
    [InlineData(" TLS ", MailSecurity.Tls)]
    [InlineData("1", null)]
    [InlineData("tls,none", null)]
    [InlineData("ssl", null)]
    internal void AChoiceIsReadByItsNamesAlone(string text, MailSecurity? expected) =>
        Assert.Equal(expected, SettingText.Value(typeof(MailSecurity?), text));

    [Fact]
    public void TheNamesOfAChoiceAreTold() =>
        Assert.Equal("one of starttls, tls, none, opportunistic", SettingText.Expected(typeof(MailSecurity?)));
}
