using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>A language as a site's feeds have it.</summary>
/// <param name="Folder">What the paths of its feeds begin with: empty, or a slash and a folder.</param>
/// <param name="Tag">BCP 47; null = not known.</param>
/// <param name="Title">What the site is called in it.</param>
internal sealed record FeedLanguage(string Folder, string? Tag, string Title);

/// <summary>
/// The languages whose posts have feeds of their own for all that a site has feeds for. Only Hugo keeps languages apart so; elsewhere
/// there is one. Immutable.
/// </summary>
internal sealed class FeedLanguages
{
    private readonly ImmutableDictionary<string, FeedLanguage> _others = ImmutableDictionary<string, FeedLanguage>.Empty;
    private readonly string _default = "";

    public FeedLanguages(SiteDefinition site)
    {
        string title = FeedBuilder.TitleOf(site);
        Main = new FeedLanguage("", site.Language, title);
        if (site.Kind != SiteKind.Hugo || new HugoSettings(site) is not { IsMultilingual: true } hugo)
        {
            return;
        }

        DataMap configured = site.Configuration.Get("languages") as DataMap ?? DataMap.Empty;
        _default = hugo.DefaultLanguage;
        Main = Main with { Folder = hugo.DefaultInFolder ? "/" + _default : "" };
        _others = hugo.Languages.Keys.Where(key => key != _default).ToImmutableDictionary(key => key, key =>
        {
            DataMap own = configured.Get(key) as DataMap ?? DataMap.Empty;
            return new FeedLanguage("/" + key, own.Get("languageCode") as string ?? key,
                XmlText.CleanLine(own.Get("title") as string ?? "") is { Length: > 0 } called ? called : title);
        });
    }

    /// <summary>The site's own.</summary>
    public FeedLanguage Main { get; }

    public bool AreApart => !_others.IsEmpty;

    public FeedLanguage Of(Post post) => _others.GetValueOrDefault(KeyOf(post) ?? "") ?? Main;

    /// <summary>The name of a post's language; null when it has none.</summary>
    public string? KeyOf(Post post) => post.Language ?? (AreApart ? _default : Main.Tag);

    /// <summary>The posts of the site's feed: where the main language has no folder of its own, those in it alone.</summary>
    public ImmutableArray<Post> OfSite(ImmutableArray<Post> posts) =>
        AreApart && Main.Folder.Length == 0 ? [.. posts.Where(post => Of(post) == Main)] : posts;
}
