using System.Globalization;
using Fluid;
using Fluid.Values;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Liquid;

/// <summary>
/// Fills in the Liquid of Jekyll posts, bounded in steps, output and nesting. Whatever goes wrong costs its own tag, or, where a
/// limit is met, all of them: the post is then shown with its Liquid as text. For any number of threads.
/// </summary>
internal sealed class LiquidRenderer
{
    private const int MaxSteps = 100_000;
    private const int LongestValue = 256_000;
    private const int LongestList = 20_000;

    private readonly IncludeFolder _includes = new();
    private readonly DataFolder _data = new();
    private readonly JekyllParser _parser;
    private readonly TemplateOptions _options = new() { MaxSteps = MaxSteps, MaxRecursion = 100, CultureInfo = CultureInfo.InvariantCulture };

    public LiquidRenderer()
    {
        _parser = new JekyllParser(_includes);
        JekyllFilters.AddTo(_options.Filters, _parser);
        _options.Assigned = (name, value, _) => ValueTask.FromResult(Bounded(name, value));
    }

    /// <summary>The body with its Liquid filled in.</summary>
    /// <param name="post">The post with the body.</param>
    /// <param name="site">The site.</param>
    /// <param name="reads">Gives the other posts, and files of the site.</param>
    /// <param name="dialect">Reads Markdown, for the filters that do.</param>
    /// <param name="problems">Where what is wrong goes.</param>
    public string Render(Post post, SiteDefinition site, BodyReads reads, MarkdownDialect dialect, List<Problem> problems)
    {
        bool isPlain = !post.Body.Contains("{{", StringComparison.Ordinal) && !post.Body.Contains("{%", StringComparison.Ordinal);
        if (isPlain || post.FrontMatter.Get("render_with_liquid") is false)
        {
            return post.Body;
        }

        LiquidScope scope = new(post, site, reads, dialect, problems);
        try
        {
            TemplateContext context = new(_options) { Now = () => post.Date, TimeZone = site.TimeZone };
            context.AmbientValues[LiquidScope.Key] = scope;
            context.SetValue("page", LiquidValues.Of(post, site, reads.AllPosts));
            context.SetValue("site", LiquidValues.Site(site, reads, _data, post));
            context.SetValue("jekyll", LiquidValues.Jekyll);
            BoundedWriter writer = new(scope);
            LiquidTemplate.Parse(post.Body, _parser).Render(writer, context);
            return writer.ToString();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A template can fail in any filter, and in Fluid's own limits; the post is shown all the same.
            problems.Add(Problem.Warning(post.Path, post.BodyLine, $"the Liquid of the body fails ({e.Message}) and is shown as it is"));
            return post.Body;
        }
    }

    private static FluidValue Bounded(string name, FluidValue value)
    {
        bool isTooLong = value is StringValue text ? text.ToStringValue().Length > LongestValue : value is ArrayValue { Values.Count: > LongestList };
        return isTooLong ? throw new LiquidLimitException($"the variable {name} grows beyond {LongestValue:N0} characters or {LongestList:N0} values") : value;
    }
}
