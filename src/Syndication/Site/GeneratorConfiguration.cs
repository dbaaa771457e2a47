using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Syndication.Site;

/// <summary>What a Jekyll or Hugo configuration says of the site; null where it says nothing. Settings overrule it.</summary>
internal sealed record GeneratorConfiguration
{
    /// <summary>The folder with the site's files, relative to the folder of the configuration (Jekyll's source).</summary>
    public string? Source { get; init; }

    /// <summary>The folder with the posts, relative to <see cref="Source"/> (Jekyll's collections_dir, Hugo's contentDir).</summary>
    public string? PostsFolder { get; init; }

    /// <summary>See <see cref="SiteDefinition.Mounts"/>.</summary>
    public ImmutableArray<HugoMount> Mounts { get; init; } = [];

    /// <summary>See <see cref="SiteDefinition.IgnoredFiles"/>.</summary>
    public ImmutableArray<Regex> IgnoredFiles { get; init; } = [];

    /// <summary>Canonical address of the site without Jekyll's baseurl.</summary>
    public Uri? Url { get; init; }

    /// <summary>Jekyll's baseurl: goes behind <see cref="Url"/> or, where there is none, behind the default address.</summary>
    public string? BaseUrl { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Language { get; init; }

    public Author? Author { get; init; }

    public TimeZoneInfo? TimeZone { get; init; }

    public string? Permalink { get; init; }

    public ImmutableDictionary<string, string> PermalinksBySection { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Hugo: the same for languages that have their own, which then are all that they have.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> PermalinksByLanguage { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    public bool? ShowFuture { get; init; }

    public bool? ShowDrafts { get; init; }

    public bool? ShowUnpublished { get; init; }

    public string? ExcerptSeparator { get; init; }

    /// <summary>0 = all.</summary>
    public int? FeedLimit { get; init; }

    /// <summary>Begins with a slash.</summary>
    public string? FeedPath { get; init; }

    public bool? ExcerptOnly { get; init; }
}
