using Syndication.Transports;

namespace Syndication.Tests.Transports;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("ada@example.org", true)]
    [InlineData("ada+blog@mail.example.org", true)]
    [InlineData("ada@localhost", true)]
    [InlineData("ada", false)]
    [InlineData("ada@", false)]
    [InlineData("@example.org", false)]
    [InlineData("ada@example.org, bob@example.org", false)]
    [InlineData("ada@example.org\r\nBcc: x@example.org", false)]
    [InlineData("ädä@example.org", false)]
    public void TheOperatorIsOnePlainAddress(string address, bool isValid)
    {
        Assert.Equal(isValid, !new MailOptions { Operator = address }.Invalid().Any());
    }

    [Theory]
    [InlineData("bounces@example.org", true)]
    [InlineData("newsletter-bounces@example.org", true)]
    [InlineData("newsletter-bounces1@example.org", false)]
    [InlineData("bounces", false)]
    public void TheReturnPathLeavesRoomForAToken(string address, bool isValid)
    {
        Assert.Equal(isValid, !new MailOptions { ReturnPath = address }.Invalid().Any());
    }

    [Fact]
    public void TheRelaysAreTheListOrTheOneOrNone()
    {
        MailOptions one = new();
        one.Relay.Host = "a.example";

        Assert.Empty(new MailOptions().Relays);
        Assert.Same(one.Relay, Assert.Single(one.Relays));
        Assert.Equal(
            ["a.example:587", "second"],
            new MailOptions { Transports = [new() { Host = "a.example" }, new() { Host = "a.example", Name = "second" }] }.Relays.Select(r => r.EffectiveName));
    }

    [Fact]
    public void ServersOfTheListAreWholeAndHaveNamesOfTheirOwn()
    {
        MailOptions options = new() { Transports = [new() { Host = "a.example" }, new() { Name = "x" }, new() { Host = "A.example" }, new() { Host = "b", Name = "a.example:587" }] };

        Assert.Equal(["Transports:1:Host", "Transports:2:Host", "Transports:3:Name"], options.Invalid().Select(i => i.Property));
    }

    [Fact]
    public void TheShortFormAndTheListAreNotMixed()
    {
        MailOptions options = new() { Transports = [new() { Host = "a.example" }] };
        (options.Relay.Host, options.Relay.Connections, options.Relay.Limits.PerDay) = ("b.example", 6, 100);

        Assert.Equal(["Host", "Connections", "Limits:PerDay"], options.Invalid().Select(i => i.Property));
    }

    [Fact]
    public void TwoSignaturesAreEnough()
    {
        MailOptions options = new() { Dkim = [new(), new(), new()] };

        Assert.Equal(["Dkim:2:KeyFile"], options.Invalid().Select(i => i.Property));
    }
}
