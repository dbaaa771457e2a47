using System.Runtime.CompilerServices;
using Syndication.Posts;

namespace Syndication.Content.Liquid;

/// <summary>The published posts by the names that post_url knows them by: [folder/]date-title, without extension.</summary>
internal sealed class PostNames
{
    private static readonly ConditionalWeakTable<PostCatalog, PostNames> OfCatalogs = [];

    private readonly Dictionary<string, Post> _byName = new(StringComparer.Ordinal);

    private PostNames(PostCatalog catalog)
    {
        foreach (Post post in catalog.Published)
        {
            string path = post.Path.Replace("_posts/", "", StringComparison.Ordinal);
            int dot = path.LastIndexOf('.');
            string name = dot > path.LastIndexOf('/') ? path[..dot] : path;
            _byName.TryAdd(name, post);
            _byName.TryAdd(name[(name.LastIndexOf('/') + 1)..], post);
        }
    }

    public static PostNames Of(PostCatalog catalog) => OfCatalogs.GetValue(catalog, c => new PostNames(c));

    public Post? Find(string name) => _byName.GetValueOrDefault(name.TrimStart('/'));
}
