using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Writes a feed as Atom 1.0 (RFC 4287).</summary>
internal static class AtomWriter
{
    /// <param name="feed">What to write.</param>
    /// <param name="self">The feed's own URL.</param>
    /// <param name="stream">Gets UTF-8 without a byte order mark.</param>
    public static void Write(Feed feed, Uri self, Stream stream)
    {
        History atom = new(feed.Links.IsArchive)
        {
            Id = feed.Id,
            Title = new TextSyndicationContent(feed.Title),
            Description = new TextSyndicationContent(feed.Description),
            Language = feed.Language,
            LastUpdatedTime = feed.Updated ?? DateTimeOffset.UnixEpoch,
            Generator = FeedXml.Generator,
            Items = feed.Items.Select(Item),
        };
        atom.Links.Add(new SyndicationLink(self, "self", null, "application/atom+xml", 0));
        foreach (Uri hub in feed.Hubs)
        {
            atom.Links.Add(new SyndicationLink(hub, "hub", null, null, 0));
        }

        atom.Links.Add(new SyndicationLink(feed.Home, "alternate", null, "text/html", 0));

        foreach ((string relation, Uri address) in feed.Links.All)
        {
            atom.Links.Add(new SyndicationLink(address, relation, null, "application/atom+xml", 0));
        }

        // RFC 4287 section 4.1.1: an entry without an author needs one in the feed.
        atom.Authors.Add(Person(feed.Author ?? new Author(feed.Publisher)));
        FeedXml.Write(stream, output =>
        {
            using Writer writer = new(output);
            new Formatter(atom).WriteTo(writer);
        });
    }

    /// <summary>
    /// RFC 3339 with a fraction of the second made of the id: two entries of one feed with the same atom:updated, as posts of one day have
    /// it, are a warning of the W3C's validator, and what one post has must not depend on the others.
    /// </summary>
    internal static string Updated(string id, DateTimeOffset updated)
    {
        const int microseconds = 1_000_000;
        uint fraction = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) % microseconds;
        return string.Create(CultureInfo.InvariantCulture, $"{updated:yyyy-MM-dd'T'HH:mm:ss}.{fraction:D6}{(updated.Offset == TimeSpan.Zero ? "Z" : updated.ToString("zzz", CultureInfo.InvariantCulture))}");
    }

    private static SyndicationItem Item(FeedItem item)
    {
        SyndicationItem entry = new()
        {
            Id = item.Id,
            Title = new TextSyndicationContent(item.Title),
            PublishDate = item.Published,
            LastUpdatedTime = item.Updated,
            Content = new TextSyndicationContent(item.Html, TextSyndicationContentKind.Html),
            Summary = item.Summary is null ? null : new TextSyndicationContent(item.Summary),
        };
        entry.Links.Add(new SyndicationLink(item.Url, "alternate", null, "text/html", 0));
        if (item.Language is not null)
        {
            entry.AttributeExtensions.Add(new XmlQualifiedName("lang", "http://www.w3.org/XML/1998/namespace"), item.Language);
        }

        foreach (Author author in item.Authors)
        {
            entry.Authors.Add(Person(author));
        }

        foreach (string tag in item.Tags)
        {
            entry.Categories.Add(new SyndicationCategory(tag));
        }

        return entry;
    }

    private static SyndicationPerson Person(Author author) => new(author.Email, author.Name, author.Url);

    /// <summary>A feed that may be an archive page.</summary>
    private sealed class History(bool isArchive) : SyndicationFeed
    {
        protected override void WriteElementExtensions(XmlWriter writer, string version)
        {
            if (isArchive)
            {
                FeedXml.WriteArchive(writer);
            }
        }
    }

    private sealed class Formatter(SyndicationFeed feed) : Atom10FeedFormatter(feed)
    {
        protected override void WriteItem(XmlWriter writer, SyndicationItem item, Uri feedBaseUri)
        {
            ((Writer)writer).Updated = AtomWriter.Updated(item.Id, item.LastUpdatedTime);
            base.WriteItem(writer, item, feedBaseUri);
        }
    }

    /// <summary>Writes what an entry's atom:updated is to be.</summary>
    private sealed class Writer(XmlWriter output) : ForwardingXmlWriter(output)
    {
        private bool _isUpdated;

        /// <summary>The text of the next entry's atom:updated; null while the feed itself is written.</summary>
        public string? Updated { get; set; }

        public override void WriteStartElement(string? prefix, string localName, string? ns)
        {
            base.WriteStartElement(prefix, localName, ns);
            _isUpdated = localName == "updated";
        }

        public override void WriteEndElement()
        {
            _isUpdated = false;
            base.WriteEndElement();
        }

        public override void WriteString(string? text) => base.WriteString(_isUpdated && Updated is not null ? Updated : text);
    }
}
