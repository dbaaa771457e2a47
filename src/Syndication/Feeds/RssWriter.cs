using System.Collections.Immutable;
using System.Globalization;
using System.ServiceModel.Syndication;
using System.Xml;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Writes a feed as RSS 2.0 with content:encoded, dc:creator and atom:link (RSS Advisory Board profile 1.0).</summary>
internal static class RssWriter
{
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";
    private const string ContentNamespace = "http://purl.org/rss/1.0/modules/content/";
    private const string DublinCoreNamespace = "http://purl.org/dc/elements/1.1/";

    /// <param name="feed">What to write.</param>
    /// <param name="self">The feed's own URL.</param>
    /// <param name="stream">Gets UTF-8 without a byte order mark.</param>
    public static void Write(Feed feed, Uri self, Stream stream)
    {
        Channel channel = new(self, feed.Links, feed.Hubs)
        {
            Title = new TextSyndicationContent(feed.Title),
            Description = new TextSyndicationContent(feed.Description),
            Language = feed.Language,
            LastUpdatedTime = feed.Updated?.ToUniversalTime() ?? default,
            Generator = FeedXml.Generator,
            Items = feed.Items.Select(item => Item(item, feed.Author)),
        };
        channel.Links.Add(SyndicationLink.CreateAlternateLink(feed.Home));
        FeedXml.Write(stream, output =>
        {
            using Writer writer = new(output);
            new Rss20FeedFormatter(channel, serializeExtensionsAsAtom: false).WriteTo(writer);
        });
    }

    private static Entry Item(FeedItem item, Author? siteAuthor)
    {
        Entry entry = new(item, item.Authors.IsEmpty ? siteAuthor : null)
        {
            Id = item.Id,
            Title = new TextSyndicationContent(item.Title.Length > 0 ? item.Title : null),
            PublishDate = item.Published.ToUniversalTime(),

            // Readers take an item's description for HTML, as the specification says.
            Summary = item.Summary is null ? null : new TextSyndicationContent(XmlText.AsHtml(item.Summary)),
        };
        entry.Links.Add(SyndicationLink.CreateAlternateLink(item.Url));
        foreach (string tag in item.Tags)
        {
            entry.Categories.Add(new SyndicationCategory(tag));
        }

        return entry;
    }

    private sealed class Channel(Uri self, FeedLinks links, ImmutableArray<Uri> hubs) : SyndicationFeed
    {
        protected override void WriteElementExtensions(XmlWriter writer, string version)
        {
            foreach ((string relation, Uri address) in links.All.Prepend(("self", self)))
            {
                WriteLink(writer, relation, address, "application/rss+xml");
            }

            foreach (Uri hub in hubs)
            {
                WriteLink(writer, "hub", hub, type: null);
            }

            if (links.IsArchive)
            {
                FeedXml.WriteArchive(writer);
            }
        }

        private static void WriteLink(XmlWriter writer, string relation, Uri address, string? type)
        {
            writer.WriteStartElement("atom", "link", AtomNamespace);
            writer.WriteAttributeString("href", address.AbsoluteUri);
            writer.WriteAttributeString("rel", relation);
            if (type is not null)
            {
                writer.WriteAttributeString("type", type);
            }

            writer.WriteEndElement();
        }
    }

    private sealed class Entry(FeedItem item, Author? siteAuthor) : SyndicationItem
    {
        protected override void WriteElementExtensions(XmlWriter writer, string version)
        {
            foreach (Author author in item.Authors.IsEmpty && siteAuthor is not null ? [siteAuthor] : item.Authors)
            {
                writer.WriteElementString("dc", "creator", DublinCoreNamespace, author.Name);
            }

            if (item.Html.Length > 0)
            {
                writer.WriteElementString("content", "encoded", ContentNamespace, item.Html);
            }
        }
    }

    /// <summary>Declares all prefixes once, writes &lt; and &amp; of plain text as hexadecimal references, and dates with GMT, as the profile asks.</summary>
    private sealed class Writer(XmlWriter output) : ForwardingXmlWriter(output)
    {
        private const int ChannelsChildren = 3;

        private string _element = "";
        private int _depth;

        public override void WriteStartElement(string? prefix, string localName, string? ns)
        {
            base.WriteStartElement(prefix, localName, ns);
            _element = string.IsNullOrEmpty(ns) || ns == DublinCoreNamespace ? localName : "";
            if (_depth++ == 0)
            {
                base.WriteAttributeString("xmlns", "atom", null, AtomNamespace);
                base.WriteAttributeString("xmlns", "content", null, ContentNamespace);
                base.WriteAttributeString("xmlns", "dc", null, DublinCoreNamespace);
            }
        }

        public override void WriteEndElement()
        {
            _element = "";
            _depth--;
            base.WriteEndElement();
        }

        public override void WriteString(string? text)
        {
            if (text is not null && (_element is "title" or "category" or "creator" || (_element == "description" && _depth == ChannelsChildren)))
            {
                base.WriteRaw(text.Replace("&", "&#x26;", StringComparison.Ordinal).Replace("<", "&#x3C;", StringComparison.Ordinal)
                    .Replace(">", "&#x3E;", StringComparison.Ordinal));
            }
            else if (text is not null && _element is "pubDate" or "lastBuildDate"
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset date))
            {
                base.WriteString(date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
            }
            else
            {
                base.WriteString(text);
            }
        }
    }
}
