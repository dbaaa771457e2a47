using Syndication.Content;

namespace Syndication.Tests.Content;

public sealed class TitleTextTests
{
    [Theory]
    [InlineData("Plain", "Plain")]
    [InlineData("<em>Very</em> good", "Very good")]
    [InlineData("List<T> & co", "List<T> & co")]
    [InlineData("a < b > c", "a < b > c")]
    [InlineData("Tom &amp; Jerry &lt;3", "Tom & Jerry <3")]
    [InlineData("<a href=\"x\">Link</a><br/>", "Link")]
    [InlineData("Dictionary<string, List<int>>", "Dictionary<string, List<int>>")]
    [InlineData("unclosed <b", "unclosed <b")]
    [InlineData("<code>a &lt; b</code>", "a < b")]
    public void OnlyTagsThatHtmlKnowsAreTakenForTags(string title, string text) => Assert.Equal(text, TitleText.Of(title));
}
