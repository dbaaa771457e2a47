using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Whether and where topics of a kind have feeds: what the operator says, else what the replaced tool would do.</summary>
/// <param name="Template">See <see cref="FeedPath"/>.</param>
/// <param name="IsWanted">Null = when there are not too many.</param>
internal sealed record FeedRule(string Template, bool? IsWanted)
{
    public const string On = "on";
    public const string Off = "off";

    /// <summary>The only topics that have feeds, also those without a post; default = all.</summary>
    public ImmutableArray<string> Only { get; init; }

    public ImmutableArray<string> Except { get; init; } = [];

    public static FeedRule Of(SiteDefinition site, FeedKind kind, FeedOptions options)
    {
        FeedRule rule = site.Kind switch
        {
            SiteKind.Jekyll => OfJekyll(site.Configuration.Get("feed") as DataMap ?? DataMap.Empty, kind),
            SiteKind.Hugo => OfHugo(site, kind),
            _ => new FeedRule(PlaceOf(kind), IsWanted: null),
        };
        return options.SettingOf(kind) switch
        {
            null => rule,
            string said when said.Equals(On, StringComparison.OrdinalIgnoreCase) => rule with { IsWanted = true },
            string said when said.Equals(Off, StringComparison.OrdinalIgnoreCase) => rule with { IsWanted = false },
            string template => rule with { IsWanted = true, Template = template },
        };
    }

    /// <summary>What the replaced tool's configuration asks for and is not to be had.</summary>
    public static IEnumerable<Problem> NotKept(SiteDefinition site)
    {
        object? collections = site.Kind == SiteKind.Jekyll ? (site.Configuration.Get("feed") as DataMap)?.Get("collections") : null;
        IEnumerable<string> named = collections is DataMap map ? map.Keys : collections is IReadOnlyList<object?> list ? Texts(list) : [];
        string[] others = [.. named.Where(name => name != "posts")];
        return others.Length == 0 ? [] :
            [Problem.Warning("feed.collections", null, $"of {string.Join(", ", others)} there are no feeds: of a site's collections, posts alone are read", "posts")];
    }

    private static string PlaceOf(FeedKind kind) => $"/feed/{kind.ToString().ToLowerInvariant()}/{FeedPath.Mark}.xml";

    /// <summary>jekyll-feed writes the feeds of the categories that are listed, and those of tags when it is told so.</summary>
    private static FeedRule OfJekyll(DataMap feed, FeedKind kind)
    {
        if (kind == FeedKind.Category)
        {
            object? posts = (feed.Get("collections") as DataMap)?.Get("posts");
            object? listed = (posts as DataMap)?.Get("categories") ?? feed.Get("categories");
            FeedRule rule = new($"/feed/{FeedPath.Mark}.xml", IsWanted: null);
            return listed is IReadOnlyList<object?> names ? rule with { IsWanted = true, Only = Texts(names) } : rule;
        }

        if (kind != FeedKind.Tag)
        {
            return new FeedRule(PlaceOf(kind), IsWanted: null);
        }

        object? tags = feed.Get("tags");
        DataMap said = tags as DataMap ?? DataMap.Empty;
        string template = (said.Get("path") as string ?? "/feed/by_tag/") + FeedPath.Mark + ".xml";
        template = template.StartsWith('/') ? template : "/" + template;
        return new FeedRule(FeedPath.IsTemplate(template) ? template : $"/feed/by_tag/{FeedPath.Mark}.xml", tags is null ? null : tags is not false)
        {
            Only = said.Get("only") is IReadOnlyList<object?> only ? Texts(only) : default,
            Except = said.Get("except") is IReadOnlyList<object?> except ? Texts(except) : [],
        };
    }

    /// <summary>Hugo writes a feed for each term and section, unless it is told not to.</summary>
    private static FeedRule OfHugo(SiteDefinition site, FeedKind kind)
    {
        DataMap configuration = site.Configuration;
        HugoSettings settings = new(site);
        string index = FeedPath.IndexOf(site);
        DataMap taxonomies = configuration.Get("taxonomies") as DataMap ?? DataMap.Empty;
        string? authors = taxonomies.Where(t => t.Key is "author" or "authors").Select(t => t.Value as string ?? t.Key).FirstOrDefault();
        return kind switch
        {
            FeedKind.Tag => Terms(settings.TagKeys[^1]),
            FeedKind.Category => Terms(settings.CategoryKeys[^1]),
            FeedKind.Author when authors is not null => Terms(authors),
            FeedKind.Author => new FeedRule($"/authors/{FeedPath.Mark}{index}", IsWanted: null),
            FeedKind.Section => new FeedRule($"/{FeedPath.Mark}{index}", Writes(configuration, "section")),
            _ => new FeedRule($"/{FeedPath.Mark}{index}", IsWanted: null),
        };

        FeedRule Terms(string taxonomy) => new(Folder(taxonomy) + index, Writes(configuration, "term"));

        // Of the tokens that a term's address may have, all that name it come out as the same.
        string Folder(string taxonomy) => site.PermalinksBySection.GetValueOrDefault(taxonomy)?.Trim('/') is string pattern
            && "/" + pattern.Replace(":slug", FeedPath.Mark, StringComparison.Ordinal).Replace(":title", FeedPath.Mark, StringComparison.Ordinal) is string folder
            && FeedPath.IsTemplate(folder + index) ? folder : $"/{taxonomy}/{FeedPath.Mark}";
    }

    private static bool Writes(DataMap configuration, string kind) => !IsDisabled(configuration, kind) && !IsDisabled(configuration, "rss")
        && ((configuration.Get("outputs") as DataMap)?.Get(kind) is not IReadOnlyList<object?> outputs || Has(outputs, "rss"));

    private static bool IsDisabled(DataMap configuration, string kind) => configuration.Get("disableKinds") is IReadOnlyList<object?> kinds && Has(kinds, kind);

    private static bool Has(IReadOnlyList<object?> names, string name) => names.OfType<string>().Contains(name, StringComparer.OrdinalIgnoreCase);

    private static ImmutableArray<string> Texts(IReadOnlyList<object?> values) =>
        [.. values.Select(value => value switch { string text => text, IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture), _ => "" }).Where(text => text.Length > 0)];
}
