using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

public sealed class CallbackAddressTests
{
    [Theory]
    [InlineData("https://reader.example/push/abc?k=v")]
    [InlineData("http://reader.example:8080/")]
    [InlineData("https://8.8.8.8:65535/x")]
    [InlineData("https://[2606:4700::1111]/x")]
    public void AnAddressOfTheWebIsTaken(string text)
    {
        Assert.Equal(new Uri(text), CallbackAddress.Read(text, PublicAddress.IsPublic, out string problem));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("", "is no absolute http or https address")]
    [InlineData("/push", "is no absolute http or https address")]
    [InlineData("ftp://reader.example/", "is no absolute http or https address")]
    [InlineData("file:///etc/passwd", "is no absolute http or https address")]
    [InlineData("gopher://reader.example:70/", "is no absolute http or https address")]
    [InlineData("mailto:a@reader.example", "is no absolute http or https address")]
    [InlineData("https://user@reader.example/", "has a user name")]
    [InlineData("https://reader.example/#x", "has a fragment")]
    [InlineData("http://reader.example:22/", "has a port that is neither 80, 443 nor 1024 or more")]
    [InlineData("http://reader.example:25/", "has a port that is neither 80, 443 nor 1024 or more")]
    [InlineData("http://127.0.0.1:9999/", "has an address that is not public")]
    [InlineData("http://127.1:9999/", "has an address that is not public")]
    [InlineData("http://0x7f.0.0.1/", "has an address that is not public")]
    [InlineData("http://2130706433/", "has an address that is not public")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "has an address that is not public")]
    [InlineData("http://[::1]/", "has an address that is not public")]
    [InlineData("http://[::ffff:127.0.0.1]/", "has an address that is not public")]
    [InlineData("http://[fe80::1%25eth0]/", "has an address that is not public")]
    public void AnyOtherIsRefusedWithTheReason(string text, string expected)
    {
        Assert.Null(CallbackAddress.Read(text, PublicAddress.IsPublic, out string problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void ALongOneIsRefused()
    {
        Assert.Null(CallbackAddress.Read("https://reader.example/" + new string('x', 2000), PublicAddress.IsPublic, out string problem));
        Assert.Equal("is longer than 2000 characters", problem);
    }
}
