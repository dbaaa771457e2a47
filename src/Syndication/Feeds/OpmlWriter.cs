using System.Xml;

namespace Syndication.Feeds;

/// <summary>Writes the list of all feeds as OPML 2.0, which readers import.</summary>
internal static class OpmlWriter
{
    /// <param name="plan">The feeds; of each the first format is listed.</param>
    /// <param name="addressOf">The absolute address of a path.</param>
    /// <param name="stream">Gets UTF-8 without a byte order mark.</param>
    public static void Write(FeedPlan plan, Func<string, Uri> addressOf, Stream stream) => FeedXml.Write(stream, xml =>
    {
        xml.WriteStartElement("opml");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteStartElement("head");
        xml.WriteElementString("title", plan.Site.Title);
        xml.WriteEndElement();
        xml.WriteStartElement("body");
        foreach (PlannedFeed feed in plan.All)
        {
            WriteOutline(xml, feed, addressOf(feed.Formats[0].Path));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private static void WriteOutline(XmlWriter xml, PlannedFeed feed, Uri address)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("text", feed.Title);
        xml.WriteAttributeString("title", feed.Title);

        // The specification: it stands for every format of feeds.
        xml.WriteAttributeString("type", "rss");
        xml.WriteAttributeString("xmlUrl", address.AbsoluteUri);
        xml.WriteAttributeString("htmlUrl", feed.Home.AbsoluteUri);
        xml.WriteEndElement();
    }
}
