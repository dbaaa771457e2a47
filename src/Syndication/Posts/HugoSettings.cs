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
        string[] disabled = [.. DataMap.TextsOf(configuration.Get("disableLanguages")).Select(name => name.ToLowerInvariant())];
        Dictionary<string, string?> languages = new(StringComparer.Ordinal) { [DefaultLanguage] = null };
        foreach ((string language, object? value) in configuration.Get("languages") as DataMap ?? DataMap.Empty)
        {
            string name = language.ToLowerInvariant();
            languages[name] = Folder((value as DataMap)?.Get("contentDir"));
            if ((value as DataMap)?.Get("disabled") is true || disabled.Contains(name))
            {
                DisabledLanguages = DisabledLanguages.Add(name);
            }
        }

        Languages = languages;
        ContentFolder = Folder(configuration.Get("contentDir")) ?? "content/";
        IsMultilingual = languages.Count - DisabledLanguages.Count > 1;
        object? sections = configuration.Get("mainSections") ?? (configuration.Get("params") as DataMap)?.Get("mainSections");
        MainSections = DataMap.TextsOf(sections).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        (TagKeys, CategoryKeys) = Labels(configuration.Get("taxonomies") as DataMap ?? DataMap.Empty);
        DataMap dates = configuration.Get("frontmatter") as DataMap ?? DataMap.Empty;
        ImmutableArray<string> date = [.. PublishDateKeys, "lastmod", "modified"];
        DateKeys = Keys(dates.Get("date"), ["date", .. date], ["date", .. date]);
        PublishKeys = Keys(dates.Get("publishDate"), PublishDateKeys, [.. PublishDateKeys, "date"]);
        ModifiedKeys = Keys(dates.Get("lastmod"), ["lastmod", "modified"], ["lastmod", "modified"]);
        AsksForCommits = AsksGit(configuration, dates.Get("date"));
        ExpiryKeys = Keys(dates.Get("expiryDate"), ["expirydate", "unpublishdate"], ["expirydate", "unpublishdate"]);
    }

    public bool KeepCase { get; }

    public bool RemoveAccents { get; }

    /// <summary>A name as a part of an address.</summary>
    public string PathOf(string name) => Slug.HugoPath(name, KeepCase, RemoveAccents);

    public bool UglyUrls { get; }

    public string DefaultLanguage { get; }

    /// <summary>The default language too has its folder in addresses.</summary>
    public bool DefaultInFolder { get; }

    /// <summary>Languages in lower case, with the content folder of those that have their own.</summary>
    public IReadOnlyDictionary<string, string?> Languages { get; }

    /// <summary>Those of them whose pages are not made.</summary>
    public ImmutableHashSet<string> DisabledLanguages { get; } = [];

    /// <summary>The content folder of languages without their own, with a slash at its end.</summary>
    public string ContentFolder { get; }

    public bool IsMultilingual { get; }

    /// <summary>The only sections whose pages are posts; empty = all.</summary>
    public ImmutableHashSet<string> MainSections { get; }

    /// <summary>Keys whose values are tags.</summary>
    public ImmutableArray<string> TagKeys { get; }

    public ImmutableArray<string> CategoryKeys { get; }

    /// <summary>The date is to be taken from the repository, which is not read.</summary>
    public bool AsksForCommits { get; }

    /// <summary>
    /// Keys of the date in the order in which they count; ":filename" stands for the date in the file's name, ":filemodtime" for the
    /// time of the file.
    /// </summary>
    public ImmutableArray<string> DateKeys { get; }

    public ImmutableArray<string> PublishKeys { get; }

    public ImmutableArray<string> ModifiedKeys { get; }

    public ImmutableArray<string> ExpiryKeys { get; }

    /// <summary>The configured list with :default put in; of Hugo's other names only :filename and :fileModTime stay.</summary>
    private static ImmutableArray<string> Keys(object? configured, ImmutableArray<string> own, ImmutableArray<string> defaults) =>
        configured is IReadOnlyList<object?> list
            ? [.. list.OfType<string>().SelectMany(key => key.ToLowerInvariant() switch
            {
                ":default" => defaults,
                ":filename" or ":filemodtime" => [key.ToLowerInvariant()],
                [':', ..] => [],
                string name => ImmutableArray.Create(name),
            })]
            : own;

    /// <summary>Whether a date of posts would be that of a commit.</summary>
    private static bool AsksGit(DataMap configuration, object? date) => configuration.Get("enableGitInfo") is true
        && date is IReadOnlyList<object?> list && list.Any(key => key is string name && name.Equals(":git", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A taxonomy of tags or categories by its singular may have another plural, which is the key. Another one takes the place of
    /// whichever of the two the site does not have; series and authors are no labels.
    /// </summary>
    private static (ImmutableArray<string> Tags, ImmutableArray<string> Categories) Labels(DataMap taxonomies)
    {
        List<string> tags = ["tags"];
        List<string> categories = ["categories"];
        List<string> others = [];
        bool hasTags = taxonomies.Count == 0;
        bool hasCategories = hasTags;
        foreach ((string singular, object? value) in taxonomies)
        {
            string plural = (value as string ?? singular).ToLowerInvariant();
            string name = singular.ToLowerInvariant();
            bool isTag = name == "tag" || plural == "tags";
            bool isCategory = name == "category" || plural == "categories";
            hasTags |= isTag;
            hasCategories |= isCategory;
            if (name is not ("series" or "serie" or "author" or "authors"))
            {
                (isTag ? tags : isCategory ? categories : others).Add(plural);
            }
        }

        (hasTags && !hasCategories ? categories : hasTags ? [] : tags).AddRange(others);
        return ([.. tags.Distinct(StringComparer.Ordinal)], [.. categories.Distinct(StringComparer.Ordinal)]);
    }

    private static string? Folder(object? value) =>
        (value as string)?.Trim('/', '.') is { Length: > 0 } folder ? folder + "/" : null;
}
