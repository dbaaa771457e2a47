using System.Collections.Immutable;

namespace Syndication.Posts;

/// <summary>A post that gets the id by which readers know it from an earlier feed.</summary>
/// <param name="Post">The post, with the id that it has without this.</param>
/// <param name="Row">What the store is to keep of it.</param>
internal sealed record IdChange(Post Post, KnownPost Row);

/// <summary>Which ids of an earlier feed are kept, decided before anything is written.</summary>
internal sealed record IdImport
{
    /// <summary>The longest id that is kept: every engine can look it up.</summary>
    public const int LongestId = 1000;

    /// <summary>Posts of which the store knows nothing yet.</summary>
    public required ImmutableArray<IdChange> Kept { get; init; }

    /// <summary>Posts that the store knows by another id: readers of our own feeds may know that one.</summary>
    public required ImmutableArray<IdChange> Changed { get; init; }

    /// <summary>How many posts have the id of the feed without this.</summary>
    public required int AlreadySo { get; init; }

    public required ImmutableArray<EarlierEntry> WithoutPost { get; init; }

    /// <summary>Entries whose id no post can take, and why.</summary>
    public required ImmutableArray<(EarlierEntry Entry, string Why)> Refused { get; init; }

    /// <param name="entries">The entries of the earlier feed, in its order: of two for one post the first counts.</param>
    /// <param name="site">The site's address.</param>
    /// <param name="posts">All posts, each with the id that it has or would get.</param>
    /// <param name="known">What the store keeps.</param>
    /// <param name="rows">What it would keep of posts that are new or changed.</param>
    public static IdImport Plan(
        IEnumerable<EarlierEntry> entries, Uri site, IReadOnlyCollection<Post> posts, IReadOnlyCollection<KnownPost> known, IEnumerable<KnownPost> rows)
    {
        PostsByLink links = new(site, posts);
        List<EarlierEntry> without = [];
        List<(EarlierEntry Entry, string Why)> refused = [];
        Dictionary<Post, EarlierEntry> wanted = new(ReferenceEqualityComparer.Instance);
        foreach (EarlierEntry entry in entries)
        {
            ImmutableArray<Post> found = links.Find(entry);
            string? why = found.IsEmpty ? null
                : found.Length > 1 ? $"may be {found[0].Path} or {found[1].Path}"
                : entry.Id.Length > LongestId || entry.Id.Any(char.IsControl) ? $"has an id that is longer than {LongestId} characters, or not text"
                : !wanted.TryAdd(found[0], entry) && wanted[found[0]].Id != entry.Id ? $"is {found[0].Path}, which another entry gave an id already"
                : null;
            if (found.IsEmpty)
            {
                without.Add(entry);
            }
            else if (why is not null)
            {
                refused.Add((entry, why));
            }
        }

        HashSet<string> gone = [.. known.Select(row => row.Id).Except(posts.Select(post => post.Id))];
        foreach ((Post post, EarlierEntry entry) in wanted.Where(w => gone.Contains(w.Value.Id)).ToList())
        {
            refused.Add((entry, "has the id of a post that was here before, and may come back"));
            wanted.Remove(post);
        }

        RefuseDoubles(posts, wanted, refused);
        Dictionary<string, KnownPost> byId = known.Concat(rows).GroupBy(row => row.Id, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
        HashSet<string> stored = known.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        ILookup<bool, IdChange> changes = wanted.Where(w => w.Value.Id != w.Key.Id)
            .Select(w => new IdChange(w.Key, byId[w.Key.Id] with { Id = w.Value.Id }))
            .OrderBy(change => change.Post.Path, StringComparer.Ordinal)
            .ToLookup(change => stored.Contains(change.Post.Id));
        return new IdImport
        {
            Kept = [.. changes[false]],
            Changed = [.. changes[true]],
            AlreadySo = wanted.Count(w => w.Value.Id == w.Key.Id),
            WithoutPost = [.. without],
            Refused = [.. refused],
        };
    }

    /// <summary>Takes back what would give two posts one id, until no two have.</summary>
    private static void RefuseDoubles(IReadOnlyCollection<Post> posts, Dictionary<Post, EarlierEntry> wanted, List<(EarlierEntry Entry, string Why)> refused)
    {
        bool isSettled = false;
        while (!isSettled)
        {
            Dictionary<string, Post> holders = new(StringComparer.Ordinal);
            isSettled = true;

            // Who has an id without this keeps it; of others the first by path gets it.
            foreach (Post post in posts.OrderBy(p => wanted.ContainsKey(p) && wanted[p].Id != p.Id).ThenBy(p => p.Path, StringComparer.Ordinal))
            {
                string id = wanted.TryGetValue(post, out EarlierEntry? entry) ? entry.Id : post.Id;
                if (!holders.TryAdd(id, post) && entry is not null)
                {
                    refused.Add((entry, $"has the id of {holders[id].Path}"));
                    wanted.Remove(post);
                    isSettled = false;
                }
            }
        }
    }

    /// <summary>Finds posts by links to their pages, where these are or once were.</summary>
    private sealed class PostsByLink
    {
        private readonly Uri _site;
        private readonly ILookup<string, Post> _current;
        private readonly ILookup<string, Post> _former;

        public PostsByLink(Uri site, IReadOnlyCollection<Post> posts)
        {
            _site = site;
            _current = posts.ToLookup(post => LinkPath.Key(post.Permalink), StringComparer.Ordinal);
            _former = posts.SelectMany(post => post.FormerPaths.Select(path => (Key: LinkPath.Key(path), Post: post))).ToLookup(f => f.Key, f => f.Post, StringComparer.Ordinal);
        }

        /// <summary>The posts that an entry may be: one at best.</summary>
        public ImmutableArray<Post> Find(EarlierEntry entry)
        {
            string[] keys = entry.Link is null ? [] : [.. LinkPath.Of(entry.Link, _site)];
            foreach (ILookup<string, Post> pages in (ILookup<string, Post>[])[_current, _former])
            {
                if (keys.FirstOrDefault(pages.Contains) is string key)
                {
                    Post[] found = [.. pages[key].Distinct()];
                    Post[] exact = [.. found.Where(post => entry.Link!.EndsWith(post.Permalink, StringComparison.Ordinal))];
                    return [.. exact.Length == 1 ? exact : found];
                }
            }

            return [];
        }
    }
}
