using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>
/// The order of posts in feeds: newest first, and posts of one moment as the replaced tool has them, so that a feed that ends among
/// them ends with the same ones. Pure.
/// </summary>
internal static class FeedOrder
{
    /// <param name="kind">Of the site.</param>
    /// <param name="posts">Newest first, those of one moment by their paths, the last first.</param>
    public static ImmutableArray<Post> Of(SiteKind kind, ImmutableArray<Post> posts)
    {
        if (kind == SiteKind.Bare)
        {
            return posts;
        }

        Post[] ordered = [.. posts];
        for (int from = 0, to; from < ordered.Length; from = to)
        {
            to = from + 1;
            while (to < ordered.Length && ordered[to].Date == ordered[from].Date)
            {
                to++;
            }

            // Jekyll sorts the newest first by date, and turns them round; Hugo goes by the title.
            if (to - from > 1)
            {
                Array.Reverse(ordered, from, to - from);
                if (kind == SiteKind.Hugo)
                {
                    ordered.AsSpan(from, to - from).Sort((one, other) =>
                        string.Compare(one.Title, other.Title, StringComparison.OrdinalIgnoreCase) is not 0 and int titles ? titles : string.CompareOrdinal(one.Path, other.Path));
                }
            }
        }

        return ImmutableArray.Create(ordered);
    }
}
