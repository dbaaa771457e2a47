using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Which id a post's file has.</summary>
/// <param name="Row">What the store is to keep from now on.</param>
/// <param name="FromPath">The path at which the post was before, when it moved; else null.</param>
internal sealed record IdentityAssignment(KnownPost Row, string? FromPath);

/// <param name="ByPath">The posts that have an id, by path.</param>
/// <param name="Problems">Files that cannot have one, and ids that are not heeded.</param>
internal sealed record IdentityDecision(IReadOnlyDictionary<string, IdentityAssignment> ByPath, ImmutableArray<Problem> Problems);

/// <summary>
/// Decides a post's identity once. A file keeps the id of its path; a file moved, renamed or given another permalink keeps its
/// id by fingerprint, then by slug and date, and takes only an id whose file is gone. Only then is a new id made.
/// </summary>
internal static class PostIdentity
{
    /// <param name="newcomers">Posts whose file has no id yet in this run.</param>
    /// <param name="known">All rows of the store.</param>
    /// <param name="exists">Whether a path's file is there, readable or not.</param>
    /// <param name="now">The time of the scan: the first-seen date of a new post.</param>
    public static IdentityDecision Decide(
        IEnumerable<Post> newcomers, IReadOnlyCollection<KnownPost> known, Func<string, bool> exists, DateTimeOffset now)
    {
        List<Post> open = [.. newcomers.OrderBy(p => p.Path, StringComparer.Ordinal)];
        if (open.Count == 0)
        {
            return new IdentityDecision(ImmutableDictionary<string, IdentityAssignment>.Empty, []);
        }

        Dictionary<string, IdentityAssignment> assigned = new(StringComparer.Ordinal);
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<KnownPost> gone = [.. known.Where(row => !exists(row.Path))];

        // A path that held two posts in its time belongs to the one that is there.
        HashSet<string> paths = open.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        ILookup<string, KnownPost> byPath = known.Where(row => paths.Contains(row.Path)).OrderByDescending(row => row.IsPresent)
            .ToLookup(row => row.Path, StringComparer.Ordinal);
        Take(post => byPath[post.Path]);

        ILookup<string, KnownPost> byFingerprint = gone.Where(r => r.Fingerprint.Length > 0).ToLookup(r => r.Fingerprint, StringComparer.Ordinal);
        Take(post => byFingerprint[post.Fingerprint].Where(row => row.Slug == post.Slug));
        Take(post => byFingerprint[post.Fingerprint].Where(row => SameDay(row, post)));
        Take(post => byFingerprint[post.Fingerprint]);

        ILookup<string, KnownPost> bySlug = gone.ToLookup(row => row.Slug, StringComparer.Ordinal);
        Take(post => bySlug[post.Slug].Where(row => SameDay(row, post)));

        List<Problem> problems = [];
        Dictionary<string, KnownPost> byId = known.ToDictionary(row => row.Id, StringComparer.Ordinal);
        foreach (Post post in open)
        {
            string id = post.DeclaredId ?? post.DerivedId;
            KnownPost? holder = byId.GetValueOrDefault(id);
            if (taken.Contains(id) || (holder is not null && exists(holder.Path)))
            {
                string other = assigned.FirstOrDefault(a => a.Value.Row.Id == id).Key ?? holder!.Path;
                problems.Add(Problem.Error(
                    post.Path, post.FrontMatter.LineOf("id") ?? post.FrontMatter.LineOf("guid"), $"has the id of {other}, which stays: {id}",
                    "an id, permalink or file name of its own"));
            }
            else
            {
                Assign(post, holder ?? New(post, id, now));
            }
        }

        return new IdentityDecision(assigned, [.. problems]);

        void Take(Func<Post, IEnumerable<KnownPost>> candidates)
        {
            foreach (Post post in open.ToArray())
            {
                if (candidates(post).FirstOrDefault(row => !taken.Contains(row.Id)) is KnownPost row)
                {
                    Assign(post, row);
                    open.Remove(post);
                }
            }
        }

        void Assign(Post post, KnownPost row)
        {
            taken.Add(row.Id);
            assigned[post.Path] = new IdentityAssignment(Follow(row, post), row.Path == post.Path ? null : row.Path);
        }
    }

    /// <summary>The row as it is to be kept for the post as it now is; the id, the first-seen date and an undated post's date stay.</summary>
    public static KnownPost Follow(KnownPost row, Post post) => row with
    {
        Path = post.Path,
        Permalink = post.Permalink,
        Slug = post.Slug,
        Fingerprint = post.Fingerprint,
        Date = post.IsUndated ? row.Date : post.Date,
        IsPresent = true,
    };

    private static KnownPost New(Post post, string id, DateTimeOffset now) => new()
    {
        Id = id,
        Path = post.Path,
        Permalink = post.Permalink,
        Slug = post.Slug,
        Fingerprint = post.Fingerprint,
        FirstSeen = now,
        Date = post.Date,
        IsPresent = true,
    };

    private static bool SameDay(KnownPost row, Post post) => row.Date.ToOffset(post.Date.Offset).Date == post.Date.Date;
}
