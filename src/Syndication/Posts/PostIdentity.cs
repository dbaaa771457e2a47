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
/// id by fingerprint, then by slug and date, and takes only an id whose file is gone. Files that were renamed onto each other's
/// names are moved, too. Only then is a new id made.
/// </summary>
internal static class PostIdentity
{
    /// <param name="files">Posts whose file has no id yet in this run, and those whose text is not the one that their path had.</param>
    /// <param name="known">All rows of the store.</param>
    /// <param name="exists">Whether a path's file is there, readable or not.</param>
    /// <param name="wasRefused">
    /// Whether a path was refused an id before: then it is no file that was moved, and takes only what is gone for good.
    /// </param>
    /// <param name="now">The time of the scan: the first-seen date of a new post.</param>
    public static IdentityDecision Decide(
        IEnumerable<Post> files, IReadOnlyCollection<KnownPost> known, Func<string, bool> exists, Func<string, bool> wasRefused, DateTimeOffset now)
    {
        List<Post> open = [.. files.OrderBy(p => p.Path, StringComparer.Ordinal)];
        if (open.Count == 0)
        {
            return new IdentityDecision(ImmutableDictionary<string, IdentityAssignment>.Empty, []);
        }

        Dictionary<string, IdentityAssignment> assigned = new(StringComparer.Ordinal);
        HashSet<string> taken = new(StringComparer.Ordinal);

        // A path that held two posts in its time belongs to the one that is there.
        HashSet<string> paths = open.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        ILookup<string, KnownPost> byPath = known.Where(row => paths.Contains(row.Path)).OrderByDescending(row => row.IsPresent)
            .ToLookup(row => row.Path, StringComparer.Ordinal);
        HashSet<string> exchanged = Exchanged(open, byPath, known.Where(row => !exists(row.Path)));
        Take(post => exchanged.Contains(post.Path) ? [] : byPath[post.Path]);

        List<KnownPost> gone = [.. known.Where(row => !exists(row.Path) || exchanged.Contains(row.Path))];
        ILookup<string, KnownPost> byFingerprint = gone.Where(r => r.Fingerprint.Length > 0).ToLookup(r => r.Fingerprint, StringComparer.Ordinal);
        Take(post => Free(byFingerprint[post.Fingerprint], post).Where(row => row.Slug == post.Slug));
        Take(post => Free(byFingerprint[post.Fingerprint], post).Where(row => SameDay(row, post)));
        Take(post => Free(byFingerprint[post.Fingerprint], post));
        Take(post => byPath[post.Path]);

        ILookup<string, KnownPost> bySlug = gone.ToLookup(row => row.Slug, StringComparer.Ordinal);
        Take(post => Free(bySlug[post.Slug], post).Where(row => SameDay(row, post)));
        Take(post => post.IsUndated ? OnlyOne(Free(bySlug[post.Slug], post).Where(row => row.IsPresent)) : []);

        List<Problem> problems = [];
        Dictionary<string, KnownPost> byId = known.ToDictionary(row => row.Id, StringComparer.Ordinal);
        foreach (Post post in open)
        {
            string id = post.DeclaredId ?? post.DerivedId;
            id = post.DeclaredId is null && IsHeld(id) && post.SecondId is string second && !IsHeld(second) ? second : id;
            KnownPost? holder = byId.GetValueOrDefault(id);
            if (IsHeld(id))
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

        bool IsHeld(string id) => taken.Contains(id) || byId.GetValueOrDefault(id) is { IsPresent: true };

        IEnumerable<KnownPost> Free(IEnumerable<KnownPost> rows, Post post) => wasRefused(post.Path) ? rows.Where(row => !row.IsPresent) : rows;

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
        Earlier = row.Permalink == post.Permalink || !row.Permalink.StartsWith('/') ? row.Earlier
            : [.. row.Earlier.Append(row.Permalink).Where(path => path != post.Permalink).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>
    /// The paths whose text is that of another known file that is gone or in this set, too, and whose own text went on to another
    /// path: renamed in a chain or a circle. A text that was only copied, or written over, does not make one.
    /// </summary>
    private static HashSet<string> Exchanged(List<Post> files, ILookup<string, KnownPost> byPath, IEnumerable<KnownPost> gone)
    {
        Dictionary<string, (string Now, string Before)> texts = files
            .Where(post => byPath[post.Path].FirstOrDefault() is { IsPresent: true })
            .ToDictionary(post => post.Path, post => (post.Fingerprint, byPath[post.Path].First().Fingerprint), StringComparer.Ordinal);
        HashSet<string> exchanged = [.. texts.Where(t => t.Value is { Now.Length: > 0, Before.Length: > 0 } && t.Value.Now != t.Value.Before).Select(t => t.Key)];
        HashSet<string> goneTexts = exchanged.Count == 0 ? [] : [.. gone.Select(row => row.Fingerprint)];
        bool narrower = exchanged.Count > 0;
        while (narrower)
        {
            HashSet<string> arrived = [.. files.Where(p => exchanged.Contains(p.Path) || !texts.ContainsKey(p.Path)).Select(p => p.Fingerprint)];
            HashSet<string> left = [.. exchanged.Select(path => texts[path].Before), .. goneTexts];
            narrower = exchanged.RemoveWhere(path => !arrived.Contains(texts[path].Before) || !left.Contains(texts[path].Now)) > 0;
        }

        return exchanged;
    }

    /// <summary>The only row, or nothing: where two are alike, a guess could be wrong.</summary>
    private static IEnumerable<KnownPost> OnlyOne(IEnumerable<KnownPost> rows) => rows.Take(2).ToArray() is [KnownPost only] ? [only] : [];

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
