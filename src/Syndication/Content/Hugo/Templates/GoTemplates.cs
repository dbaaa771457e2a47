using System.Collections.Concurrent;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>
/// The templates of shortcodes and partials of a Hugo site: its own come before those of its themes. Read again when they change;
/// only from within the site. For any number of threads.
/// </summary>
internal sealed class GoTemplates
{
    private readonly ConcurrentDictionary<string, (string Digest, GoTemplate Template)> _read = new(StringComparer.Ordinal);

    /// <summary>The template of a shortcode; null where the site has none of its own.</summary>
    public GoTemplate? Shortcode(string name, GoScope scope)
    {
        string[] names = scope.Post.Language is string language ? [$"{name}.{language}.html", $"{name}.html"] : [$"{name}.html"];
        return IsName(name) ? names.Select(file => Find("shortcodes/" + file, scope)).FirstOrDefault(found => found is not null) : null;
    }

    public GoTemplate? Partial(string name, GoScope scope) =>
        IsName(name) ? Find($"partials/{name}{(name.Contains('.', StringComparison.Ordinal) ? "" : ".html")}", scope) : null;

    private GoTemplate? Find(string file, GoScope scope)
    {
        foreach (string path in Paths(file, scope.Site))
        {
            if (scope.Reads.File(path) is SiteFile found)
            {
                if (!_read.TryGetValue(path, out (string Digest, GoTemplate Template) known) || known.Digest != found.Digest)
                {
                    _read[path] = known = (found.Digest, GoTemplate.Read(path, found.Text));
                }

                return known.Template;
            }
        }

        return null;
    }

    /// <summary>Where a file of the layouts may lie below the site's root, the strongest place first.</summary>
    private static IEnumerable<string> Paths(string file, SiteDefinition site)
    {
        DataMap configuration = site.Configuration;
        string own = configuration.Get("layoutDir") as string is { Length: > 0 } named ? named.Trim('/') : HugoMounts.Layouts;
        string themes = configuration.Get("themesDir") as string is { Length: > 0 } folder ? folder.Trim('/') : "themes";
        HugoMount[] mounts = [.. site.Mounts.Where(mount => mount.IsOf(HugoMounts.Layouts))];
        string[] modules = [.. ((configuration.Get("module") as DataMap)?.Get("imports") as IReadOnlyList<object?> ?? [])
            .OfType<DataMap>().Select(import => import.Get("path")).OfType<string>()];
        return
        [
            .. mounts.DefaultIfEmpty(new HugoMount(own, HugoMounts.Layouts, null, [], [])).Select(mount => mount.SourceOf(HugoMounts.Layouts + "/" + file)).OfType<string>(),
            .. DataMap.TextsOf(configuration.Get("theme")).Concat(modules).Select(name => $"{themes}/{name}/layouts/{file}"),
            .. modules.Select(name => $"_vendor/{name}/layouts/{file}"),
        ];
    }

    /// <summary>Whether it may be the name of a file: it came from a post.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and < 200 && !name.Any(char.IsControl) && !name.Split('/').Any(part => part is "" or "." or "..");
}
