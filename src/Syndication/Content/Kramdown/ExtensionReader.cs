using Markdig.Helpers;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>The start tag of an extension: {::name key="value" /}.</summary>
internal readonly record struct ExtensionTag(string Name, AttributeList Attributes, bool IsClosed, int Length)
{
    public static bool TryRead(ReadOnlySpan<char> text, out ExtensionTag tag)
    {
        tag = default;
        if (!text.StartsWith("{::"))
        {
            return false;
        }

        int name = 3;
        while (name < text.Length && (char.IsLetterOrDigit(text[name]) || text[name] == '_'))
        {
            name++;
        }

        int close = AttributeList.EndOfList(text, 0);
        if (name == 3 || close < name)
        {
            return false;
        }

        bool closed = text[close - 1] == '/';
        ReadOnlySpan<char> attributes = text[name..(close - (closed && close - 1 >= name ? 1 : 0))];
        if (!attributes.IsEmpty && !char.IsWhiteSpace(attributes[0]))
        {
            return false;
        }

        tag = new ExtensionTag(text[3..name].ToString(), AttributeList.Read(attributes), closed, close + 1);
        return true;
    }

    /// <summary>True where raw text is HTML, or is not said to be something else.</summary>
    public bool IsHtml =>
        !Attributes.Pairs.Exists(p => p.Name == "type") || Attributes.Pairs.Exists(p => p.Name == "type" && p.Value.Split(' ').Contains("html"));

    public void Apply(KramdownOptions options)
    {
        foreach ((string key, string value) in Attributes.Pairs)
        {
            options.Set(key, value);
        }
    }
}

/// <summary>Reads lines of attributes and extensions: {: … }, {:name: … }, {::comment}, {::nomarkdown}, {::options … /}.</summary>
internal static class ExtensionReader
{
    public static bool TryRead(BlockReader reader, ReadOnlySpan<char> line)
    {
        BlockText source = reader.Source;
        int start = source.At + source.Line(source.At).Length - line.Length;
        ReadOnlySpan<char> text = source.Text.AsSpan(start);
        int blank = text.IndexOf("\n\n");
        text = blank < 0 ? text : text[..(blank + 1)];
        int close = AttributeList.EndOfList(text, 0);
        if (close < 0 || !Lines.IsBlank(Lines.First(text[(close + 1)..])))
        {
            return false;
        }

        if (text[2] == ':')
        {
            return ExtensionTag.TryRead(text, out ExtensionTag tag) && TryExtension(reader, tag, source.EndOfLine(start + tag.Length));
        }

        if (text[2] == '/' || close < 4)
        {
            return false;
        }

        ReadOnlySpan<char> content = text[2..close];
        int end = source.EndOfLine(start + close);
        int colon = content.IndexOf(':');
        if (colon > 0 && AttributeList.IsName(content[..colon]) && colon + 1 < content.Length)
        {
            string name = content[..colon].ToString();
            AttributeList list = AttributeList.Read(content[(colon + 1)..]);
            Dictionary<string, AttributeList> lists = reader.Document.AttributeLists;
            lists[name] = lists.TryGetValue(name, out AttributeList? earlier) ? earlier.With(list) : list;
            DefinitionReader.Mark(reader, EndMarkKind.AttributeList, end);
            return true;
        }

        source.At = end;
        reader.GiveAttributes(content);
        return true;
    }

    private static bool TryExtension(BlockReader reader, ExtensionTag tag, int bodyStart)
    {
        if (tag.Name is not ("comment" or "nomarkdown" or "options"))
        {
            return false;
        }

        BlockText source = reader.Source;
        int end = bodyStart;
        int bodyEnd = -1;
        if (!tag.IsClosed && !FindStop(source, tag.Name, bodyStart, out bodyEnd, out end))
        {
            return false;
        }

        switch (tag.Name)
        {
            case "options":
                tag.Apply(reader.Document.Options);
                DefinitionReader.Mark(reader, EndMarkKind.Extension, end);
                break;
            case "nomarkdown" when bodyEnd >= 0 && tag.IsHtml:
                reader.Children.Add(new HtmlBlock(null!) { Lines = new StringLineGroup(source.Text[bodyStart..bodyEnd].TrimEnd('\n')) });
                break;
            default:
                if (tag.IsClosed)
                {
                    break;
                }

                // What is left out separates nothing: a heading behind it needs a blank line.
                reader.Children.Add(new HtmlBlock(null!) { Lines = new StringLineGroup("<!-- -->"), Type = HtmlBlockType.Comment });
                break;
        }

        source.At = end;
        return true;
    }

    private static bool FindStop(BlockText source, string name, int from, out int bodyEnd, out int end)
    {
        (bodyEnd, end) = (from, from);
        for (int at = source.Find("{:/", from); at >= 0; at = source.Find("{:/", at + 3))
        {
            int lineStart = source.Text.LastIndexOf('\n', at) + 1;
            ReadOnlySpan<char> stop = source.Line(at);
            int close = stop.IndexOf('}');
            bool named = close > 0 && (close == 3 || stop[3..close].SequenceEqual(name));
            if (named && at - lineStart <= 3 && Lines.IsBlank(source.Text.AsSpan(lineStart, at - lineStart)) && Lines.IsBlank(stop[(close + 1)..]))
            {
                (bodyEnd, end) = (lineStart, source.EndOfLine(at));
                return true;
            }
        }

        return false;
    }
}
