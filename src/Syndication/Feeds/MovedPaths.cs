using System.Collections.Frozen;
using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>What is answered where something was before: pages of posts, by their own word and the store's, and feeds, by the operator's. Pure.</summary>
internal sealed record MovedPaths
{
    public static MovedPaths None { get; } = new();

    /// <summary>The address where it is now, by decoded path below the site's URL; null where it is gone for good.</summary>
    public FrozenDictionary<string, string?> Targets { get; private init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Settings that have no effect.</summary>
    public ImmutableArray<Problem> Problems { get; private init; } = [];

    /// <summary>No path that is a post's or a feed's now is among them, so that nothing is hidden by what was there before.</summary>
    public static MovedPaths Of(PostCatalog catalog, FeedPlan feeds, FeedOptions options)
    {
        ImmutableArray<Post> moved = [.. catalog.Published.Where(post => post.FormerPaths.Any())];
        if (moved.IsEmpty && options.Moved.Count == 0 && options.Retired is null)
        {
            return None;
        }

        string[] permalinks = [.. catalog.Published.Select(post => Uri.UnescapeDataString(post.Permalink))];
        HashSet<string> live = new([.. feeds.Names.Select(name => "/" + name), "/", .. permalinks, .. permalinks.Select(path => "/" + PageNames.Of(path))], StringComparer.Ordinal);
        List<Problem> problems = [];
        Dictionary<string, string?> targets = new(StringComparer.Ordinal);
        foreach ((string setting, string path, string? target) in options.Moved.Select(move => (Setting: nameof(options.Moved), Path: move.Path!, Target: (string?)Absolute(catalog.Site, move.To!)))
            .Concat(options.RetiredPaths.Select(path => (nameof(options.Retired), path, (string?)null))))
        {
            if (live.Contains(Uri.UnescapeDataString(path)))
            {
                problems.Add(Problem.Warning($"Feeds:{setting}", null, $"there is a feed or page at {path}, which is served as before", "a path where nothing is any more"));
            }
            else
            {
                targets[Uri.UnescapeDataString(path)] = target;
            }
        }

        if (!moved.IsEmpty)
        {
            Add(catalog.Site, moved, path => [path], live, targets);
            Add(catalog.Site, moved, Variants, live, targets);
        }

        return new MovedPaths { Targets = targets.ToFrozenDictionary(StringComparer.Ordinal), Problems = [.. problems] };
    }

    /// <summary>Of two posts that were at one path the newer one is meant.</summary>
    private static void Add(
        SiteDefinition site, ImmutableArray<Post> moved, Func<string, string[]> forms, HashSet<string> live, Dictionary<string, string?> targets)
    {
        foreach (Post post in moved)
        {
            string target = SiteUrls.Absolute(site, post.Permalink).AbsoluteUri;
            foreach (string path in post.FormerPaths.Select(Uri.UnescapeDataString).Where(path => !live.Contains(path)).SelectMany(forms).Where(path => !live.Contains(path)))
            {
                targets.TryAdd(path, target);
            }
        }
    }

    /// <summary>How else web servers name the same page.</summary>
    private static string[] Variants(string path) =>
        path.EndsWith('/') ? [path.TrimEnd('/'), path + PageNames.Landing]
        : path.EndsWith("/" + PageNames.Landing, StringComparison.Ordinal) ? [path[..^PageNames.Landing.Length]]
        : Path.HasExtension(path) ? []
        : [path + "/", path + ".html"];

    private static string Absolute(SiteDefinition site, string to) => to.StartsWith('/') ? SiteUrls.Absolute(site, to).AbsoluteUri : (SiteUrls.WithAsciiHost(new Uri(to)) ?? site.Url).AbsoluteUri;
}
