using System.ServiceModel.Syndication;
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
        SyndicationFeed atom = new()
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
        atom.Links.Add(new SyndicationLink(feed.Home, "alternate", null, "text/html", 0));

        // RFC 4287 section 4.1.1: an entry without an author needs one in the feed.
        atom.Authors.Add(Person(feed.Author ?? new Author(feed.Title)));
        FeedXml.Write(stream, writer => new Atom10FeedFormatter(atom).WriteTo(writer));
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
}
