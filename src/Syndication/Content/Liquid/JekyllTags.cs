using System.Net;
using Fluid;
using Fluid.Ast;
using Fluid.Values;
using Parlot;
using Parlot.Fluent;
using Syndication.Content.Kramdown;
using Syndication.Posts;

namespace Syndication.Content.Liquid;

/// <summary>Liquid's grammar with the tags that Jekyll adds to it.</summary>
internal sealed class JekyllParser : FluidParser
{
    public JekyllParser(IncludeFolder includes)
    {
        Parser<TextSpan> words = Parsers.AnyCharBefore(TagEnd, canBeEmpty: true);
        foreach (string name in LiquidSource.Jekyll)
        {
            RegisterParserTag(name, words, (markup, writer, _, context) =>
            {
                JekyllTags.Write(name, markup.ToString()!, writer, context, this, includes);
                return ValueTask.FromResult(Completion.Normal);
            });
        }

        RegisterParserBlock("highlight", words, async (markup, statements, writer, encoder, context) =>
        {
            LiquidScope scope = JekyllTags.ScopeOf(context);
            BoundedWriter code = new(scope);
            Completion completion = await statements.RenderStatementsAsync(code, encoder, context);
            (_, string words) = JekyllTags.LineAndWords(markup.ToString()!);
            string figure = JekyllTags.Highlighted(words, code.ToString());

            // In Markdown the figure stands on lines of its own, outside of any list: whatever its tag's indentation.
            await writer.WriteAsync(scope.Post.Markup == PostMarkup.Markdown ? $"\n{figure}\n" : figure);
            return completion;
        });
        RegisterIdentifierTag("increment", (name, writer, _, context) =>
        {
            writer.Write(JekyllTags.Counted(context, name, 1) - 1);
            return ValueTask.FromResult(Completion.Normal);
        });
        RegisterIdentifierTag("decrement", (name, writer, _, context) =>
        {
            writer.Write(JekyllTags.Counted(context, name, -1));
            return ValueTask.FromResult(Completion.Normal);
        });
        RegisterIdentifierBlock("capture", async (name, statements, writer, encoder, context) =>
        {
            BoundedWriter captured = new(JekyllTags.ScopeOf(context));
            Completion completion = await statements.RenderStatementsAsync(captured, encoder, context);
            context.SetValue(name, new StringValue(captured.ToString()));
            return completion;
        });
    }
}

/// <summary>What Jekyll's own tags write.</summary>
internal static class JekyllTags
{
    public static LiquidScope ScopeOf(TemplateContext context) => (LiquidScope)context.AmbientValues[LiquidScope.Key];

    /// <summary>The line that was put before a tag's words, and the words.</summary>
    public static (int Line, string Words) LineAndWords(string markup)
    {
        string text = markup.Trim();
        int cut = text.IndexOf(' ', StringComparison.Ordinal);
        return int.TryParse(cut < 0 ? text : text[..cut], out int line) ? (line, cut < 0 ? "" : text[cut..].Trim()) : (0, text);
    }

    /// <summary>What a counter of increment and decrement comes to. It is a variable too, unless the template has one of this name.</summary>
    public static int Counted(TemplateContext context, string name, int step)
    {
        Dictionary<string, int> counters = ScopeOf(context).Counters;
        FluidValue shown = context.GetValue(name);
        bool isOwn = shown.IsNil() || counters.TryGetValue(name, out int before) && shown is NumberValue && shown.ToNumberValue() == before;
        int count = counters[name] = counters.GetValueOrDefault(name) + step;
        if (isOwn)
        {
            context.SetValue(name, NumberValue.Create(count));
        }

        return count;
    }

    /// <summary>Code as Jekyll marks it up, with line numbers in a table where they are asked for; colours are the reader's.</summary>
    /// <param name="words">The language, and options such as linenos or mark_lines="1 2".</param>
    /// <param name="code">What the tag encloses.</param>
    public static string Highlighted(string words, string code)
    {
        string[] options = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string language = WebUtility.HtmlEncode(options.Length == 0 ? "" : options[0].ToLowerInvariant());
        string bare = code.Trim('\n', '\r');
        bool numbered = options.Skip(1).Any(o => o == "linenos" || o.StartsWith("linenos=", StringComparison.Ordinal));
        return $"<figure class=\"highlight\"><pre><code class=\"language-{language}\" data-lang=\"{language}\">"
            + $"{(numbered ? RougeCodeRenderer.Table(bare, 1) : WebUtility.HtmlEncode(bare))}</code></pre></figure>";
    }

    public static void Write(string name, string markup, TextWriter writer, TemplateContext context, FluidParser parser, IncludeFolder includes)
    {
        LiquidScope scope = ScopeOf(context);
        (int line, string words) = LineAndWords(markup);
        words = Expanded(words, context, parser);
        switch (name)
        {
            case "link":
                writer.Write(LinkTo(scope, line, words.Trim('"', '\'')));
                break;
            case "post_url":
                writer.Write(PostUrl(scope, line, words.Trim('"', '\'')));
                break;
            default:
                includes.Write(name == "include_relative", line, words, writer, context, parser);
                break;
        }
    }

    /// <summary>The words of a tag with the outputs in them filled in.</summary>
    private static string Expanded(string words, TemplateContext context, FluidParser parser)
    {
        if (!words.Contains("{{", StringComparison.Ordinal) || !parser.TryParse(words, out IFluidTemplate template))
        {
            return words;
        }

        BoundedWriter writer = new(ScopeOf(context));
        template.RenderAsync(writer, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
        return writer.ToString();
    }

    private static string LinkTo(LiquidScope scope, int line, string path)
    {
        string file = path.TrimStart('/');
        string prefix = scope.Site.Url.AbsolutePath.TrimEnd('/');
        if (scope.Reads.PostAt(file) is { } post)
        {
            return prefix + post.Permalink;
        }

        if (file.StartsWith("_posts/", StringComparison.Ordinal) || file.Contains("/_posts/", StringComparison.Ordinal))
        {
            scope.Warn(line, $"{{% link {path} %}} names no published post");
        }

        return prefix + PageUrl.Of(file, scope.Reads.File(file)?.Text, scope.Site);
    }

    private static string PostUrl(LiquidScope scope, int line, string name)
    {
        string prefix = scope.Site.Url.AbsolutePath.TrimEnd('/');
        if (scope.Reads.PostNamed(name) is { } post)
        {
            return prefix + post.Permalink;
        }

        scope.Warn(line, $"{{% post_url {name} %}} names no published post");
        return $"{prefix}/";
    }
}
