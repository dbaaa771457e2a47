using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>What all templates that one body asks for share: where they stand, and what they may still cost.</summary>
internal sealed class GoScope(Post post, SiteDefinition site, BodyReads reads, MarkdownDialect dialect)
{
    /// <summary>Longest text that a template may make, in characters.</summary>
    public const int LongestValue = 256_000;

    private const int MaxSteps = 200_000;

    /// <summary>What templates may write in all: a whole gallery, but nothing that would take minutes to read.</summary>
    private const int MaxWritten = 1_000_000;

    /// <summary>Characters and items that functions may go over, and characters of Markdown that may be read.</summary>
    private const long MaxWork = 30_000_000;

    /// <summary>How much more a character of Markdown costs.</summary>
    private const int MarkdownCost = 20;

    private HugoSettings? _settings;
    private int _steps = MaxSteps;
    private int _written = MaxWritten + (2 * post.Body.Length);
    private long _work = MaxWork;

    public Post Post { get; } = post;

    public SiteDefinition Site { get; } = site;

    public HugoSettings Settings => _settings ??= new HugoSettings(Site);

    public BodyReads Reads { get; } = reads;

    public void Step() => Bound(--_steps, "takes too many steps");

    public void Write(int characters) => Bound(_written -= characters, "writes too much");

    /// <summary>Counts what a function is given or gives.</summary>
    public T Work<T>(T value)
    {
        int size = value switch
        {
            string text => text.Length,
            GoHtml html => html.Text.Length,
            IReadOnlyList<object?> list => list.Count,
            DataMap map => map.Count,
            _ => 0,
        };
        Bound(LongestValue + (2 * Post.Body.Length) - size, "makes a value that is too long");
        Bound(_work -= size, "does too much");
        return value;
    }

    /// <summary>Markdown as HTML; one paragraph without its tags unless it is to be a block.</summary>
    public GoHtml Markdown(string text, bool isBlock)
    {
        Bound(_work -= (long)text.Length * MarkdownCost, "has too much Markdown");
        return BodyCost.Excess(text) is string excess ? throw new GoFault(excess) : new GoHtml(isBlock ? dialect.Html(text) : dialect.Fragment(text));
    }

    private static void Bound(long left, string what)
    {
        if (left < 0)
        {
            throw new GoFault(what) { IsLimit = true };
        }
    }
}
