using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Reads author keys: a name, a key of the site's authors, a mapping, or a list of such. Pure.</summary>
internal static class PostAuthors
{
    /// <param name="value">What front matter says.</param>
    /// <param name="site">Knows authors by key.</param>
    public static ImmutableArray<Author> Read(object? value, SiteDefinition site)
    {
        ImmutableArray<Author>.Builder authors = ImmutableArray.CreateBuilder<Author>();
        foreach (object? item in value as IReadOnlyList<object?> ?? [value])
        {
            if (One(item, site) is Author author && !authors.Contains(author))
            {
                authors.Add(author);
            }
        }

        return authors.ToImmutable();
    }

    private static Author? One(object? value, SiteDefinition site) => value switch
    {
        string text when text.Trim() is { Length: > 0 } name => site.Authors.GetValueOrDefault(name) ?? new Author(name),
        DataMap map => Filled(map, "name") is string name
            ? new Author(name, Filled(map, "email"), Filled(map, "uri") ?? Filled(map, "url") ?? Filled(map, "link"))
            : null,
        _ => null,
    };

    private static string? Filled(DataMap map, string key) =>
        map.Get(key) is string text && text.Trim() is { Length: > 0 } filled ? filled : null;
}
