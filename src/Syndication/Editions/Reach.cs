using System.Collections.Immutable;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>How many readers a post that is not released yet will have. Pure.</summary>
/// <param name="AtOnce">Readers of each post.</param>
/// <param name="InDigests">Readers who get it with a digest.</param>
/// <param name="All">All active readers of the newsletter.</param>
internal sealed record Reach(long AtOnce, long InDigests, long All)
{
    /// <param name="groups">The newsletter's active readers.</param>
    /// <param name="topics">The post's, as its release will have them.</param>
    /// <param name="at">When it is released.</param>
    public static Reach Of(ImmutableArray<ReaderGroup> groups, ImmutableArray<string> topics, DateTimeOffset at)
    {
        Release release = new(1, "", at, topics);
        ReaderGroup[] reached = [.. groups.Where(g => Selection.For(ReaderOf(g), 0, new HashSet<long>(), [release], release.Number, at, new HashSet<long>()) is { IsEmpty: false })];
        long atOnce = reached.Where(g => g.Cadence == Cadence.EachPost).Sum(g => g.Readers);
        return new Reach(atOnce, reached.Sum(g => g.Readers) - atOnce, groups.Sum(g => g.Readers));
    }

    /// <summary>Whoever is active now subscribed before anything that is released later.</summary>
    private static Subscription ReaderOf(ReaderGroup group) => new()
    {
        Id = 0,
        SubscriberId = 0,
        Newsletter = "",
        Cadence = group.Cadence,
        Since = DateTimeOffset.MinValue,
        Topics = group.Topics,
        Pauses = group.Pauses,
    };
}
