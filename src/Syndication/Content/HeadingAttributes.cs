using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Syndication.Content.Kramdown;

namespace Syndication.Content;

/// <summary>Reads {#id .class} at the end of a heading, as kramdown and Goldmark both have it.</summary>
internal static class HeadingAttributes
{
    public static bool TryRead(BlockProcessor processor, ref StringSlice line, IBlock block)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimEnd();
        int brace = text.LastIndexOf('{');
        if (brace < 0 || text[^1] != '}' || text.Length - brace < 4 || text[brace + 1] is not ('#' or '.')
            || !char.IsLetter(text[brace + 2]) || brace > 0 && !char.IsWhiteSpace(text[brace - 1]))
        {
            return false;
        }

        AttributeList list = AttributeList.Read(text[(brace + 1)..^1]);
        HtmlAttributes attributes = ((MarkdownObject)block).GetAttributes();
        attributes.Id = list.Id;
        foreach (string name in list.Classes)
        {
            attributes.AddClass(name);
        }

        line.End = line.Start + brace - 1;
        line.TrimEnd();
        return true;
    }
}
