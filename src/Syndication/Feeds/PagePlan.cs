using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Which post's page lies where in the output folder, decided before anything is written. Pure.</summary>
internal sealed class PagePlan
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Post> _former = new(StringComparer.Ordinal);
    private readonly ReservedNames _reserved;

    private PagePlan(FeedPlan feeds) => _reserved = new ReservedNames(StringComparer.OrdinalIgnoreCase, feeds.Names);

    /// <summary>Posts that can have no page, and why.</summary>
    public ImmutableArray<Problem> Problems { get; private set; } = [];

    /// <summary>The names of all pages, and of those that lead to them.</summary>
    public IEnumerable<string> Names => _names.Values.Concat(_former.Keys);

    /// <summary>The names under which pages were before and nothing is now, with the post that each leads to.</summary>
    public IEnumerable<KeyValuePair<string, Post>> Former => _former;

    /// <summary>Of two posts with one permalink the older has the page, so that a new post never takes a page away.</summary>
    public static PagePlan Of(PostCatalog catalog, FeedPlan feeds)
    {
        PagePlan plan = new(feeds);
        if (catalog.Site.ServesPages)
        {
            Dictionary<string, Post> owners = new(StringComparer.Ordinal);
            plan.Problems = [.. catalog.Published.Reverse().Select(post => plan.Take(post, owners)).OfType<Problem>()];
            plan.TakeFormer([.. catalog.Published.Where(post => post.FormerPaths.Any() && plan.NameOf(post) is not null)]);
        }

        return plan;
    }

    /// <summary>The name of a post's page below the output folder; null when it has none.</summary>
    public string? NameOf(Post post) => _names.GetValueOrDefault(post.Path);

    /// <summary>Whether a name is that of a feed, of the front page or of the list, or would have to be a folder or a file where one of them is the other.</summary>
    public bool IsReserved(string name) => _reserved.Clashes(name);

    private void TakeFormer(ImmutableArray<Post> moved)
    {
        ReservedNames pages = new(StringComparer.OrdinalIgnoreCase, moved.IsEmpty ? [] : _names.Values);
        foreach ((Post post, string name) in moved.SelectMany(post => post.FormerPaths.Select(path => (post, PageNames.Of(path)))))
        {
            if (PageNames.IsInside(name) && !IsReserved(name) && !pages.Clashes(name))
            {
                _former[name] = post;
                pages.Add(name);
            }
        }
    }

    private Problem? Take(Post post, Dictionary<string, Post> owners)
    {
        string name = PageNames.Of(post.Permalink);
        if (!PageNames.IsInside(name))
        {
            return Problem.Error(post.Path, null, $"the page {post.Permalink} would lie outside of the output folder", "another permalink");
        }

        if (IsReserved(name))
        {
            return Problem.Error(post.Path, null, $"the permalink {post.Permalink} is that of a feed or of the front page, so the post has no page", "another permalink");
        }

        if (!owners.TryAdd(name, post))
        {
            return Problem.Error(
                post.Path, null, $"the permalink {post.Permalink} is that of {owners[name].Path} already, so the post has no page", "a permalink of its own");
        }

        _names[post.Path] = name;
        return null;
    }
}
