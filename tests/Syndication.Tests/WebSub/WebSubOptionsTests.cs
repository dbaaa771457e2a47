using Syndication.Site;
using Syndication.Tests.Posts;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

public sealed class WebSubOptionsTests
{
    private static readonly SiteDefinition Public = Sites.Bare() with { Url = new Uri("https://blog.example.org/my/"), HasUrl = true };

    [Fact]
    public void HubsAreThoseNamedAndOurOwnBelowTheSite()
    {
        WebSubOptions options = new() { Hubs = " https://one.example/  http://two.example:8080/x\thttps://one.example ", Hub = true };

        Assert.Equal(
            ["https://one.example/", "http://two.example:8080/x", "https://blog.example.org/my/hub"], options.HubsOf(Public).Select(hub => hub.AbsoluteUri));
        Assert.Equal(2, options.Addresses.Length);
        Assert.Null(options.ProblemOf(Public, SettingOrigin.Default("WebSub:Hub")));
    }

    [Fact]
    public void UnlessItIsAskedForThereIsNone()
    {
        Assert.Empty(new WebSubOptions().HubsOf(Public));
        Assert.Null(new WebSubOptions().ProblemOf(Public with { HasUrl = false }, SettingOrigin.Default("WebSub:Hub")));
    }

    [Theory]
    [InlineData("http://localhost:5080/", false)]
    [InlineData("https://blog.example.org/", false)]
    [InlineData("http://192.168.1.2/", true)]
    [InlineData("http://blog.local/", true)]
    public void ASiteThatIsNotPublicNamesNoHubAndThatIsSaid(string url, bool hasUrl)
    {
        SiteDefinition site = Public with { Url = new Uri(url), HasUrl = hasUrl };
        WebSubOptions options = new() { Hubs = "https://one.example/", Hub = true };

        Assert.Empty(options.HubsOf(site));
        Assert.Equal(
            $"default: WebSub:Hub: the site's address is {url}, which hubs cannot reach, so no feed names one and none is told; expected a Site:Url at which everybody finds the site",
            options.ProblemOf(site, SettingOrigin.Default("WebSub:Hub"))!.ToString());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("https://hub.example/ https://other.example/", true)]
    [InlineData("hub.example", false)]
    [InlineData("https://hub.example/ ftp://other.example/", false)]
    [InlineData("https://me@hub.example/", false)]
    [InlineData("https://hub.example/,https://other.example/#x", false)]
    public void HubsAreAddressesOfTheWeb(string hubs, bool isValid) => Assert.Equal(isValid, !new WebSubOptions { Hubs = hubs }.Invalid().Any());
}
