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

    /// <summary>Whether it stands for a thing that leads to others, a post or the site: it is not printed.</summary>
    public bool IsObject { get; init; }

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

    /// <param name="post">The post.</param>
    /// <param name="site">The site.</param>
    /// <param name="all">Gives all posts, when one beside it or its excerpt is asked for.</param>
    public static FluidValue Of(Post post, SiteDefinition site, Func<PostOrder> all) => new DictionaryValue(new LazyMap(post.FrontMatter.Keys, name => name switch
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
        "excerpt" => Of(post.Excerpt ?? all().Excerpt(post)),
        "content" => Of(post.Body),
        "collection" => Of("posts"),
        "lang" => Of(post.Language ?? site.Language),
        "next" => all().Beside(post, -1),
        "previous" => all().Beside(post, 1),
        "name" => Of(Path.GetFileName(post.Path)),
        _ => Of(post.FrontMatter.Get(name)),
    })
    { IsObject = true });

    /// <param name="site">The site.</param>
    /// <param name="reads">Gives its posts and data.</param>
    /// <param name="data">Reads the files of site.data.</param>
    /// <param name="post">The post that is rendered. Its date stands for the time of the build, so that the same posts give the same bytes.</param>
    public static FluidValue Site(SiteDefinition site, BodyReads reads, DataFolder data, Post post) =>
        new DictionaryValue(new LazyMap(site.Configuration.Keys, name => name switch
        {
            "title" => Of(site.Title),
            "description" => Of(site.Description),
            "url" => Of(site.Url.GetLeftPart(UriPartial.Authority)),
            "baseurl" => Of(site.Url.AbsolutePath.TrimEnd('/')),
            "posts" or "documents" => reads.AllPosts().Posts,
            "related_posts" => reads.AllPosts().Others(post),
            "categories" => reads.AllPosts().Categories,
            "tags" => reads.AllPosts().Tags,
            "data" => data.Of(site, reads),
            "time" => Of(post.Date),
            _ => Of(site.Configuration.Get(name)),
        })
        { IsObject = true });
}
