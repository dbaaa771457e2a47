using System.Collections.Immutable;
using Syndication.Posts;

namespace Syndication.Feeds;

/// <summary>A feed that the site offers in all formats, before anything of it is rendered.</summary>
internal sealed record PlannedFeed
{
    public required FeedKind Kind { get; init; }

    /// <summary>The topic's name as its oldest post has it; empty for the site's feed.</summary>
    public required string Name { get; init; }

    /// <summary>The first is the one that stands where the replaced tool's feed stood.</summary>
    public required ImmutableArray<FeedDefinition> Formats { get; init; }

    /// <summary>See <see cref="Feed.Id"/>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The page that shows the same posts.</summary>
    public required Uri Home { get; init; }

    public required FeedLanguage Language { get; init; }

    public required bool ExcerptOnly { get; init; }

    /// <summary>Newest first.</summary>
    public required ImmutableArray<Post> Posts { get; init; }

    /// <summary>Its pages with all posts, the oldest first; empty where it shows all, or is a page itself.</summary>
    public ImmutableArray<PlannedFeed> Archives { get; init; } = [];

    /// <summary>Null where it has no such pages.</summary>
    public FeedHistory? History { get; init; }

    /// <summary>Whether it is one of <see cref="Archives"/>.</summary>
    public bool IsPage => History?.Current.IsEmpty == false;

    /// <summary>Of a page, when its time began: the date of one without posts.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where the page lies that shows people what this feed is, on which a browser lands that opens it.</summary>
    public string Readable => FeedDefinition.ReadablePathOf(Formats);

    /// <summary>The names of its files and of that page, which archive pages have not, below the output folder.</summary>
    public IEnumerable<string> Names => Formats.Select(format => format.Path).Concat(IsPage ? [] : [Readable]).Select(PageNames.Of);

    /// <summary>All that the feed says beside its posts.</summary>
    public string HeadKey => $"{Formats[0]}\0{Id}\0{Title}\0{Description}\0{Home}\0{Language.Tag}\0{ExcerptOnly}{(History is null ? "" : $"\0{History.Key}")}";

    /// <summary>Whether this is the feed at a path, in any of its formats.</summary>
    public bool IsAt(string path) => Formats.Any(format => format.Path == path || format.Key == path);
}
