using System.Collections.Immutable;

namespace Syndication.Feeds;

/// <summary>Where a feed's older posts are (RFC 5005, section 4), in each of its formats.</summary>
/// <param name="IsArchive">It is a page that holds the posts of a time that is over.</param>
/// <param name="Previous">The page with the posts before; empty = there is none.</param>
/// <param name="Next">The page with the posts after.</param>
/// <param name="Current">The feed itself, of which this is a page; empty for that feed.</param>
internal sealed record FeedHistory(
    bool IsArchive, ImmutableArray<FeedDefinition> Previous, ImmutableArray<FeedDefinition> Next, ImmutableArray<FeedDefinition> Current)
{
    /// <summary>All that it says, for keys.</summary>
    public string Key => string.Join('\0', Previous.Concat(Next).Concat(Current).Select(page => page.Path).Prepend($"{IsArchive} {Previous.Length} {Next.Length}"));

    /// <summary>The same for one format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="addressOf">The absolute address of a path.</param>
    public FeedLinks In(FeedFormat format, Func<string, Uri> addressOf)
    {
        return new FeedLinks(IsArchive, Of(Previous), Of(Next), Of(Current));

        Uri? Of(ImmutableArray<FeedDefinition> formats) => formats.FirstOrDefault(one => one.Format == format) is FeedDefinition page ? addressOf(page.Path) : null;
    }
}

/// <summary>See <see cref="FeedHistory"/>.</summary>
internal sealed record FeedLinks(bool IsArchive, Uri? Previous, Uri? Next, Uri? Current)
{
    public static FeedLinks None { get; } = new(false, null, null, null);

    /// <summary>Link relations with their targets, in the order in which they are written.</summary>
    public IEnumerable<(string Relation, Uri Address)> All =>
        new[] { ("prev-archive", Previous), ("next-archive", Next), ("current", Current) }.Where(link => link.Item2 is not null).Select(link => (link.Item1, link.Item2!));
}
