using Syndication.Storage;

namespace Syndication.Tests.Storage;

public sealed class RememberedSiteTests
{
    private static readonly RememberedSite Blog = new("/srv/blog", "https://blog.example/");

    [Theory]
    [InlineData("/srv/blog", "https://new.example/", 0, false)]
    [InlineData("/srv/moved", "https://blog.example/", 0, false)]
    [InlineData("/srv/moved", "https://new.example/", 5, false)]
    [InlineData("/srv/other", "https://other.example/", 4, true)]
    [InlineData("/srv/other", null, 4, true)]
    public void ASiteIsAnotherWhenFolderAndAddressAreOthersAndNotHalfOfThePostsAreThere(string folder, string? url, int found, bool isAnother) =>
        Assert.Equal(isAnother, Blog.IsAnotherThan(new RememberedSite(folder, url), known: 10, found));

    [Fact]
    public void AnAddressOfThisMachineVouchesForNoSite() =>
        Assert.True(new RememberedSite("/srv/blog", null).IsAnotherThan(new RememberedSite("/srv/other", null), known: 3, found: 0));

    [Fact]
    public void ADatabaseWithoutPostsTakesAnySite() =>
        Assert.False(Blog.IsAnotherThan(new RememberedSite("/srv/other", "https://other.example/"), known: 0, found: 0));
}
