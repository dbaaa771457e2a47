using System.Globalization;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>What a Hugo site says about line numbers in code that names its language.</summary>
/// <param name="Always">Every such code has them.</param>
/// <param name="InTable">They stand in a column of their own.</param>
/// <param name="Never">Code between fences is not highlighted at all, whatever it asks for.</param>
internal readonly record struct CodeNumbers(bool Always, bool InTable, bool Never = false);

/// <summary>Writes code as Hugo does, with line numbers where the site or the block's {linenos=…} asks for them.</summary>
internal sealed class NumberedCodeRenderer(CodeNumbers site) : CodeBlockRenderer
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        if (block is not FencedCodeBlock { Info: { Length: > 0 } info } fenced)
        {
            base.Write(renderer, block);
            return;
        }

        int brace = info.IndexOf('{', StringComparison.Ordinal);
        string language = brace < 0 ? info : info[..brace];
        string options = (brace < 0 ? "" : info[brace..] + " ") + fenced.Arguments;
        string? asked = Option(options, "linenos")?.ToLowerInvariant();
        bool numbered = language.Length > 0 && !site.Never && asked is not "false" && (asked is not null || site.Always);
        bool inTable = asked == "table" || asked != "inline" && site.InTable;
        int first = int.TryParse(Option(options, "linenostart"), NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 1;

        renderer.EnsureLine();
        if (numbered && inTable)
        {
            renderer.Write("<table><tr><td><pre><code>");
            for (int i = 0; i < fenced.Lines.Count; i++)
            {
                renderer.WriteLine((first + i).ToString(CultureInfo.InvariantCulture));
            }

            renderer.Write("</code></pre></td><td>");
        }

        renderer.Write("<pre><code");
        renderer.Write(language.Length > 0 ? $" class=\"language-{System.Net.WebUtility.HtmlEncode(language)}\">" : ">");
        for (int i = 0; i < fenced.Lines.Count; i++)
        {
            renderer.Write(numbered && !inTable ? string.Create(CultureInfo.InvariantCulture, $"{first + i} ") : "");
            renderer.WriteEscape(fenced.Lines.Lines[i].Slice);
            renderer.WriteLine();
        }

        renderer.WriteLine(numbered && inTable ? "</code></pre></td></tr></table>" : "</code></pre>");
    }

    /// <summary>The value of an option in {linenos=table,linenostart=5}; null without one.</summary>
    private static string? Option(string options, string name)
    {
        foreach (string option in options.Split(['{', '}', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && option.AsSpan(0, equals).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return option[(equals + 1)..].Trim('"', '\'');
            }
        }

        return null;
    }
}
