using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Syndication.Content;

/// <summary>
/// A title as plain text. Writers put inline markup and entities into titles, and they also write List&lt;T&gt;: only tags that HTML
/// knows are taken for tags.
/// </summary>
internal static class TitleText
{
    private static readonly FrozenSet<string> Tags = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
        "kbd", "mark", "p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr");

    public static string Of(string title)
    {
        if (!title.AsSpan().ContainsAny('<', '&'))
        {
            return title;
        }

        StringBuilder text = new(title.Length);
        for (int i = 0; i < title.Length; i++)
        {
            int end = title[i] == '<' ? TagEnd(title, i) : -1;
            if (end < 0)
            {
                text.Append(title[i]);
            }
            else
            {
                i = end;
            }
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    /// <summary>The index of the &gt; that ends the tag beginning here, or -1 when no known tag does.</summary>
    private static int TagEnd(string title, int start)
    {
        int name = start + 1 < title.Length && title[start + 1] == '/' ? start + 2 : start + 1;
        int after = name;
        while (after < title.Length && char.IsAsciiLetterOrDigit(title[after]))
        {
            after++;
        }

        bool isTag = after < title.Length && (title[after] is '>' or '/' || char.IsWhiteSpace(title[after])) && Tags.Contains(title[name..after]);
        return isTag ? title.IndexOf('>', after) : -1;
    }
}
