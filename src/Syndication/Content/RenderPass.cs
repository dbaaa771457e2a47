using Syndication.Posts;

namespace Syndication.Content;

/// <summary>What the posts of one catalog come out as, looked up and rendered as they are asked for. For any number of threads.</summary>
internal sealed class RenderPass(RenderCache cache, PostCatalog catalog)
{
    private readonly Surroundings _surroundings = new(catalog);

    public PostCatalog Catalog => catalog;

    public KeptRendering Of(Post post) => cache.Get(post, _surroundings);

    /// <summary>The texts of a rendering that <see cref="Of"/> gave.</summary>
    public RenderedPost Read(Post post, KeptRendering rendering) => cache.Read(post, rendering, _surroundings);
}
