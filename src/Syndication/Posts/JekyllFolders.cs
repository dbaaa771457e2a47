using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Which folders and files of a Jekyll site are read: special names, and the exclude and include settings. Immutable.</summary>
internal sealed class JekyllFolders
{
    private static readonly string[] AlwaysExcluded =
    [
        ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
        "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
    ];

    private readonly List<Entry> _excluded;
    private readonly List<Entry> _included;

    public JekyllFolders(SiteDefinition site)
    {
        List<string> included = Texts(site.Configuration.Get("include"));
        string destination = site.Configuration.Get("destination") as string ?? "_site";
        _included = [.. included.Select(Entry.Of)];
        _excluded = [.. Texts(site.Configuration.Get("exclude")).Concat(AlwaysExcluded).Append(destination.TrimStart('.', '/'))
            .Except(included, StringComparer.Ordinal).Where(e => e.Length > 0).Select(Entry.Of)];
    }

    /// <summary>Whether Jekyll looks into this folder, given that it looks into the folder above.</summary>
    public bool Enters(string folder)
    {
        string name = SitePaths.Name(folder);
        return IsIncluded(name) || !IsSpecial(name) && !IsExcluded(folder, isFolder: true);
    }

    /// <summary>Whether a file below a folder of posts is read.</summary>
    /// <param name="path">Below the site's root.</param>
    /// <param name="entry">Below the folder of posts.</param>
    public bool Reads(string path, string entry)
    {
        string name = SitePaths.Name(entry);
        bool hidden = entry.StartsWith('.') || entry.Contains("/.", StringComparison.Ordinal);
        if (hidden || name.EndsWith('.'))
        {
            return false;
        }

        return IsIncluded(name) || !IsSpecial(entry) && !IsSpecial(name) && !name.EndsWith('~') && !IsExcluded(path, isFolder: false);
    }

    private static bool IsSpecial(string name) => name is ['.' or '_' or '#' or '~', ..];

    private bool IsIncluded(string name) => _included.Exists(e => e.Matches(name, isFolder: false));

    private bool IsExcluded(string path, bool isFolder) => _excluded.Exists(e => e.Matches(path, isFolder));

    private static List<string> Texts(object? value) =>
        value is IReadOnlyList<object?> list ? [.. list.OfType<string>().Select(t => t.TrimStart('/'))] : [];

    /// <summary>Jekyll compares beginnings: the entry "foo" also stands for "foobar".</summary>
    private sealed record Entry(string Text, PathPattern? Pattern)
    {
        public static Entry Of(string text) =>
            new(text, PathPattern.HasWildcard(text) ? new PathPattern(text, Wildcards.Everywhere) : null);

        public bool Matches(string path, bool isFolder) =>
            path.StartsWith(Text, StringComparison.Ordinal)
            || isFolder && Text.Length == path.Length + 1 && Text[^1] == '/' && Text.StartsWith(path, StringComparison.Ordinal)
            || Pattern is not null && Pattern.Matches(path);
    }
}
