using Fluid.Values;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content.Liquid;

/// <summary>Text of a template grew beyond every reason, or a template calls itself without end.</summary>
internal sealed class LiquidLimitException(string what) : Exception(what);

/// <summary>What one rendering of a body with Liquid carries along: the post, the problems found, and what may still be spent.</summary>
internal sealed class LiquidScope(Post post, SiteDefinition site, BodyReads reads, MarkdownDialect dialect, List<Problem> problems)
{
    public const string Key = "syndication";

    /// <summary>What loops may add to a body: a whole archive's list, but nothing that Markdown would take minutes to read.</summary>
    private const int MaxAdded = 1_000_000;
    private const int MaxIncludes = 20;
    private const int MaxWarnings = 50;

    private readonly HashSet<(string Source, int Line, string What)> _said = [];

    private int _left = MaxAdded + (2 * post.Body.Length);
    private int _depth;

    public Post Post { get; } = post;

    public SiteDefinition Site { get; } = site;

    /// <summary>Other posts, and files of the site.</summary>
    public BodyReads Reads { get; } = reads;

    /// <summary>How the site's Markdown is read.</summary>
    public MarkdownDialect Dialect { get; } = dialect;

    /// <summary>The loops around the one that runs, the innermost last; nil where there is none.</summary>
    public List<FluidValue> OuterLoops { get; } = [];

    /// <summary>What increment and decrement have counted to, by name.</summary>
    public Dictionary<string, int> Counters { get; } = new(StringComparer.Ordinal);

    /// <summary>The file that is being rendered: the post, or an include.</summary>
    public string Source { get; private set; } = post.Path;

    /// <summary>The line of <see cref="Source"/> at which its template begins, counted from 1.</summary>
    public int FirstLine { get; private set; } = post.BodyLine;

    /// <summary>Says the same of a place only once: it may stand in a loop.</summary>
    public void Warn(int line, string what)
    {
        if (_said.Count < MaxWarnings && _said.Add((Source, line, what)))
        {
            problems.Add(Problem.Warning(Source, FirstLine + line, what));
        }
    }

    /// <exception cref="LiquidLimitException">More was written than any post has.</exception>
    public void Spend(int characters)
    {
        _left -= characters;
        if (_left < 0)
        {
            throw new LiquidLimitException($"the Liquid of the body writes {MaxAdded:N0} characters more than twice its length");
        }
    }

    /// <summary>Renders another file's template within this one.</summary>
    /// <exception cref="LiquidLimitException">Includes are nested too deeply.</exception>
    public void Within(string source, Action render)
    {
        if (++_depth > MaxIncludes)
        {
            throw new LiquidLimitException($"includes are nested more than {MaxIncludes} deep");
        }

        (string outer, int outerLine) = (Source, FirstLine);
        (Source, FirstLine) = (source, 1);
        try
        {
            render();
        }
        finally
        {
            (Source, FirstLine) = (outer, outerLine);
            _depth--;
        }
    }
}
