using System.Globalization;
using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>Ids of headings as Hugo forms them: of the heading as it is written, not of the words that it shows.</summary>
internal static class GoldmarkHeadingIds
{
    /// <param name="headings">In the order of the text.</param>
    /// <param name="markdown">The text that they were read from.</param>
    /// <param name="kind">How ids are made.</param>
    public static void Assign(IReadOnlyList<HeadingBlock> headings, string markdown, HeadingIdKind kind)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        Dictionary<string, int> met = new(StringComparer.Ordinal);
        foreach (HeadingBlock heading in headings)
        {
            HtmlAttributes attributes = heading.GetAttributes();
            if (attributes.Id is null)
            {
                string id = Form(Written(heading, markdown), kind);
                id = id.Length == 0 ? "heading" : id;
                attributes.Id = id;
                for (int count = met.GetValueOrDefault(id) + 1; taken.Contains(attributes.Id); count++)
                {
                    met[id] = count;
                    attributes.Id = string.Create(CultureInfo.InvariantCulture, $"{id}-{count}");
                }
            }

            taken.Add(attributes.Id);
        }
    }

    /// <summary>The id that a heading of this text has; empty when nothing of it may stand in one.</summary>
    public static string Form(string text, HeadingIdKind kind)
    {
        StringBuilder id = new(text.Length);
        bool isDashOpen = false;
        string source = kind == HeadingIdKind.GitHubAscii ? WithoutAccents(text.Trim()) : text.Trim();
        foreach (Rune rune in source.EnumerateRunes())
        {
            bool isWord = Rune.IsLetter(rune) || (kind == HeadingIdKind.Blackfriday ? Rune.IsNumber(rune) : Rune.IsDigit(rune) || rune.Value == '_');
            if (kind == HeadingIdKind.Blackfriday)
            {
                id.Append(isWord && isDashOpen && id.Length > 0 ? "-" : "");
                isDashOpen = !isWord;
            }
            else if (rune.Value is '-' or ' ')
            {
                id.Append('-');
            }

            if (isWord && (kind != HeadingIdKind.GitHubAscii || rune.IsAscii))
            {
                id.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return id.ToString();
    }

    /// <summary>The heading's text between its marks, in the last line when it has several.</summary>
    private static string Written(HeadingBlock heading, string markdown)
    {
        int start = Math.Clamp(heading.Span.Start, 0, markdown.Length);
        int end = Math.Clamp(heading.Span.End + 1, start, markdown.Length);
        string text = markdown[start..end].Trim();
        if (heading.IsSetext)
        {
            string[] lines = text.Split('\n');
            text = lines.Length > 1 ? lines[^2].Trim() : text;
        }
        else
        {
            text = text.TrimStart('#').Trim();
            string open = text.TrimEnd('#');
            text = open.Length == 0 || char.IsWhiteSpace(open[^1]) ? open.Trim() : text;
        }

        return text is [.., '}'] && heading.TryGetAttributes()?.Classes is { Count: > 0 } ? text[..Math.Max(0, text.LastIndexOf('{'))] : text;
    }

    private static string WithoutAccents(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);
}
