using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>What a folder looks like from outside.</summary>
/// <param name="Kind">Whose site it is.</param>
/// <param name="Files">Its configuration, absolute, from the weakest to the strongest; may be empty.</param>
/// <param name="PostsFolder">For a site of Eleventy or Astro the folder in which those keep posts, absolute; else null.</param>
internal sealed record SiteDetection(SiteKind Kind, ImmutableArray<string> Files, string? PostsFolder)
{
    private static readonly ImmutableArray<string> JekyllEndings = [".yml", ".yaml", ".toml"];

    private static readonly ImmutableArray<string> HugoEndings = [".toml", ".yaml", ".yml", ".json"];

    private static readonly ImmutableArray<string> OtherGenerators = ["eleventy.config.*", ".eleventy.js", "astro.config.*"];

    private static readonly ImmutableArray<string> UsualPostsFolders =
    [
        "src/content/blog", "src/content/posts", "content/blog", "content/posts", "src/posts", "src/blog", "posts", "blog",
    ];

    /// <summary>A configuration decides before a folder's name does, so that a blog that moved on to Hugo may keep its _posts.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static SiteDetection Of(string folder)
    {
        string? jekyll = First(folder, "_config", JekyllEndings);
        if (jekyll is not null)
        {
            return new SiteDetection(SiteKind.Jekyll, [jekyll], null);
        }

        ImmutableArray<string> hugo = HugoFiles(folder);
        if (hugo.Length > 0)
        {
            return new SiteDetection(SiteKind.Hugo, hugo, null);
        }

        if (Directory.Exists(Path.Combine(folder, "_posts")))
        {
            return new SiteDetection(SiteKind.Jekyll, [], null);
        }

        bool hasUsual = OtherGenerators.Any(p => Directory.EnumerateFiles(folder, p).Any());
        string? usual = hasUsual ? UsualPostsFolders.Select(f => Path.Combine(folder, f)).FirstOrDefault(Directory.Exists) : null;
        return new SiteDetection(SiteKind.Bare, [], usual);
    }

    /// <summary>
    /// hugo.* is Hugo's alone; config.* is many programs' and needs a content folder beside it, or to say where the content is. Files of config/_default, and of
    /// config/production as Hugo builds for the public, come on top; each but hugo.* and config.* is named by its key.
    /// </summary>
    private static ImmutableArray<string> HugoFiles(string folder)
    {
        bool hasContent = Directory.Exists(Path.Combine(folder, "content"));
        string? shared = First(folder, "config", HugoEndings);
        string? main = First(folder, "hugo", HugoEndings) ?? (shared is not null && (hasContent || SaysWhereContentIs(shared)) ? shared : null);
        string defaults = Path.Combine(folder, "config", "_default");
        bool hasDefaults = First(defaults, "hugo", HugoEndings) is not null || First(defaults, "config", HugoEndings) is not null;
        if (main is null && !hasDefaults)
        {
            return [];
        }

        IEnumerable<string> split = new[] { defaults, Path.Combine(folder, "config", "production") }
            .Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d)
                .Where(f => HugoEndings.Contains(Path.GetExtension(f)))
                .Where(f => !Path.GetFileNameWithoutExtension(f).Contains('.', StringComparison.Ordinal))
                .OrderBy(f => Path.GetFileNameWithoutExtension(f) is not ("hugo" or "config"))
                .ThenBy(f => f, StringComparer.Ordinal));
        return main is null ? [.. split] : [main, .. split];
    }

    private static bool SaysWhereContentIs(string file)
    {
        try
        {
            DataMap map = ConfigurationFile.Read(file, ignoreCase: true);
            return map.Get("contentDir") is string || (map.Get("module") as DataMap)?.Get("mounts") is IReadOnlyList<object?>;
        }
        catch (Exception e) when (e is DataFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? First(string folder, string name, ImmutableArray<string> endings) =>
        endings.Select(e => Path.Combine(folder, name + e)).FirstOrDefault(File.Exists);
}
