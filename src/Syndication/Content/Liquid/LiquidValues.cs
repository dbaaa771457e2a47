using System.Globalization;
using Fluid.Values;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Liquid;

/// <summary>A mapping whose values are made when a template asks for them.</summary>
/// <param name="keys">The names that a loop over it sees.</param>
/// <param name="value">The value of a name; null for a name that it has not.</param>
internal sealed class LazyMap(IEnumerable<string> keys, Func<string, FluidValue?> value) : IFluidIndexable
{
    public int Count => Size ?? Keys.Count();

    /// <summary>What its size says, where that is not the number of its names.</summary>
    public int? Size { get; init; }

    public IEnumerable<string> Keys { get; } = keys;

    public bool TryGetValue(string name, out FluidValue found)
    {
        found = value(name) ?? NilValue.Instance;
        return !found.IsNil();
    }
}

/// <summary>Posts, sites and configuration as templates see them.</summary>
internal static class LiquidValues
{
    /// <summary>What templates learn of the generator: feeds are published, so that the environment is production.</summary>
    public static FluidValue Jekyll { get; } = new DictionaryValue(new LazyMap(["version", "environment"], name => name switch
    {
        "version" => new StringValue("4.3.1"),
        "environment" => new StringValue("production"),
        _ => null,
    }));

    public static FluidValue Of(object? value) => value switch
    {
        null => NilValue.Instance,
        FluidValue fluid => fluid,
        string text => new StringValue(text),
        bool flag => BooleanValue.Create(flag),
        long whole => NumberValue.Create(whole),
        double real when Math.Abs(real) < (double)decimal.MaxValue => RubyNumber.Of(real),
        DateTimeOffset date => new StringValue(RubyDate(date)),
        DataMap map => new DictionaryValue(new LazyMap(map.Keys, name => map.ContainsKey(name) ? Of(map.Get(name)) : null)),
        IEnumerable<string> texts => new ArrayValue([.. texts.Select(t => new StringValue(t))]),
        IReadOnlyList<object?> list => new ArrayValue([.. list.Select(Of)]),
        _ => new StringValue(value.ToString() ?? ""),
    };

    /// <summary>A date as Ruby prints it, which the date filters read again.</summary>
    private static string RubyDate(DateTimeOffset date)
    {
        string offset = date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return date.ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) + offset;
    }

    public static FluidValue Of(Post post, PostCatalog catalog) => new DictionaryValue(new LazyMap(post.FrontMatter.Keys, name => name switch
    {
        "title" => Of(post.Title),
        "date" => Of(post.Date),
        "url" => Of(post.Permalink),
        "id" => Of(JekyllPosts.PageId(post.Permalink, post.Slug)),
        "path" or "relative_path" => Of(post.Path),
        "slug" => Of(post.Slug),
        "ext" => Of(Path.GetExtension(post.Path)),
        "draft" => Of(post.Visibility == PostVisibility.Draft),
        "categories" => Of(post.Categories.AsEnumerable()),
        "tags" => Of(post.Tags.AsEnumerable()),
        "excerpt" => Of(post.Excerpt),
        "content" => Of(post.Body),
        "collection" => Of("posts"),
        "lang" => Of(post.Language ?? catalog.Site.Language),
        "next" => PostOrder.Of(catalog).Beside(post, -1),
        "previous" => PostOrder.Of(catalog).Beside(post, 1),
        _ => Of(post.FrontMatter.Get(name)),
    }));

    /// <param name="catalog">The posts of the site.</param>
    /// <param name="data">Reads the files of site.data.</param>
    /// <param name="post">The post that is rendered. Its date stands for the time of the build, so that the same posts give the same bytes.</param>
    public static FluidValue Site(PostCatalog catalog, DataFolder data, Post post) =>
        new DictionaryValue(new LazyMap(catalog.Site.Configuration.Keys, name => name switch
        {
            "title" => Of(catalog.Site.Title),
            "description" => Of(catalog.Site.Description),
            "url" => Of(catalog.Site.Url.GetLeftPart(UriPartial.Authority)),
            "baseurl" => Of(catalog.Site.Url.AbsolutePath.TrimEnd('/')),
            "posts" or "documents" => PostOrder.Of(catalog).Posts,
            "related_posts" => PostOrder.Of(catalog).Others(post),
            "categories" => PostOrder.Of(catalog).Categories,
            "tags" => PostOrder.Of(catalog).Tags,
            "data" => data.Of(catalog.Site),
            "time" => Of(post.Date),
            _ => Of(catalog.Site.Configuration.Get(name)),
        }));
}
