using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Where a page of a Hugo site lies.</summary>
/// <param name="File">The file as it is shown below the content folder of its language.</param>
/// <param name="Folders">From the content folder down to the page; for a page bundle without its own folder.</param>
/// <param name="Name">The file's name without language and extension; for a page bundle (index.md) its folder's.</param>
/// <param name="Language">A language of the site, by the file's suffix or its folder; null where neither names one.</param>
/// <param name="IsBundle">The file is an index.md.</param>
internal sealed record HugoPath(string File, string[] Folders, string Name, string? Language, bool IsBundle);

/// <summary>Takes paths of a Hugo site apart. Immutable.</summary>
internal sealed class HugoPaths
{
    /// <summary>Files that Hugo reads with the programs of other people.</summary>
    private static readonly HashSet<string> ForeignExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".org", ".adoc", ".asciidoc", ".ad", ".rst", ".rest", ".pandoc", ".pdc",
    };

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".html", ".htm",
    };

    private readonly IReadOnlyDictionary<string, string?> _languages;
    private readonly ImmutableHashSet<string> _disabled;

    /// <summary>The innermost first.</summary>
    private readonly ImmutableArray<HugoContentFolder> _folders;

    /// <param name="site">The site.</param>
    /// <param name="settings">Languages and their content folders.</param>
    public HugoPaths(SiteDefinition site, HugoSettings settings)
    {
        _languages = settings.Languages;
        _disabled = settings.DisabledLanguages;
        string prefix = SitePaths.PostsPrefix(site);
        HugoMount[] mounts = [.. site.Mounts.Where(mount => mount.IsOf(HugoMounts.Content))];
        mounts = [.. (mounts.Length > 0 ? mounts : Folders(prefix, settings)).Where(m => (m.Source + "/").StartsWith(prefix, StringComparison.Ordinal))];
        _folders = [.. mounts.DefaultIfEmpty(Shown(prefix, null)).OrderByDescending(m => m.Source.Length).Select(m => new HugoContentFolder(site, m))];
    }

    /// <summary>The content folders of all languages.</summary>
    private static IEnumerable<HugoMount> Folders(string postsPrefix, HugoSettings settings)
    {
        string[] sharing = [.. settings.Languages.Where(l => l.Value is null).Select(l => l.Key)];
        IEnumerable<HugoMount> folders = settings.Languages.Where(l => l.Value is not null).Select(l => Shown(l.Value!, l.Key));
        if (sharing.Length > 0)
        {
            // The folder of posts is the one that is configured, unless languages have others beside it, or somebody named another.
            bool isBeside = sharing.Length < settings.Languages.Count && settings.ContentFolder.StartsWith(postsPrefix, StringComparison.Ordinal);
            string shared = isBeside ? settings.ContentFolder : postsPrefix;
            folders = folders.Append(Shown(shared, sharing.Contains(settings.DefaultLanguage) ? null : sharing[0]));
        }

        return folders;
    }

    private static HugoMount Shown(string folder, string? language) => new(folder.TrimEnd('/'), HugoMounts.Content, language, [], []);

    /// <summary>Whether content may lie in or below a folder, given that it may in the one above.</summary>
    public bool Walks(string folder) => !SitePaths.Name(folder).StartsWith('.') && _folders.Any(f => f.Walks(folder));

    /// <summary>A page that Hugo makes by a program that we have not; null for any other path.</summary>
    public HugoPath? ReadForeign(string path) => Locate(path, ForeignExtensions) is HugoPath { Name: not "_index" } page ? page : null;

    /// <summary>Whether this is a language, by its extension or Hugo's name for it, that Hugo reads with the programs of other people.</summary>
    public static bool IsForeign(string markup) => markup == "asciidocext" || ForeignExtensions.Contains("." + markup);

    /// <summary>The page, or null when the path is none: a section (_index.md), a resource, or outside the content.</summary>
    public HugoPath? Read(string path)
    {
        if (Locate(path, Extensions) is not HugoPath page || page.Name is "_index")
        {
            return null;
        }

        if (page.Name != "index")
        {
            return page;
        }

        string[] folders = page.Folders;
        return folders.Length == 0 ? null : page with { Folders = folders[..^1], Name = folders[^1], IsBundle = true };
    }

    /// <summary>The section whose own page (_index.md) this is, by its folders; null for any other path.</summary>
    public HugoPath? ReadSection(string path) => Locate(path, Extensions) is { Name: "_index" } section ? section : null;

    /// <summary>index.md, or with a language index.de.md.</summary>
    public bool IsBundleIndex(string fileName)
    {
        string[] parts = fileName.Split('.');
        return parts[0] == "index" && Extensions.Contains(SitePaths.Extension(fileName))
            && (parts.Length == 2 || parts.Length == 3 && _languages.ContainsKey(parts[1].ToLowerInvariant()));
    }

    /// <summary>A file of the content that Hugo makes a page of.</summary>
    private HugoPath? Locate(string path, HashSet<string> extensions)
    {
        if (!extensions.Contains(SitePaths.Extension(path))
            || _folders.Select(f => (Path: f.Place(path), f.Language)).FirstOrDefault(f => f.Path is not null) is not (string place, var language))
        {
            return null;
        }

        string[] segments = place.Split('/');
        string name = segments[^1][..^SitePaths.Extension(place).Length];
        int dot = name.LastIndexOf('.');
        if (dot > 0 && _languages.ContainsKey(name[(dot + 1)..].ToLowerInvariant()))
        {
            language = name[(dot + 1)..].ToLowerInvariant();
            name = name[..dot];
        }

        string[] folders = segments[..^1];
        return name is "" or ['.', ..] || folders.Any(f => f is ['.', ..]) || language is not null && _disabled.Contains(language)
            ? null
            : new HugoPath(place, folders, name, language, IsBundle: false);
    }
}

/// <summary>The date that a name begins with, which counts where the site's configuration asks for :filename.</summary>
/// <param name="Date">Year, month and day, and the time where the name has one.</param>
/// <param name="Slug">The rest of the name; null where nothing is left.</param>
internal sealed record HugoNameDate(string Date, string? Slug)
{
    /// <summary>2020-01-31-first-post, or with a time 2020-01-31-08-05-00-first-post; null for any other name.</summary>
    public static HugoNameDate? Read(string name)
    {
        if (PostName.DateLength(name + "-") != 10)
        {
            return null;
        }

        string date = name[..10];
        string rest = name[10..];
        if (rest.Length >= 9 && rest[3] == '-' && rest[6] == '-' && IsNumber(rest[1..3]) && IsNumber(rest[4..6]) && IsNumber(rest[7..9])
            && (rest.Length == 9 || !char.IsAsciiLetterOrDigit(rest[9])))
        {
            date += " " + rest[1..9].Replace('-', ':');
            rest = rest[9..];
        }

        string slug = rest.Trim(' ', '-', '_');
        return new HugoNameDate(date, slug.Length > 0 ? slug : null);
    }

    private static bool IsNumber(string text) => text.All(char.IsAsciiDigit);
}
