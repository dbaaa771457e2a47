using System.Globalization;
using System.Text;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Kramdown;

/// <summary>Ids of headings as GitHub, kramdown's GFM parser and Hugo form them: lower case, words and hyphens, numbered when met again.</summary>
internal static class HeadingIds
{
    public static void Assign(IReadOnlyList<HeadingBlock> headings, string prefix = "") => Assign(headings, prefix, Form);

    /// <param name="headings">In their order.</param>
    /// <param name="prefix">Put before each id.</param>
    /// <param name="form">Makes an id of a heading's words.</param>
    public static void Assign(IReadOnlyList<HeadingBlock> headings, string prefix, Func<string, string> form)
    {
        Dictionary<string, int> met = new(StringComparer.Ordinal);
        foreach (HeadingBlock heading in headings)
        {
            HtmlAttributes attributes = heading.GetAttributes();
            if (attributes.Id is not null)
            {
                continue;
            }

            string id = form(TextOf(heading));
            int count = met.GetValueOrDefault(id);
            met[id] = count + 1;
            attributes.Id = prefix + (count == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{count}"));
            if (attributes.Id.Length == 0)
            {
                attributes.Id = null;
            }
        }
    }

    /// <summary>The words of a heading.</summary>
    public static string TextOf(HeadingBlock heading)
    {
        StringBuilder text = new();
        AppendText(text, heading.Inline);
        return text.ToString();
    }

    /// <summary>The id by kramdown's own rule: Latin letters, digits, spaces and hyphens, from the first letter on.</summary>
    public static string PlainForm(string text)
    {
        string id = string.Concat(text.SkipWhile(c => !char.IsAsciiLetter(c)).Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-'));
        return id.Length == 0 ? "section" : id.Replace(' ', '-').ToLowerInvariant();
    }

    /// <summary>The id that a heading of this text has.</summary>
    public static string Form(string text)
    {
        StringBuilder id = new(text.Length);
        foreach (char c in text.Trim())
        {
            if (c is ' ' or '\t')
            {
                id.Append('-');
            }
            else if (char.IsLetterOrDigit(c) || c is '-' or '_' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation)
            {
                id.Append(char.ToLowerInvariant(c));
            }
        }

        return id.ToString();
    }

    private static void AppendText(StringBuilder text, ContainerInline? inlines)
    {
        for (Inline? inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case MathInline math:
                    text.Append(math.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case ContainerInline container:
                    AppendText(text, container);
                    break;
                default:
                    break;
            }
        }
    }
}
