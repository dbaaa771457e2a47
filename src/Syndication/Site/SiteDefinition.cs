using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Syndication.Site;

/// <summary>
/// What is known of the site before a post is read: the generator's own configuration, overruled by the settings of
/// <see cref="SiteOptions"/>. Immutable; a changed configuration is a new definition.
/// </summary>
internal sealed record SiteDefinition
{
    public required SiteKind Kind { get; init; }

    /// <summary>The site's folder, absolute; paths of posts, and links to files of the site, are relative to it.</summary>
    public required string Root { get; init; }

    /// <summary>The folder in which posts are looked for, absolute: <see cref="Root"/> or a folder below it.</summary>
    public required string PostsFolder { get; init; }

    /// <summary>Scheme, host and any path prefix (Jekyll's baseurl) of the site; always ends with a slash.</summary>
    public required Uri Url { get; init; }

    /// <summary>True when somebody set <see cref="Url"/>; false when it is the loopback default.</summary>
    public bool HasUrl { get; init; }

    /// <summary>True when Syndication itself serves each post as a page: a bare folder that has no site elsewhere.</summary>
    public bool ServesPages { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>BCP 47 language tag, such as en or pt-BR.</summary>
    public string? Language { get; init; }

    public Author? Author { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The permalink style or template of the generator (Jekyll: pretty, /:year/:title/ …; Hugo: by section), or null for its default.</summary>
    public string? Permalink { get; init; }

    /// <summary>Hugo: permalink templates by section.</summary>
    public ImmutableDictionary<string, string> PermalinksBySection { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Hugo: the same for languages that have their own, which then are all that they have.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> PermalinksByLanguage { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    /// <summary>Hugo: what of the content and the layouts lies elsewhere (module.mounts), the innermost source first.</summary>
    public ImmutableArray<HugoMount> Mounts { get; init; } = [];

    /// <summary>Hugo: absolute paths that one of these matches are no content (ignoreFiles).</summary>
    public ImmutableArray<Regex> IgnoredFiles { get; init; } = [];

    /// <summary>Posts dated in the future are shown at once.</summary>
    public bool ShowFuture { get; init; }

    public bool ShowDrafts { get; init; }

    /// <summary>Jekyll's --unpublished.</summary>
    public bool ShowUnpublished { get; init; }

    /// <summary>The text that ends an excerpt; empty = no excerpt; null = the generator's default.</summary>
    public string? ExcerptSeparator { get; init; }

    /// <summary>Items per feed that the generator's configuration asks for (jekyll-feed's posts_limit, Hugo's services.rss.limit); null = not said; 0 = all.</summary>
    public int? FeedLimit { get; init; }

    /// <summary>Path of the feed that the replaced tool wrote, when configured otherwise than its default (jekyll-feed's feed.path, the baseName of Hugo's RSS); begins with a slash.</summary>
    public string? FeedPath { get; init; }

    /// <summary>Feeds carry excerpts only (jekyll-feed's feed.excerpt_only).</summary>
    public bool ExcerptOnly { get; init; }

    /// <summary>The hubs that the feeds name and that are told of each new version (WebSub).</summary>
    public ImmutableArray<Uri> Hubs { get; init; } = [];

    /// <summary>The generator's whole configuration, for Liquid's site.* and the rules of single stages. Empty for a bare folder.</summary>
    public DataMap Configuration { get; init; } = DataMap.Empty;

    /// <summary>The authors named in _data/authors.yml, by key.</summary>
    public ImmutableDictionary<string, Author> Authors { get; init; } = ImmutableDictionary<string, Author>.Empty;

    /// <summary>Absolute paths of the files this definition was read from; when one changes, the site is read anew.</summary>
    public ImmutableArray<string> ReadFrom { get; init; } = [];
}

/// <summary>Who wrote a post. Name is never empty.</summary>
internal sealed record Author(string Name, string? Email = null, string? Url = null);
