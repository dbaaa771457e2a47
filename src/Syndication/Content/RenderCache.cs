using System.Collections.Concurrent;
using Syndication.Posts;

namespace Syndication.Content;

/// <summary>Remembers what was made of posts, so that a change to one renders one. Safe for any number of threads.</summary>
internal sealed class RenderCache
{
    private readonly ConcurrentDictionary<(string Path, string CacheKey, string Permalink), RenderedPost> _rendered = new();

    public RenderedPost Get(PostRenderer renderer, Post post, PostCatalog catalog) =>
        _rendered.GetOrAdd((post.Path, post.CacheKey, post.Permalink), static (_, with) => with.renderer.Render(with.post, with.catalog), (renderer, post, catalog));

    /// <summary>Forgets all posts but these.</summary>
    public void Keep(IEnumerable<Post> posts)
    {
        HashSet<(string, string, string)> kept = [.. posts.Select(p => (p.Path, p.CacheKey, p.Permalink))];
        foreach ((string, string, string) key in _rendered.Keys.Where(key => !kept.Contains(key)))
        {
            _rendered.TryRemove(key, out _);
        }
    }
}
