namespace Syndication.Posts;

/// <summary>Where a post of a Jekyll site lies.</summary>
/// <param name="InCollections">The path below the collections folder, which is the site's root unless configured.</param>
/// <param name="Above">The folders above _posts or _drafts: categories of the post.</param>
/// <param name="Special">_posts or _drafts, or the folder that the operator named instead.</param>
/// <param name="Entry">The path below that folder.</param>
/// <param name="IsDraft">It lies in _drafts.</param>
internal sealed record JekyllPath(string InCollections, string[] Above, string Special, string Entry, bool IsDraft)
{
    /// <summary>The path taken apart, or null when it lies in no folder of posts.</summary>
    /// <param name="path">Below the site's root, with forward slashes.</param>
    /// <param name="collections">Jekyll's collections_dir with a slash at its end; empty when it is the root.</param>
    /// <param name="postsPrefix">A folder that stands for _posts, with a slash at its end; empty without one.</param>
    public static JekyllPath? Read(string path, string collections, string postsPrefix)
    {
        if (!path.StartsWith(collections, StringComparison.Ordinal))
        {
            return null;
        }

        string below = path[collections.Length..];
        string[] segments = below.Split('/');
        int at = Array.FindIndex(segments, 0, segments.Length - 1, s => s is "_posts" or "_drafts");
        if (at >= 0)
        {
            string entry = string.Join('/', segments[(at + 1)..]);
            return new JekyllPath(below, segments[..at], segments[at], entry, segments[at] == "_drafts");
        }

        return postsPrefix.Length > 0 && path.StartsWith(postsPrefix, StringComparison.Ordinal)
            ? new JekyllPath(below, [], postsPrefix.TrimEnd('/'), path[postsPrefix.Length..], IsDraft: false)
            : null;
    }
}
