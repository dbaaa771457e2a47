using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>The page, the site and the shortcode as templates see them.</summary>
internal sealed class GoObjects
{
    private readonly GoScope _scope;
    private readonly GoObject _pageScratch;

    /// <summary>Of each shortcode: those within it may write there, too.</summary>
    private readonly Dictionary<ShortcodeCall, GoObject> _scratches = new(ReferenceEqualityComparer.Instance);

    public GoObjects(GoScope scope)
    {
        _scope = scope;
        _pageScratch = Scratch();
        Site = new GoObject(".Site", OfSite);
        Page = new GoObject(".Page", OfPage);
    }

    public GoObject Site { get; }

    public GoObject Page { get; }

    /// <summary>What a name means that is no function; null for any other.</summary>
    public object? Global(string name) => name switch
    {
        "site" => Site,
        "page" => Page,
        "newScratch" => Scratch(),
        "hugo" => new GoObject("hugo", (field, _) => field switch
        {
            "IsProduction" => true,
            "IsDevelopment" or "IsServer" => false,
            "Environment" => "production",
            _ => throw new GoFault($"hugo.{field} is not known here"),
        }),
        _ => null,
    };

    /// <param name="call">The shortcode.</param>
    /// <param name="inner">What it encloses; null where that is not known yet.</param>
    public GoObject Shortcode(ShortcodeCall call, string? inner)
    {
        ShortcodeTag tag = call.Tag;
        bool isNamed = tag.Arguments.Keys.Any(key => !char.IsAsciiDigit(key[0]));
        Lazy<object> parameters = new(() => isNamed
            ? new DataMap(true, tag.Arguments.Select(a => (a.Key, tag.Typed(a.Key), 0)))
            : tag.Arguments.Keys.Select(tag.Typed).ToArray());
        if (!_scratches.TryGetValue(call, out GoObject? scratch))
        {
            _scratches[call] = scratch = Scratch();
        }

        return new GoObject(tag.Name, (field, given) => field switch
        {
            "Get" when given.Length == 1 => Get(parameters.Value, given[0]),
            "Params" => parameters.Value,
            "IsNamedParams" => isNamed,
            "Inner" => new GoHtml(inner ?? ""),
            "InnerDeindent" => new GoHtml(Deindented(inner ?? "")),
            "Name" => tag.Name,
            "Ordinal" => (long)call.Ordinal,
            "Parent" => call.Parent is ShortcodeCall parent ? Shortcode(parent, null) : null,
            "Page" => Page,
            "Site" => Site,
            "Scratch" or "Store" => scratch,
            "Position" => $"{_scope.Post.Path}:{_scope.Post.BodyLine + tag.Line}",
            _ => throw new GoFault($".{field} is not known here"),
        });
    }

    /// <summary>What is asked for by a number where all have names, or the other way round, is nothing; so is what is not given.</summary>
    private static object? Get(object parameters, object? key) => (parameters, key) switch
    {
        (DataMap map, string) => map.ContainsKey((string)key) ? map.Get((string)key) : "",
        (IReadOnlyList<object?> { Count: > 0 } list, long at) => at < 0 ? null : at < list.Count ? list[(int)at] : "",
        _ => null,
    };

    private static string Deindented(string inner)
    {
        string[] lines = inner.Split('\n');
        int indent = lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.TrimStart(' ', '\t').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line[Math.Min(indent, line.Length)..]));
    }

    private object? OfPage(string field, object?[] given)
    {
        Post post = _scope.Post;
        SiteDefinition site = _scope.Site;
        switch (field)
        {
            case "Title" or "LinkTitle" or "Name":
                return post.Title;
            case "Date" or "PublishDate":
                return post.Date;
            case "Lastmod":
                return post.Updated;
            case "Permalink":
                return UrlPath.Absolute(site.Url, post.Permalink);
            case "RelPermalink":
                return site.Url.AbsolutePath.TrimEnd('/') + post.Permalink;
            case "Params":
                return post.FrontMatter;
            case "Param" when given.Length == 1:
                return Parameter(post, site, GoValues.Text(given[0]));
            case "Section" or "Type":
                return post.Section ?? "";
            case "Kind":
                return "page";
            case "IsPage":
                return true;
            case "IsHome" or "IsSection" or "IsNode" or "Draft":
                return false;
            case "Description":
                return post.Description ?? "";
            case "Slug":
                return post.Slug;
            case "Lang" or "Language":
                object language = post.Language ?? site.Configuration.Get("defaultContentLanguage") as string ?? "en";
                return field == "Lang" ? language : new DataMap(false, [("Lang", language, 0)]);
            case "Site":
                return Site;
            case "Page":
                return Page;
            case "Scratch" or "Store":
                return _pageScratch;
            case "RenderString" when given.Length is 1 or 2:
                bool isBlock = given.Length == 2 && given[0] is DataMap options && options.Get("display") is "block";
                return _scope.Markdown(GoValues.Text(given[^1]), isBlock);
            case "File":
                return new DataMap(false, [("Path", post.Path, 0), ("LogicalName", SitePaths.Name(post.Path), 0), ("Dir", SitePaths.Folder(post.Path) + "/", 0)]);
            default:
                throw Page.Unknown(field);
        }
    }

    private object? OfSite(string field, object?[] given)
    {
        SiteDefinition site = _scope.Site;
        return field switch
        {
            "Title" => site.Title,
            "BaseURL" => site.Url.AbsoluteUri,
            "Params" => site.Configuration.Get("params") as DataMap ?? DataMap.Empty,
            "Param" when given.Length == 1 => Within(site.Configuration.Get("params"), GoValues.Text(given[0])),
            "LanguageCode" => site.Language ?? "",
            "Language" => new DataMap(false, [("Lang", _scope.Post.Language ?? site.Configuration.Get("defaultContentLanguage") as string ?? "en", 0)]),
            "Copyright" => site.Configuration.Get("copyright") as string ?? "",
            "IsServer" => false,
            _ => throw Site.Unknown(field),
        };
    }

    /// <summary>The post's own, else the site's; a name with dots leads into mappings.</summary>
    public static object? Parameter(Post post, SiteDefinition site, string name) =>
        Within(post.FrontMatter, name) ?? Within(post.FrontMatter.Get("params"), name) ?? Within(site.Configuration.Get("params"), name);

    private static object? Within(object? value, string name)
    {
        foreach (string key in name.Split('.'))
        {
            value = (value as DataMap)?.Get(key);
        }

        return value;
    }

    /// <summary>A place for values, from before templates could assign to variables.</summary>
    private GoObject Scratch()
    {
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        return new GoObject("Scratch", (method, given) =>
        {
            string key = given.Length > 0 ? GoValues.Text(given[0]) : "";
            switch (method)
            {
                case "Get" when given.Length == 1:
                    return values.GetValueOrDefault(key);
                case "Set" when given.Length == 2:
                    values[key] = _scope.Work(given[1]);
                    return "";
                case "Add" when given.Length == 2:
                    values[key] = _scope.Work(Sum(values.GetValueOrDefault(key), given[1]));
                    return "";
                case "Delete" when given.Length == 1:
                    values.Remove(key);
                    return "";
                default:
                    throw new GoFault($"Scratch.{method} is not known here");
            }
        });
    }

    private static object? Sum(object? one, object? other) => (one, other) switch
    {
        (null, _) => other,
        (IReadOnlyList<object?> list, IReadOnlyList<object?> more) => (object?[])[.. list, .. more],
        (IReadOnlyList<object?> list, _) => (object?[])[.. list, other],
        (long a, long b) => a + b,
        (string or GoHtml, _) => GoValues.Text(one) + GoValues.Text(other),
        _ => GoValues.Number(one) + GoValues.Number(other),
    };
}
