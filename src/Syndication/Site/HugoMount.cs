using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>A folder, or one file, that Hugo shows at another place of the site's content or layouts.</summary>
/// <param name="Source">Below the site's root with forward slashes; empty = the root itself.</param>
/// <param name="Target">Where it is shown, such as content/blog.</param>
/// <param name="Language">The language of what lies in it, in lower case; null = the site's default.</param>
/// <param name="Included">Patterns over paths below <paramref name="Source"/>; where there are some, no other file is shown.</param>
/// <param name="Excluded">Patterns of what is not shown.</param>
internal sealed record HugoMount(
    string Source, string Target, string? Language, ImmutableArray<string> Included, ImmutableArray<string> Excluded)
{
    /// <summary>Whether it is a part of the content or the layouts.</summary>
    public bool IsOf(string component) => Target == component || Target.StartsWith(component + "/", StringComparison.Ordinal);

    /// <summary>The path below <see cref="Source"/>, empty for that itself; null where it is not below it.</summary>
    public string? Within(string path) =>
        path == Source ? "" : Source.Length == 0 ? path : path.StartsWith(Source + "/", StringComparison.Ordinal) ? path[(Source.Length + 1)..] : null;

    /// <summary>The file that is shown at a place; null where it is not one of these.</summary>
    public string? SourceOf(string shown) =>
        shown == Target ? Source
        : shown.StartsWith(Target + "/", StringComparison.Ordinal) ? $"{Source}/{shown[(Target.Length + 1)..]}".TrimStart('/')
        : null;

    /// <summary>Where a file is shown by its path alone; null where it is not below <see cref="Source"/>.</summary>
    public string? Shown(string path) => Within(path) switch
    {
        null => null,
        "" => Target,
        string below => Target + "/" + below,
    };
}

/// <summary>Reads module.mounts of a Hugo configuration.</summary>
internal static class HugoMounts
{
    public const string Content = "content";
    public const string Layouts = "layouts";

    /// <summary>The mounts of content and layouts, the innermost source first. As in Hugo one whose source is missing does not count.</summary>
    /// <param name="values">The configuration.</param>
    /// <param name="folder">The site's folder.</param>
    public static ImmutableArray<HugoMount> Read(ConfigurationValues values, string folder) =>
    [
        .. values.Below("module").Each("mounts").Select(mount => One(mount, folder)).OfType<HugoMount>()
            .OrderByDescending(mount => mount.Source.Length),
    ];

    private static HugoMount? One(ConfigurationValues values, string folder)
    {
        string target = Slashed(values.Text("target") ?? "");
        HugoMount mount = new("", target, values.Text("lang")?.ToLowerInvariant(), values.Texts("includeFiles"), values.Texts("excludeFiles"));
        if (!(mount.IsOf(Content) || mount.IsOf(Layouts)) || values.Text("source") is not string source)
        {
            return null;
        }

        if (SitePaths.Below(folder, source) is not string path)
        {
            return values.Wrong<HugoMount>("source", "a folder within the site's", mount.IsOf(Content) ? Severity.Error : Severity.Warning);
        }

        if (!Path.Exists(path))
        {
            return values.Wrong<HugoMount>("source", "an existing folder of the site");
        }

        string relative = SitePaths.Relative(folder, path);
        return mount with { Source = relative == "." ? "" : relative };
    }

    private static string Slashed(string path) =>
        string.Join('/', path.Replace('\\', '/').Split('/').Where((part, i) => part is not ("" or ".") || i == 0 && part.Length == 0));
}
