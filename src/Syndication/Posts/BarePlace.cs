using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>What the place of a file in a folder without a generator says of the post.</summary>
/// <param name="Folders">The folders above it as they stand in addresses, joined by slashes.</param>
/// <param name="Date">The date that the name begins with, as written; null without one.</param>
/// <param name="Name">The name without date and extension; for an index file its folder's.</param>
internal sealed record BarePlace(string Folders, string? Date, string Name)
{
    /// <param name="path">Below the folder of posts.</param>
    public static BarePlace Of(string path)
    {
        string[] segments = path.Split('/');
        string stem = segments[^1][..^SitePaths.Extension(path).Length];
        string[] folders = segments[..^1];
        if (stem == "index" && folders.Length > 0)
        {
            stem = folders[^1];
            folders = folders[..^1];
        }

        int date = PostName.DateLength(stem);
        string joined = string.Join('/', folders.Select(Slug.Of).Where(f => f.Length > 0));
        return date > 0 && date + 1 < stem.Length
            ? new BarePlace(joined, stem[..date], stem[(date + 1)..])
            : new BarePlace(joined, null, stem);
    }
}

/// <summary>Categories and tags of a post in a folder without a generator.</summary>
internal sealed record BareLabels(ImmutableArray<string> Categories, ImmutableArray<string> Tags)
{
    public static BareLabels Of(PostFields fields) =>
        new(PostLabels.Both(fields, "category", "categories"), PostLabels.Both(fields, "tag", "tags"));
}
