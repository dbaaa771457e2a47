using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>All posts of the site at one moment. Immutable; every stage after it reads only this.</summary>
internal sealed class PostCatalog
{
    private readonly Dictionary<string, Post> _byPath;

    public PostCatalog(SiteDefinition site, ImmutableArray<Post> published)
    {
        Site = site;
        Published = published;
        _byPath = published.ToDictionary(p => p.Path, StringComparer.Ordinal);
    }

    public SiteDefinition Site { get; }

    /// <summary>Posts that are to be seen now, newest first; of the same date, by path from the last to the first.</summary>
    public ImmutableArray<Post> Published { get; }

    /// <summary>The published post of this file (path below the site's root, forward slashes), or null.</summary>
    public Post? Find(string path) => _byPath.GetValueOrDefault(path);
}
