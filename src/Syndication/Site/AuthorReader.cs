using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>Reads who writes the site, as generators' configuration and Jekyll's _data/authors name them.</summary>
internal static class AuthorReader
{
    /// <summary>All authors of a data file, by key. A name that is missing is the key.</summary>
    public static ImmutableDictionary<string, Author> All(ConfigurationValues values)
    {
        ImmutableDictionary<string, Author>.Builder authors = ImmutableDictionary.CreateBuilder<string, Author>();
        foreach (string key in values.Keys)
        {
            if (Read(values, key, ImmutableDictionary<string, Author>.Empty, nameless: key) is Author author)
            {
                authors[key] = author;
            }
        }

        return authors.ToImmutable();
    }

    /// <summary>The author under a key: a name, the key of a known author, or a mapping with name, email and url.</summary>
    public static Author? Read(ConfigurationValues values, string key, ImmutableDictionary<string, Author> known, string? nameless = null)
    {
        if (values.Raw(key) is DataMap)
        {
            ConfigurationValues fields = values.Below(key);
            string? name = fields.Text("name") ?? nameless;
            return name is null ? null : new Author(name, fields.Text("email"), Url(fields, "url") ?? Url(fields, "uri"));
        }

        return values.Text(key) is string text ? known.GetValueOrDefault(text) ?? new Author(text) : null;
    }

    /// <summary>The author with an address that is a path of the site made absolute.</summary>
    public static Author WithAbsoluteUrl(Author author, Uri root) =>
        author.Url is string url && url.StartsWith('/') ? author with { Url = SiteUrls.Absolute(root, url).AbsoluteUri } : author;

    private static string? Url(ConfigurationValues fields, string key)
    {
        string? url = fields.Text(key);
        return url is null || url.StartsWith('/') || SiteUrls.IsSafe(url)
            ? url
            : fields.Wrong<string>(key, "an http, https or mailto address, or a path of the site");
    }
}
