using Syndication.Transports;

namespace Syndication.Tests.Transports;

public sealed class OutboxNameTests
{
    [Fact]
    public void AMessageIdThatIsAPlainNameIsTheName() => Assert.Equal("0a1b-2c@blog.example.eml", OutboxName.Of("0a1b-2c@blog.example"));

    [Theory]
    [InlineData("../../etc/passwd@blog.example")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0b@blog.example")]
    [InlineData("a@b/../../c")]
    [InlineData("a\\b@c")]
    [InlineData("con.x@blog.example")]
    [InlineData("Capital@blog.example")]
    [InlineData("a@b@c")]
    [InlineData("ü@blog.example")]
    [InlineData("a b@c\r\n")]
    public void AnyOtherIsAHash(string messageId) => Assert.Matches("^[0-9a-f]{64}\\.eml$", OutboxName.Of(messageId));

    [Fact]
    public void ALongOneIsAHash() => Assert.Matches("^[0-9a-f]{64}\\.eml$", OutboxName.Of(new string('a', 300) + "@blog.example"));

    [Fact]
    public void TwoMessageIdsNeverShareAName() => Assert.NotEqual(OutboxName.Of("A@blog.example"), OutboxName.Of("a@blog.example"));
}
