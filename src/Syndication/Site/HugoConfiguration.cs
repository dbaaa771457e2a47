using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Syndication.Site;

/// <summary>What a Hugo configuration says, the default language's own values first. Its keys have no case.</summary>
internal static class HugoConfiguration
{
    /// <param name="values">The configuration, read with keys that ignore case.</param>
    /// <param name="options">Settings that overrule; what they overrule is not read, so that it cannot be wrong.</param>
    /// <param name="folder">The site's folder.</param>
    public static GeneratorConfiguration Read(ConfigurationValues values, SiteOptions options, string folder)
    {
        string defaultLanguage = values.Text("defaultContentLanguage") ?? "en";
        Dictionary<string, ConfigurationValues> languages = Languages(values.Below("languages"));
        ConfigurationValues own = languages.GetValueOrDefault(defaultLanguage) ?? new ConfigurationValues([], []);
        ConfigurationValues parameters = values.Below("params");
        ConfigurationValues ownParameters = own.Below("params");
        ImmutableDictionary<string, Author> none = ImmutableDictionary<string, Author>.Empty;
        ImmutableArray<HugoMount> mounts = HugoMounts.Read(values, folder);
        HugoMount[] content = [.. mounts.Where(mount => mount.IsOf(HugoMounts.Content))];
        string contentFolder = values.Text("contentDir") ?? "content";
        return new GeneratorConfiguration
        {
            PostsFolder = content.Length > 0
                ? Common([.. content.Select(mount => File.Exists(Path.Combine(folder, mount.Source)) ? SitePaths.Folder(mount.Source) : mount.Source)])
                : Common([.. languages.Values.Select(l => l.Text("contentDir") ?? contentFolder).DefaultIfEmpty(contentFolder)]),
            Mounts = mounts,
            IgnoredFiles = [.. values.Texts("ignoreFiles").Select(pattern => Pattern(pattern, values)).OfType<Regex>()],
            Url = options.Url is null ? Url(own) ?? Url(values) : null,
            Title = own.Text("title") ?? values.Text("title"),
            Description = ownParameters.Text("description") ?? parameters.Text("description"),
            Language = own.Language("languageCode") ?? values.Language("languageCode") ?? values.Language("defaultContentLanguage"),
            Author = AuthorReader.Read(ownParameters, "author", none) ?? AuthorReader.Read(parameters, "author", none)
                ?? AuthorReader.Read(values, "author", none),
            TimeZone = options.TimeZone is null ? own.Zone("timeZone") ?? values.Zone("timeZone") : null,
            PermalinksBySection = Permalinks(values.Below("permalinks")),
            PermalinksByLanguage = languages.Where(l => l.Value.Raw("permalinks") is DataMap)
                .ToImmutableDictionary(l => l.Key.ToLowerInvariant(), l => Permalinks(l.Value.Below("permalinks"))),
            ShowFuture = values.Flag("buildFuture"),
            ShowDrafts = values.Flag("buildDrafts"),
            FeedLimit = Limit(values),
            FeedPath = values.Below("outputFormats").Below("rss").Text("baseName") is string name ? $"/{name.Trim('/')}.xml" : null,
        };
    }

    private static Dictionary<string, ConfigurationValues> Languages(ConfigurationValues values) =>
        values.Keys.ToDictionary(key => key, values.Below, StringComparer.OrdinalIgnoreCase);

    /// <summary>The innermost folder that holds all of these; a single one as it is written.</summary>
    private static string Common(string[] all)
    {
        string[] folders = [.. all.Distinct(StringComparer.Ordinal)];
        string[][] parts = [.. folders.Select(folder => folder.Split('/').Where(part => part is not ("" or ".")).ToArray())];
        int common = parts[0].TakeWhile((part, i) => parts.All(p => p.Length > i && p[i] == part)).Count();
        return folders.Length == 1 && folders[0].Length > 0 ? folders[0] : common == 0 ? "." : string.Join('/', parts[0][..common]);
    }

    private static Regex? Pattern(string pattern, ConfigurationValues values) => GoPattern.Read(pattern, out string problem)
        ?? values.Wrong<Regex>("ignoreFiles", $"regular expressions, and '{pattern}' is none ({problem}): what it was to hide is shown");

    private static Uri? Url(ConfigurationValues values)
    {
        string? url = values.Text("baseURL");
        return url is null or "/" ? null : SiteUrls.Root(url) ?? values.Wrong<Uri>("baseURL", SiteUrls.ExpectedRoot, Severity.Error);
    }

    /// <summary>Templates of pages, in both of Hugo's forms; those of sections and terms are not about posts.</summary>
    private static ImmutableDictionary<string, string> Permalinks(ConfigurationValues values)
    {
        ConfigurationValues pages = values.Raw("page") is DataMap
            ? values.Below("page")
            : new ConfigurationValues([], []);
        return values.Keys.Where(k => values.Raw(k) is not DataMap).Select(k => KeyValuePair.Create(k, values.Text(k)))
            .Concat(pages.Keys.Select(k => KeyValuePair.Create(k, pages.Text(k))))
            .Where(e => e.Value is not null)
            .Aggregate(
                ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase),
                (all, e) => all.SetItem(e.Key, e.Value!));
    }

    /// <summary>Items in a feed; Hugo's -1, as every number below 1, is all.</summary>
    private static int? Limit(ConfigurationValues values)
    {
        int? limit = values.Below("services").Below("rss").Whole("limit", int.MinValue) ?? values.Whole("rssLimit", int.MinValue);
        return limit is int number ? Math.Max(0, number) : null;
    }
}
