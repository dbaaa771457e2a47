using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>What Hugo's configuration says about paths, languages and dates. Immutable.</summary>
internal sealed class HugoSettings
{
    private static readonly ImmutableArray<string> PublishDateKeys = ["publishdate", "pubdate", "published"];

    public HugoSettings(SiteDefinition site)
    {
        DataMap configuration = site.Configuration;
        KeepCase = configuration.Get("disablePathToLower") is true;
        RemoveAccents = configuration.Get("removePathAccents") is true;
        UglyUrls = configuration.Get("uglyURLs") is true;
        DefaultLanguage = (configuration.Get("defaultContentLanguage") as string ?? "en").ToLowerInvariant();
        DefaultInFolder = configuration.Get("defaultContentLanguageInSubdir") is true;
        Dictionary<string, string?> languages = new(StringComparer.Ordinal) { [DefaultLanguage] = null };
        foreach ((string language, object? value) in configuration.Get("languages") as DataMap ?? DataMap.Empty)
        {
            string? folder = ((value as DataMap)?.Get("contentDir") as string)?.Trim('/', '.');
            languages[language.ToLowerInvariant()] = string.IsNullOrEmpty(folder) ? null : folder + "/";
        }

        Languages = languages;
        IsMultilingual = languages.Count > 1;
        MainSections = Sections(configuration.Get("mainSections") ?? (configuration.Get("params") as DataMap)?.Get("mainSections"));
        DataMap dates = configuration.Get("frontmatter") as DataMap ?? DataMap.Empty;
        ImmutableArray<string> date = [.. PublishDateKeys, "lastmod", "modified"];
        DateKeys = Keys(dates.Get("date"), ["date", .. date], ["date", .. date]);
        PublishKeys = Keys(dates.Get("publishDate"), PublishDateKeys, [.. PublishDateKeys, "date"]);
        ModifiedKeys = Keys(dates.Get("lastmod"), ["lastmod", "modified"], ["lastmod", "modified"]);
        ExpiryKeys = Keys(dates.Get("expiryDate"), ["expirydate", "unpublishdate"], ["expirydate", "unpublishdate"]);
    }

    public bool KeepCase { get; }

    public bool RemoveAccents { get; }

    public bool UglyUrls { get; }

    public string DefaultLanguage { get; }

    /// <summary>The default language too has its folder in addresses.</summary>
    public bool DefaultInFolder { get; }

    /// <summary>Languages in lower case, with the content folder of those that have their own.</summary>
    public IReadOnlyDictionary<string, string?> Languages { get; }

    public bool IsMultilingual { get; }

    /// <summary>The only sections whose pages are posts; empty = all.</summary>
    public ImmutableHashSet<string> MainSections { get; }

    /// <summary>Keys of the date in the order in which they count; ":filename" stands for the date in the file's name.</summary>
    public ImmutableArray<string> DateKeys { get; }

    public ImmutableArray<string> PublishKeys { get; }

    public ImmutableArray<string> ModifiedKeys { get; }

    public ImmutableArray<string> ExpiryKeys { get; }

    /// <summary>
    /// The configured list with :default put in; :git and :fileModTime are left out, since no date of a post is taken from
    /// the working copy.
    /// </summary>
    private static ImmutableArray<string> Keys(object? configured, ImmutableArray<string> own, ImmutableArray<string> defaults) =>
        configured is IReadOnlyList<object?> list
            ? [.. list.OfType<string>().SelectMany(key => key.ToLowerInvariant() switch
            {
                ":default" => defaults,
                ":filename" => [":filename"],
                [':', ..] => [],
                string name => ImmutableArray.Create(name),
            })]
            : own;

    private static ImmutableHashSet<string> Sections(object? value) => value switch
    {
        string one => ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, one),
        IReadOnlyList<object?> list => list.OfType<string>().ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
        _ => [],
    };
}
