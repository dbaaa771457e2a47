using System.Text;
using System.Xml.Linq;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Feeds;

public sealed class OpmlWriterTests
{
    /// <summary>OPML 2.0, with what its validator asks for: version, head, and of each outline text, type and xmlUrl.</summary>
    [Fact]
    public void EachFeedIsAnOutline()
    {
        SiteDefinition site = Sites.Bare() with { Title = "A & B" };
        Post post = site.Post("a.md", "---\ndate: 2026-01-02\ntags: [\"x<y>\"]\n---\nText.") with { Id = "urn:a" };
        using MemoryStream stream = new();

        OpmlWriter.Write(FeedPlan.Of(new PostCatalog(site, [post]), new FeedOptions()), path => SiteUrls.Absolute(site, path), stream);

        XElement opml = XDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).Root!;
        Assert.Equal(("opml", "2.0", "A & B"), (opml.Name.LocalName, opml.Attribute("version")!.Value, opml.Element("head")!.Element("title")!.Value));
        Assert.Equal(
            ["A & B rss https://blog.example.org/feed.xml https://blog.example.org/", "A & B: x<y> rss https://blog.example.org/feed/tag/x-y.xml https://blog.example.org/"],
            opml.Element("body")!.Elements("outline").Select(o => string.Join(' ', ((string[])["text", "type", "xmlUrl", "htmlUrl"]).Select(name => o.Attribute(name)!.Value))));
    }
}
